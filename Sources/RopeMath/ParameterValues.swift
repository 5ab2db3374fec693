/// A method's parameters after validation, defaults filled in.
public struct ParameterValues: Sendable, Hashable, Codable {
  public private(set) var values: [String: ParameterValue]

  /// - Throws: `MethodError` for a key that the method does not have, a value of the wrong kind or out of range, or a
  ///   required one that is missing.
  public init(given: [String: ParameterValue], card: MethodCard, context: MethodContext) throws(MethodError) {
    let known = card.parameters.map(\.key)
    if let unknown = given.keys.sorted().first(where: { !known.contains($0) }) {
      let listed = known.isEmpty ? "it takes none" : "it takes \(known.joined(separator: ", "))"
      throw MethodError(
        .unknownParameter, "\(card.id) has no parameter “\(unknown)”; \(listed)\(Nearest.hint(unknown, in: known))",
        parameter: unknown)
    }
    values = [:]
    for parameter in card.parameters {
      if let value = given[parameter.key] {
        values[parameter.key] = try Self.checked(value, as: parameter, of: card)
        continue
      }
      switch parameter.defaultValue {
      case .required:
        throw MethodError(
          .missingParameter, "\(card.id) needs “\(parameter.key)” (\(parameter.summary))", parameter: parameter.key)
      case .absent: break
      case .constant(let value): values[parameter.key] = value
      case .derived(_, let rule): values[parameter.key] = rule(context)
      case .dependent(_, let rule): values[parameter.key] = rule(context, self)
      }
    }
  }

  private static func checked(
    _ value: ParameterValue, as parameter: MethodParameter, of card: MethodCard
  ) throws(MethodError) -> ParameterValue {
    func fail(_ expected: String) -> MethodError {
      MethodError(
        .invalidValue, "\(card.id): “\(parameter.key)” is \(value), expected \(expected)", parameter: parameter.key)
    }
    let bounds =
      "between \(parameter.range.lowerBound.formattedShortest) and \(parameter.range.upperBound.formattedShortest)"
    switch (parameter.kind, value) {
    case (.number, .number(let number)):
      guard parameter.range.contains(number) else { throw fail("a number \(bounds)") }
    case (.integer, .number(let number)):
      guard number == number.rounded(), parameter.range.contains(number) else { throw fail("a whole number \(bounds)") }
    case (.numbers, .numbers(let numbers)):
      guard numbers.allSatisfy(parameter.range.contains) else { throw fail("numbers \(bounds)") }
    case (.flag, .flag), (.text, .text): break
    case (.flag, _): throw fail("true or false")
    case (.text, _): throw fail("a text")
    case (.number, _), (.integer, _): throw fail("a number")
    case (.numbers, _): throw fail("a list of numbers, [1;2;3]")
    }
    return value
  }

  public subscript(key: String) -> ParameterValue? { values[key] }
  public func number(_ key: String) -> Double? { values[key]?.number }
  /// A whole number, as a card's `integer` kind makes sure of.
  public func integer(_ key: String) -> Int? { number(key).flatMap { Int(exactly: $0) } }
  public func flag(_ key: String) -> Bool? { values[key]?.flag }
  public func numbers(_ key: String) -> [Double]? { values[key]?.numbers }
  public func text(_ key: String) -> String? { values[key]?.text }

  /// A number that the card gives a default for.
  public func number(_ key: String, default fallback: Double) -> Double { number(key) ?? fallback }
}

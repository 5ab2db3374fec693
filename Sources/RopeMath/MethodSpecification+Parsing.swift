extension MethodSpecification {
  /// Reads a file of numbers that a specification names as `key=@FILE.json`.
  public typealias NumberLoader = (String) throws(MethodError) -> [Double]

  /// Reads one specification. The word `config` is kept as a part of that name for the caller to replace.
  ///
  /// - Throws: `MethodError` for an empty part, an unknown method or parameter syntax that does not read.
  public static func parse(_ text: String, loadNumbers: NumberLoader = refuseFiles) throws(MethodError)
    -> MethodSpecification
  {
    var parts: [Part] = []
    for piece in text.split(separator: "+", omittingEmptySubsequences: false) {
      guard piece.first?.isNumber != true else {
        throw MethodError(.syntax, "method “\(text)”: write exponents without a plus sign (1e6)")
      }
      parts.append(try parsePart(String(piece), of: text, loadNumbers))
    }
    return MethodSpecification(parts: parts)
  }

  /// Reads a comma-separated list; a token with `=` before any `:` continues the specification before it. Values with `|`
  /// between them stand for one specification each, in this order: `yarn:beta_fast=16|32|64`.
  ///
  /// - Throws: `MethodError` for a specification that does not read, and for more than `mostVariants` values of one.
  public static func parseList(
    _ text: String, loadNumbers: NumberLoader = refuseFiles
  ) throws(MethodError) -> [MethodSpecification] {
    var texts: [String] = []
    for token in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      let continues =
        token.firstIndex(of: "=").map { equals in
          token.firstIndex(of: ":").map { equals < $0 } ?? true
        } ?? false
      if continues, let last = texts.popLast() {
        texts.append(last + "," + token)
      } else {
        texts.append(token)
      }
    }
    var result: [MethodSpecification] = []
    for text in texts {
      for variant in try variants(of: text) { result.append(try parse(variant, loadNumbers: loadNumbers)) }
    }
    return result
  }

  /// Specifications that one with `|` between values may stand for.
  public static let mostVariants = 32

  /// The specification with each of the values that a `|` separates, the last key's changing first.
  private static func variants(of text: String) throws(MethodError) -> [String] {
    var variants = [""]
    for (place, assignment) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
      let head = place == 0 ? "" : ","
      guard let equals = assignment.firstIndex(of: "="), assignment.contains("|") else {
        for index in variants.indices { variants[index] += head + assignment }
        continue
      }
      let key = assignment[...equals]
      let values = assignment[assignment.index(after: equals)...].split(
        separator: "|", omittingEmptySubsequences: false)
      guard values.count * variants.count <= mostVariants else {
        throw MethodError(.syntax, "method “\(text)” stands for more than \(mostVariants) specifications")
      }
      variants = variants.flatMap { variant in values.map { variant + head + key + $0 } }
    }
    return variants
  }

  public static func refuseFiles(_ path: String) throws(MethodError) -> [Double] {
    throw MethodError(.syntax, "a list from a file (@\(path)) cannot be read here")
  }

  private static func parsePart(
    _ text: String, of whole: String, _ loadNumbers: NumberLoader
  ) throws(MethodError) -> Part {
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = halves.first?.trimmed.lowercased() ?? ""
    guard !name.isEmpty else { throw MethodError(.syntax, "method “\(whole)” has an empty part") }
    var part = Part(id: name == "config" ? name : try MethodCatalogue.type(named: name).card.id)
    guard halves.count == 2 else { return part }
    for assignment in halves[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      let sides = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, !sides[0].trimmed.isEmpty, !sides[1].trimmed.isEmpty else {
        throw MethodError(.syntax, "method “\(whole)”: “\(assignment)” is not of the form key=value")
      }
      let key = sides[0].trimmed
      guard part.given[key] == nil else {
        throw MethodError(.syntax, "method “\(whole)” gives “\(key)” twice", parameter: key)
      }
      part.given[key] = try value(sides[1].trimmed, key: key, loadNumbers)
    }
    return part
  }

  private static func value(
    _ text: String, key: String, _ loadNumbers: NumberLoader
  ) throws(MethodError) -> ParameterValue {
    if text.hasPrefix("@") { return .numbers(try loadNumbers(String(text.dropFirst()))) }
    if text == "true" { return .flag(true) }
    if text == "false" { return .flag(false) }
    if text.hasPrefix("["), text.hasSuffix("]") {
      var numbers: [Double] = []
      for entry in text.dropFirst().dropLast().split(separator: ";") {
        guard let number = Double(String(entry).trimmed) else {
          throw MethodError(.syntax, "“\(entry)” in the list \(key) is not a number", parameter: key)
        }
        numbers.append(number)
      }
      return .numbers(numbers)
    }
    if let number = Double(text) { return .number(number) }
    if let tokens = TokenCount.parse(text) { return .number(Double(tokens)) }
    return .text(text)
  }
}

extension StringProtocol {
  /// Without spaces at its ends; the mathematics imports no reader of text.
  fileprivate var trimmed: String {
    var scalars = Substring(String(self)).unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}

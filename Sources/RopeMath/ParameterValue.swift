/// A value of a method's parameter as it stands in a specification, a config or a record.
public enum ParameterValue: Sendable, Hashable {
  case number(Double)
  case flag(Bool)
  case numbers([Double])
  case text(String)

  public var number: Double? { if case .number(let value) = self { value } else { nil } }
  public var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
  public var numbers: [Double]? { if case .numbers(let value) = self { value } else { nil } }
  public var text: String? { if case .text(let value) = self { value } else { nil } }
}

extension ParameterValue: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([Double].self) {
      self = .numbers(value)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .numbers(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    }
  }
}

extension ParameterValue: CustomStringConvertible {
  /// As it is written in a specification: `4`, `false`, `[1;1.5;2]`.
  public var description: String {
    switch self {
    case .number(let value): value.formattedShortest
    case .flag(let value): value ? "true" : "false"
    case .numbers(let values): "[" + values.map(\.formattedShortest).joined(separator: ";") + "]"
    case .text(let value): value
    }
  }
}

extension Double {
  /// Shortest text that reads back exactly, without the `.0` of whole numbers.
  public var formattedShortest: String {
    if self == rounded(), abs(self) < 1e15 { return String(Int(self)) }
    return String(self)
  }
}

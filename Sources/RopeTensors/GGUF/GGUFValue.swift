import RopeText

/// A value of a GGUF file's metadata.
public enum GGUFValue: Sendable {
  case integer(Int)
  /// Above `Int.max`.
  case unsigned(UInt64)
  case number(Double)
  case flag(Bool)
  case text(String)
  case list(GGUFArray)

  /// What a message calls it.
  public var phrase: String {
    switch self {
    case .integer(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .number(let value): "\(value)"
    case .flag(let value): "\(value)"
    case .text(let text): "the text “\(text.excerpt(40))”"
    case .list(let list): "a list of \(list.count) entries"
    }
  }

  /// An integer, or nil.
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// A number of any kind, or nil.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
  public var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
  public var text: String? { if case .text(let text) = self { text } else { nil } }
  public var list: GGUFArray? { if case .list(let list) = self { list } else { nil } }
}

/// Values by key, in the order in which they came.
struct TemplateMapping {
  enum Key: Hashable {
    case text(String)
    case integer(Int)

    /// Nil for what is no key here.
    init?(_ value: TemplateValue) {
      switch value {
      case .text(let text): self = .text(text)
      default:
        guard let integer = value.asInteger else { return nil }
        self = .integer(integer)
      }
    }

    var value: TemplateValue {
      switch self {
      case .text(let text): .text(text)
      case .integer(let integer): .integer(integer)
      }
    }
  }

  private(set) var keys: [Key] = []
  private var values: [Key: TemplateValue] = [:]

  subscript(key: Key) -> TemplateValue? {
    get { values[key] }
    set {
      if values[key] == nil { keys.append(key) }
      values[key] = newValue ?? .null
    }
  }

  subscript(name: String) -> TemplateValue? {
    get { self[.text(name)] }
    set { self[.text(name)] = newValue }
  }

  init() {}

  init(_ entries: [(String, TemplateValue)]) {
    for (name, value) in entries { self[name] = value }
  }
}

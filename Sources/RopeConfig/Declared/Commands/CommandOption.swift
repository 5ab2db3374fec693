import RopeJSON
import RopeMath

/// One option of a command, wherever it was written.
public struct CommandOption: Sendable {
  public let canonical: CanonicalOption?
  /// Lower case, dashes as underscores, leading dashes off; nested names joined by dots.
  public let path: String
  /// As it was written: `--max-model-len`.
  public let spelling: String
  /// The value with its place; `true` for a flag.
  public let node: JSONNode
  /// From the option's name to the end of its value.
  public let bytes: Range<Int>
  /// Whether the value is known only to a running shell or template.
  public let isUnknown: Bool
  /// Whether it is a variable of the environment.
  public let isEnvironment: Bool
  /// Why the value cannot be read as what it should be.
  public let fault: ConfigurationError?
  /// Whether a dictionary is written as Python has it, which JSON readers refuse.
  public let isPython: Bool

  init(
    _ canonical: CanonicalOption?, path: String, spelling: String, node: JSONNode, bytes: Range<Int>? = nil,
    isUnknown: Bool = false, isEnvironment: Bool = false, fault: ConfigurationError? = nil, isPython: Bool = false
  ) {
    self.canonical = canonical
    self.path = path
    self.spelling = spelling
    self.node = node
    self.bytes = bytes ?? node.bytes
    self.isUnknown = isUnknown
    self.isEnvironment = isEnvironment
    self.fault = fault
    self.isPython = isPython
  }

  /// Whether it may say something of the model: what is broken elsewhere is the program's own affair.
  var isOfModel: Bool {
    canonical != nil || ["rope", "config", "override", "model"].contains(where: path.contains)
  }

  /// The last part of the path.
  public var name: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// The path of an option as a program takes it: dashes and case do not matter.
  static func path(of spelling: String) -> String {
    String(spelling.drop { "-+~".contains($0) }).lowercased().replacing("-", with: "_")
  }

  /// The value as written; nil where it is not known, null or no single value.
  public var text: String? {
    guard !isUnknown else { return nil }
    switch node.value {
    case .string(let text): return text
    case .number(_, let literal): return literal
    case .bool(let flag): return flag ? "true" : "false"
    case .null, .object, .array: return nil
    }
  }

  public var number: Double? {
    isUnknown ? nil : node.finiteNumber ?? node.string.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
  }

  /// A number of tokens: `131072`, `32k` (thousands to the servers that take it), `128K`.
  public var length: Int? {
    guard !isUnknown else { return nil }
    if let number { return number >= 1 && number <= Double(RotaryGeometry.largestLength) ? Int(number) : nil }
    guard let text = node.string, let last = text.last else { return nil }
    let units: [Character: Double] = ["k": 1e3, "m": 1e6, "K": 1024, "M": 1_048_576]
    guard let unit = units[last], let count = Double(text.dropLast()), count > 0,
      count * unit <= Double(RotaryGeometry.largestLength)
    else { return nil }
    return Int(count * unit)
  }

  public var isOn: Bool {
    !isUnknown && (node.boolean ?? ["true", "1", "yes", "on"].contains(text?.lowercased() ?? ""))
  }
}

import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// One option of a trainer, server or tokenizer, wherever it was written.
public struct RunOption: Sendable {
  public enum Kind: Sendable {
    /// Words of a command line, of which nothing else is known.
    case commandLine
    case llamaFactory, axolotl, torchTitan, megatron
    /// Another trainer.
    case trainer
    /// YAML of unknown origin.
    case yaml
    case tokenizer
    case generation
    /// The configuration of a speculative draft.
    case draft

    var isTraining: Bool {
      switch self {
      case .llamaFactory, .axolotl, .torchTitan, .megatron, .trainer: true
      case .commandLine, .yaml, .tokenizer, .generation, .draft: false
      }
    }
  }

  public let kind: Kind
  /// The last part of the path, lower case, dashes as underscores, leading dashes off.
  public let name: String
  /// Nested names joined by dots.
  public let path: String
  /// As it was written: `--max-model-len`.
  public let spelling: String
  public let node: JSONNode
  /// Where it stands; a source without a path is a declared text.
  public let source: SourceText?

  init(kind: Kind, path: String, spelling: String, node: JSONNode, source: SourceText?) {
    self.kind = kind
    let plain = path.lowercased().replacing("-", with: "_")
    self.path = plain
    name = plain.split(separator: ".").last.map(String.init) ?? plain
    self.spelling = spelling
    self.node = node
    self.source = source
  }

  /// The value as written.
  public var text: String {
    switch node.value {
    case .string(let text): text
    case .number(_, let literal): literal
    case .bool(let flag): flag ? "true" : "false"
    case .null: "null"
    case .object, .array: node.phrase
    }
  }

  public var number: Double? {
    if let number = node.finiteNumber { return number }
    return node.string.flatMap { Double($0.trimmed) }.flatMap { $0.isFinite ? $0 : nil }
  }

  /// A number of tokens: 131072, "128k".
  public var length: Int? {
    if let count = node.count, count >= 1 { return count }
    return node.string.flatMap { TokenCount.parse($0.trimmed.filter { $0 != "_" && $0 != "," }) }
  }

  public var isOn: Bool { node.boolean ?? ["true", "1", "yes", "on"].contains(text.lowercased()) }

  /// The value where it is an object, in place or as a text of JSON.
  public var object: DeclaredValue? {
    let parsed =
      node.members == nil ? node.string.flatMap { try? JSONParser.parse(SourceText(bytes: Array($0.utf8))) } : node
    guard let parsed, parsed.members != nil else { return nil }
    return DeclaredValue(key: name, node: parsed, pointer: "")
  }
}

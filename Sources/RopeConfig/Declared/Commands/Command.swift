import RopeJSON
import RopeText

/// A server or trainer as it is started: its options, wherever they were written.
public struct Command: Sendable {
  public let format: CommandFormat
  /// The text that every place counts in.
  public let source: SourceText
  /// In the order in which they stand; the last of a name counts.
  public internal(set) var options: [CommandOption]
  /// The words of the program, empty for a line of options only and for files.
  public internal(set) var program: [String] = []
  /// The version that the text itself names, such as a container image's tag.
  public internal(set) var version: String?
  /// Where it stands in a larger file: `services.vllm`, `Deployment/qwen3`.
  public internal(set) var container: String?
  /// The part of the source that it takes.
  public internal(set) var bytes: Range<Int>
  /// The tree of a file of settings.
  public internal(set) var tree: JSONNode?
  /// What is wrong with the text as such.
  var faults: [CommandFault] = []

  init(_ format: CommandFormat, source: SourceText, options: [CommandOption], bytes: Range<Int>) {
    self.format = format
    self.source = source
    self.options = options
    self.bytes = bytes
  }

  /// The last option with one of these meanings or paths.
  public func option(_ meaning: CanonicalOption) -> CommandOption? { options.last { $0.canonical == meaning } }

  /// The last option of the first path that stands there.
  public func option(_ paths: String...) -> CommandOption? {
    for path in paths { if let option = options.last(where: { $0.path == path }) { return option } }
    return nil
  }

  /// The model that is named: a hub name or a path; nil where it is unknown or not named.
  public var modelReference: String? { format.model?(self) ?? option(.model)?.text }

  /// The part of a configuration that its overrides reach into: `text_config`; nil where they stay at the top level.
  public var overriddenPart: String? {
    let names = options.filter { $0.canonical == .overrides }.flatMap { ($0.node.members ?? []).map(\.key) }
    return names.first(where: \.isSubConfiguration)
      ?? options.lazy.filter { $0.path.contains("override") }.compactMap { option in
        option.path.split(separator: ".").map(String.init).first(where: \.isSubConfiguration)
      }.first
  }

  /// The draft of speculative decoding: a hub name or a path, and the option that names it.
  public var draft: (name: String, option: CommandOption)? {
    let place = option(.draft) ?? option("speculative_config")
    let name = place?.text ?? place?.node.member("model")?.node.string
    guard let place, let name, name != modelReference else { return nil }
    return (name, place)
  }

  /// Whether requests are served; false for a program that answers once.
  public var startsServer: Bool {
    guard format.kind == .server else { return false }
    if container == "python", let name = program.first, let call = format.calls.first(where: { $0.isNamed(name) }) {
      return call.isServer
    }
    return format.programs.first { $0.match(program, at: 0) != nil }?.isServer ?? true
  }

  /// The program's own options that reach a length beyond the trained one; llama.cpp's where it has none of its own.
  public static func stretching(
    _ command: Command?, to length: Int, factor: String, scale: String, original: Int, base: Double?
  ) -> String {
    let form = command?.container == "python" ? command?.format.stretchingInPython : nil
    var text = form ?? command?.format.stretching ?? CommandFormat.llamaCpp.stretching ?? ""
    let raised = base.flatMap {
      EffectiveBuilder.raised($0, from: Double(original), to: Double(length))
    }
    for (name, value) in [
      ("LENGTH", "\(length)"), ("FACTOR", factor), ("SCALE", scale), ("ORIGINAL", "\(original)"),
      ("BASE", raised.map { JSONNumber.text($0) } ?? "BASE"),
    ] {
      text = text.replacing(name, with: value)
    }
    return text
  }

  /// `vLLM 0.33 command`, `LLaMA-Factory file`.
  public var title: String { Language.english(told) }

  /// The same with the name apart from the words.
  public var told: Message {
    let name = format.title + (version.map { " " + $0 } ?? "")
    return tree == nil ? "\(name) command" : "\(name) file"
  }
}

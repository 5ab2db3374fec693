import RopeJSON

/// A tokenizer's chat template: the text that a conversation becomes before a model reads it.
///
/// The language is the part of Jinja that such templates use, with the settings of transformers: blocks take the line
/// break behind them and the blanks before them away, `tojson` writes as Python does, and `raise_exception`,
/// `namespace`, `dict` and `range` are there. `include`, `import`, `extends`, `call`, `do` and recursive loops are not.
/// Steps, text and depth are limited.
public struct ChatTemplate: Sendable {
  /// Bytes of a template at most; published ones have some ten thousand.
  public static let largest = 1 << 20

  /// As it stands in the file.
  public let source: String
  /// `bos_token` and the like, by name.
  public var tokens: [String: String]
  /// What day the template is told; without one `strftime_now` is not there, and templates fall back on what they have.
  public var date: ChatDate?

  /// - Throws: `ChatTemplateError` where it is not of the language, or larger than `largest`.
  public init(_ source: String, tokens: [String: String] = [:]) throws(ChatTemplateError) {
    guard source.utf8.count <= Self.largest else {
      throw ChatTemplateError(
        .budget, "the template has \(source.utf8.count) bytes, at most \(Self.largest) are read", line: 1)
    }
    _ = try TemplateParser.statements(of: source)
    self.source = source
    self.tokens = tokens
  }

  /// The text of a conversation.
  ///
  /// - Parameters:
  ///   - addsGenerationPrompt: whether what begins an answer follows.
  /// - Throws: `ChatTemplateError`, `.raised` where the template refuses the conversation.
  public func render(_ messages: [ChatMessage], addsGenerationPrompt: Bool = true) throws(ChatTemplateError) -> String {
    let list = messages.map { message -> TemplateValue in
      .mapping(TemplateMapping([("role", .text(message.role)), ("content", .text(message.content))]))
    }
    return try render(["messages": .list(list), "add_generation_prompt": .bool(addsGenerationPrompt)])
  }

  /// The text for values of any kind: `messages`, `tools`, `add_generation_prompt` and whatever the template reads.
  ///
  /// - Parameter values: an object.
  /// - Throws: `ChatTemplateError`.
  public func render(values: JSONNode) throws(ChatTemplateError) -> String {
    var names: [String: TemplateValue] = [:]
    for member in values.members ?? [] { names[member.key] = TemplateValue(member.node) }
    return try render(names)
  }

  private func render(_ values: [String: TemplateValue]) throws(ChatTemplateError) -> String {
    var names: [String: TemplateValue] = tokens.mapValues { .text($0) }
    names["tools"] = TemplateValue.null
    names["documents"] = TemplateValue.null
    for function in TemplateGlobals.functions(date: date) { names[function.name] = .function(function) }
    names.merge(values) { $1 }
    let interpreter = TemplateInterpreter(names)
    try interpreter.run(TemplateParser.statements(of: source))
    return interpreter.output
  }
}

extension TemplateValue {
  /// What JSON says.
  init(_ node: JSONNode) {
    switch node.value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .string(let text): self = .text(text)
    case .number(let value, let literal): self = Int(literal).map { .integer($0) } ?? .number(value)
    case .array(let entries): self = .list(entries.map { TemplateValue($0) })
    case .object(let members): self = .mapping(TemplateMapping(members.map { ($0.key, TemplateValue($0.node)) }))
    }
  }
}

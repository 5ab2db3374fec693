import RopeText

/// What a rule found: where, what it costs and what to write.
public struct Finding: Sendable, Equatable {
  public var rule: String
  public var severity: Severity
  /// The file, where it is another one than the configuration that was checked.
  public var path: String?
  /// JSON pointer (RFC 6901) of the value; nil in files that are not JSON.
  public var pointer: String?
  public var region: SourceRegion
  /// The sentence with its values apart from its words: it is told in the reader's language.
  public var message: Message
  public var fix: Fix?
  public var references: [String]
  /// Behaviour of runtimes that this finding explains, or reports for want of an explanation.
  var causes: [FindingCause] = []
  /// Whether it is told of runtimes other than those that are meant.
  var isOfOtherRuntimes = false

  public init(
    rule: String, severity: Severity, path: String? = nil, pointer: String?, region: SourceRegion, message: Message,
    fix: Fix? = nil, references: [String] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.path = path
    self.pointer = pointer
    self.region = region
    // A value of a file may be of any length.
    self.message = message.excerpt(2_000)
    self.fix = fix
    self.references = references
  }

  /// What is wrong, in English.
  public var text: String { Language.english(message) }
}

extension Finding: Codable {
  private enum CodingKeys: String, CodingKey {
    case rule, severity, pointer, line, column
    case endLine = "end_line"
    case endColumn = "end_column"
    case message, fix, references, excerpt
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rule = try container.decode(String.self, forKey: .rule)
    severity = try container.decode(Severity.self, forKey: .severity)
    pointer = try container.decodeIfPresent(String.self, forKey: .pointer)
    region = SourceRegion(
      line: try container.decode(Int.self, forKey: .line), column: try container.decode(Int.self, forKey: .column),
      endLine: try container.decode(Int.self, forKey: .endLine),
      endColumn: try container.decode(Int.self, forKey: .endColumn),
      excerpt: try container.decodeIfPresent(SourceExcerpt.self, forKey: .excerpt))
    message = Message(template: try container.decode(String.self, forKey: .message))
    fix = try container.decodeIfPresent(Fix.self, forKey: .fix)
    references = try container.decode([String].self, forKey: .references)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule, forKey: .rule)
    try container.encode(severity, forKey: .severity)
    // Null, not absent: scripts read these keys.
    try container.encode(pointer, forKey: .pointer)
    try container.encode(region.line, forKey: .line)
    try container.encode(region.column, forKey: .column)
    try container.encode(region.endLine, forKey: .endLine)
    try container.encode(region.endColumn, forKey: .endColumn)
    try container.encode(text, forKey: .message)
    try container.encode(fix, forKey: .fix)
    try container.encode(references, forKey: .references)
    try container.encode(region.excerpt, forKey: .excerpt)
  }
}

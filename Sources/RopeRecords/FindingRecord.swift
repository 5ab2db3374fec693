import RopeText

/// What `check` found in a model's configuration, as the record of a run keeps it.
public struct FindingRecord: Sendable, Hashable {
  public enum Severity: String, Sendable, Codable { case error, warning, note }

  public var rule: String
  public var severity: Severity
  /// The sentence with its values apart from its words: it is told in the reader's language.
  public var message: Message
  /// Name of the file, without its folder.
  public var file: String
  /// JSON pointer of the value; nil in files that are not JSON.
  public var pointer: String?
  /// From 1.
  public var line: Int
  public var column: Int
  /// What to write instead; nil where nothing is known.
  public var fix: Message?

  public init(
    rule: String, severity: Severity, message: Message, file: String, pointer: String?, line: Int, column: Int,
    fix: Message?
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.file = file
    self.pointer = pointer
    self.line = line
    self.column = column
    self.fix = fix
  }
}

/// A record keeps both sentences in English, and, where they have values, template and values beside them. A record
/// without them is told in English.
extension FindingRecord: Codable {
  enum CodingKeys: String, CodingKey {
    case rule, severity, message, template, values, file, pointer, line, column, fix
    case fixTemplate = "fix_template"
    case fixValues = "fix_values"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let hasFix = try container.decodeIfPresent(String.self, forKey: .fix) != nil
    self.init(
      rule: try container.decode(String.self, forKey: .rule),
      severity: try container.decode(Severity.self, forKey: .severity),
      message: try container.message(text: .message, template: .template, values: .values),
      file: try container.decode(String.self, forKey: .file),
      pointer: try container.decodeIfPresent(String.self, forKey: .pointer),
      line: try container.decode(Int.self, forKey: .line), column: try container.decode(Int.self, forKey: .column),
      fix: hasFix ? try container.message(text: .fix, template: .fixTemplate, values: .fixValues) : nil)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule, forKey: .rule)
    try container.encode(severity, forKey: .severity)
    try container.encode(message, text: .message, template: .template, values: .values)
    try container.encode(file, forKey: .file)
    try container.encodeIfPresent(pointer, forKey: .pointer)
    try container.encode(line, forKey: .line)
    try container.encode(column, forKey: .column)
    if let fix { try container.encode(fix, text: .fix, template: .fixTemplate, values: .fixValues) }
  }
}

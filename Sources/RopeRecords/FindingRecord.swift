/// What `check` found in a model's configuration, as the record of a run keeps it.
public struct FindingRecord: Sendable, Codable, Hashable {
  public enum Severity: String, Sendable, Codable { case error, warning, note }

  public var rule: String
  public var severity: Severity
  public var message: String
  /// Name of the file, without its folder.
  public var file: String
  /// JSON pointer of the value; nil in files that are not JSON.
  public var pointer: String?
  /// From 1.
  public var line: Int
  public var column: Int
  /// What to write instead; nil where nothing is known.
  public var fix: String?

  public init(
    rule: String, severity: Severity, message: String, file: String, pointer: String?, line: Int, column: Int,
    fix: String?
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

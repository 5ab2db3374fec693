import RopeMath

/// A value that the reading of a model rests on, and where it came from.
public struct ResolvedValue: Sendable, Codable {
  public enum Origin: String, Sendable, Codable {
    /// Stands in the file.
    case given
    /// Given by a command line or another override.
    case override
    /// Computed from given values.
    case derived
    /// The default of the model's class or of the method.
    case `default`
  }

  public var key: String
  public var value: ParameterValue
  public var origin: Origin
  public var pointer: String?
  public var line: Int?
  public var column: Int?
  /// The rule of a derived value, the source of a default.
  public var note: String?

  public init(
    key: String, value: ParameterValue, origin: Origin, pointer: String? = nil, line: Int? = nil, column: Int? = nil,
    note: String? = nil
  ) {
    self.key = key
    self.value = value
    self.origin = origin
    // What only the program that reads a file says has no place of its own.
    self.pointer = pointer?.isEmpty == true ? nil : pointer
    self.line = line
    self.column = column
    self.note = note
  }

  private enum CodingKeys: String, CodingKey { case key, value, origin, pointer, line, column, note }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(key, forKey: .key)
    try container.encode(value, forKey: .value)
    try container.encode(origin, forKey: .origin)
    // Null, not absent: scripts read these keys.
    try container.encode(pointer, forKey: .pointer)
    try container.encode(line, forKey: .line)
    try container.encode(column, forKey: .column)
    try container.encode(note, forKey: .note)
  }
}

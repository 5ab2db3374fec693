import RopeMath
import RopeText

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
  @Nullable public var pointer: String?
  @Nullable public var line: Int?
  @Nullable public var column: Int?
  /// The rule of a derived value, the source of a default.
  @Nullable public var note: String?

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
}

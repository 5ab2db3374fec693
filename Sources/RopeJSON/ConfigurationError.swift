/// Why a configuration cannot be read or used: one sentence, with its place in the file.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    case unreadable
    case malformed
    case invalid
    case unsupported
    case unknownModel = "unknown_model"
  }

  public let kind: Kind
  public let message: String
  public var path: String?
  /// Counted from 1.
  public let line: Int?
  /// Counted from 1, in characters.
  public let column: Int?
  /// JSON pointer (RFC 6901) of the value at fault.
  public let pointer: String?

  public init(
    _ kind: Kind, _ message: String, path: String? = nil, line: Int? = nil, column: Int? = nil, pointer: String? = nil
  ) {
    self.kind = kind
    self.message = message
    self.path = path
    self.line = line
    self.column = column
    self.pointer = pointer
  }

  /// What a program would complain of, at no place of the file in particular.
  public init(refusing message: String) { self.init(.unsupported, message) }

  public var description: String {
    let place = [path, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
    return place.isEmpty ? message : "\(place): \(message)"
  }
}

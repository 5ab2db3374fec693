/// Two values of a record that cannot both be so.
public struct RecordFault: Error, Sendable, Hashable {
  /// JSON pointer of what holds both.
  public let pointer: String
  public let message: String
}

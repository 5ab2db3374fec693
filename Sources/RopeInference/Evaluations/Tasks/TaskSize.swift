/// How long a draft is to be.
public struct TaskSize: Sendable {
  /// Words of prose, or entries of a list.
  public var units: Int
  /// Tokens that prompt and answer may have.
  public var budget: Int
  public var prose: TaskProse
}

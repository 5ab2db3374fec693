/// The runtimes that a text means, and what to tell of the choice.
public struct RuntimeSelection: Sendable {
  public let runtimes: [Runtime]
  /// A sentence for a version that is newer than what is known.
  public let warnings: [String]
}

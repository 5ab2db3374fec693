/// The runtimes that a text means, and what to tell of the choice.
public struct RuntimeSelection: Sendable {
  public let runtimes: [Runtime]
  /// A sentence for a version that is newer than what is known, or that is not modelled, or a runtime that is known by
  /// name only.
  public let warnings: [String]
  /// Whether every version that was asked for is modelled.
  public let isExact: Bool

  init(runtimes: [Runtime], warnings: [String] = [], isExact: Bool = true) {
    self.runtimes = runtimes
    self.warnings = warnings
    self.isExact = isExact
  }
}

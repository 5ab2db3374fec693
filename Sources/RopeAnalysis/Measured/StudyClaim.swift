/// A published claim about context extension, tested on measurements.
public struct StudyClaim: Sendable, Hashable {
  /// What the data say of it.
  public enum Verdict: String, Sendable, Codable {
    case holds
    case fails = "does not hold"
    /// The intervals allow for both, or what it needs was not measured.
    case undecided
  }

  /// One comparison that the verdict rests on.
  public struct Test: Sendable, Hashable {
    /// What is compared: `PI − no scaling, positions 0 … 8,191`.
    public let comparison: String
    /// `nats per token` or `share found`.
    public let unit: String
    public let value: Double
    /// 95 %.
    public let interval: ClosedRange<Double>
    /// Blocks of tokens or trials behind it.
    public let count: Int
    /// What the interval has to show for the claim: `above 0`.
    public let asked: String
    public let verdict: Verdict
  }

  public let id: String
  public let text: String
  public let tests: [Test]
  /// Tests that it needs and nothing was measured for.
  public let missing: Int

  init(id: String, text: String, tests: [Test?]) {
    self.id = id
    self.text = text
    self.tests = tests.compactMap { $0 }
    missing = tests.count { $0 == nil }
  }

  /// Fails where one test does, holds where every test was made and does, else undecided.
  public var verdict: Verdict {
    if tests.contains(where: { $0.verdict == .fails }) { return .fails }
    return missing == 0 && tests.allSatisfy { $0.verdict == .holds } ? .holds : .undecided
  }
}

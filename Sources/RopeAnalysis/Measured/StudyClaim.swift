import RopeText

/// A claim about context extension, tested on measurements.
public struct StudyClaim: Sendable, Hashable {
  /// Whose claim it is.
  public enum Origin: String, Sendable, Codable {
    /// Of the study that the page sets out to repeat.
    case published
    /// This project's own.
    case own
  }

  /// What the data say of it.
  public enum Verdict: String, Sendable, Codable {
    case holds
    case fails = "does not hold here"
    /// The tests do not tell, or what it needs was not measured.
    case undecided

    /// Where it begins a sentence.
    public var title: String {
      switch self {
      case .holds: "Holds"
      case .fails: "Does not hold here"
      case .undecided: "Undecided"
      }
    }
  }

  /// Which side of the bound the claim asks for.
  public enum Side: Sendable, Hashable {
    case above(Double)
    case below(Double)

    var bound: Double {
      switch self {
      case .above(let bound), .below(let bound): bound
      }
    }

    /// The same of a number that falls where this one rises.
    var opposite: Side {
      switch self {
      case .above(let bound): .below(-bound)
      case .below(let bound): .above(-bound)
      }
    }

    func holds(_ value: Double) -> Bool {
      switch self {
      case .above(let bound): value > bound
      case .below(let bound): value < bound
      }
    }
  }

  /// One comparison that the verdict rests on.
  public struct Test: Sendable, Hashable {
    /// What is compared: `PI − no scaling, positions 0 … 8,191`.
    public let comparison: Message
    /// `nats per token` or `share found`.
    public let unit: Message
    public let value: Double
    /// 95 %, for this test alone.
    public let interval: ClosedRange<Double>?
    /// What the interval is taken over: `3 documents`, `12 trials`.
    public let sample: Message
    public let side: Side
    /// Two-sided P of the bound itself.
    public let p: Double
    /// Holm's, over all tests of the study.
    public internal(set) var adjusted: Double

    /// Holds or fails where the adjusted P is at most 0.05, by the side that the value lies on.
    public var verdict: Verdict {
      guard adjusted <= 0.05 else { return .undecided }
      return side.holds(value) ? .holds : .fails
    }
  }

  public let id: String
  public let origin: Origin
  public let text: Message
  public internal(set) var tests: [Test]
  /// Tests that it needs and nothing was measured for.
  public let missing: Int

  init(id: String, origin: Origin, text: Message, tests: [Test?]) {
    self.id = id
    self.origin = origin
    self.text = text
    self.tests = tests.compactMap { $0 }
    missing = tests.count { $0 == nil }
  }

  /// Fails where one test does, holds where every test was made and does, else undecided.
  public var verdict: Verdict {
    if tests.contains(where: { $0.verdict == .fails }) { return .fails }
    return missing == 0 && !tests.isEmpty && tests.allSatisfy { $0.verdict == .holds } ? .holds : .undecided
  }
}

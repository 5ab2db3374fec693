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
    /// Two-sided P of the bound itself, for this test alone.
    public let p: Double

    /// Whether the value lies on the side that the claim asks for.
    public var agrees: Bool { side.holds(value) }
  }

  public let id: String
  public let origin: Origin
  public let text: Message
  public let tests: [Test]
  /// Tests that it needs and nothing was measured for.
  public let missing: Int
  /// `p` after Holm, over all claims of the study.
  public internal(set) var adjusted: Double

  init(id: String, origin: Origin, text: Message, tests: [Test?]) {
    self.id = id
    self.origin = origin
    self.text = text
    self.tests = tests.compactMap { $0 }
    missing = tests.count { $0 == nil }
    adjusted = 1
  }

  /// P of what the tests say of the claim as a whole.
  ///
  /// A claim holds where all of its tests do, so that the largest P is the one that counts (an intersection–union test);
  /// it fails where any test contradicts it, so that the smallest P of those counts, times the number of tests (Bonferroni).
  public var p: Double {
    guard let smallest = tests.filter({ !$0.agrees }).map(\.p).min() else { return tests.map(\.p).max() ?? 1 }
    return min(1, smallest * Double(tests.count))
  }

  /// Fails or holds where the adjusted P is at most 0.05, by whether a test lies on the other side; what lacks a test can
  /// fail and does not hold.
  public var verdict: Verdict {
    guard adjusted <= 0.05, !tests.isEmpty else { return .undecided }
    guard tests.allSatisfy(\.agrees) else { return .fails }
    return missing == 0 ? .holds : .undecided
  }
}

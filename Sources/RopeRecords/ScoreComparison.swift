import RopeAnalysis
import RopeMath
import RopeText

/// One method against another on the same items.
///
/// Items that share texts are compared by the texts' mean differences (Student's t). Else, where items are found or
/// missed, the test is McNemar's exact one with Newcombe's paired interval; where scores are shares, both come from a
/// bootstrap over the items with the seed 0. No P of a bootstrap is below `2·2^{−d}` for d items whose scores differ, what
/// the signs of d differences can show at most: a few items that happen to agree resample to nothing else. P values are
/// adjusted by Holm over the methods of a length.
public struct ScoreComparison: Sendable, Hashable, Codable {
  public enum Test: String, Sendable, Codable {
    case exact = "mcnemar-exact"
    case bootstrap = "paired-bootstrap"
    case documents = "t-over-documents"
  }

  public var method: String
  /// What it is compared with: the first method.
  public var reference: String
  public var length: Int
  /// Items that both answered.
  public var items: Int
  /// Mean score less that of the reference.
  public var difference: Double
  /// 95 %; null where one document says nothing of others.
  @Nullable public var lower: Double?
  @Nullable public var upper: Double?
  public var test: Test
  /// Two-sided; null where it cannot be told.
  @Nullable public var p: Double?
  /// Holm's, over the methods of this length.
  @Nullable public var adjusted: Double? = nil
  public var isToldApart: Bool
  /// Mean loss of the answer less that of the reference, nats, with its 95 % interval by Student's t.
  public var nllDifference: Double
  @Nullable public var nllLower: Double?
  @Nullable public var nllUpper: Double?

  enum CodingKeys: String, CodingKey {
    case method, reference, length, items, difference, lower, upper, test, p
    case adjusted = "p_holm"
    case isToldApart = "told_apart"
    case nllDifference = "nll_difference"
    case nllLower = "nll_lower"
    case nllUpper = "nll_upper"
  }

  /// An item whatever the method.
  private struct Place: Hashable {
    let depth: Double?
    let item: Int
    let document: String?
  }

  private typealias Pair = (own: ScoreRecord.Item, other: ScoreRecord.Item)

  static func all(_ items: [ScoreRecord.Item]) -> [ScoreComparison] {
    guard let reference = items.first?.method else { return [] }
    let methods = items.distinct(\.method).dropFirst()
    return items.grouped(by: \.length).flatMap { length, atLength -> [ScoreComparison] in
      func place(_ item: ScoreRecord.Item) -> Place {
        Place(depth: item.depth, item: item.item, document: item.document)
      }
      let others = Dictionary(
        atLength.filter { $0.method == reference }.map { (place($0), $0) }, uniquingKeysWith: { first, _ in first })
      var found = methods.compactMap { method -> ScoreComparison? in
        let pairs = atLength.filter { $0.method == method }.compactMap { own in
          others[place(own)].map { (own: own, other: $0) }
        }
        return pairs.isEmpty ? nil : ScoreComparison(method, reference, length, pairs)
      }
      let known = found.indices.filter { found[$0].p != nil }
      for (place, adjusted) in zip(known, Multiplicity.holm(known.compactMap { found[$0].p })) {
        found[place].adjusted = adjusted
        found[place].isToldApart = adjusted <= 0.05
      }
      return found
    }
  }

  private init(_ method: String, _ reference: String, _ length: Int, _ pairs: [Pair]) {
    self.method = method
    self.reference = reference
    self.length = length
    items = pairs.count
    isToldApart = false
    let losses: ClusterMean, interval: ClosedRange<Double>?
    if let clusters = Self.clusters(pairs) {
      let scores = ClusterMean(clusters.map { $0.map { $0.own.score - $0.other.score } })
      losses = ClusterMean(clusters.map { $0.map { $0.own.nll - $0.other.nll } })
      test = .documents
      difference = scores.mean
      interval = scores.interval
      p = scores.twoSided
    } else {
      losses = ClusterMean(pairs.map { [$0.own.nll - $0.other.nll] })
      let isFoundOrMissed = pairs.allSatisfy { pair in
        [pair.own.score, pair.other.score].allSatisfy { $0 == 0 || $0 == 1 }
      }
      if isFoundOrMissed {
        let outcomes = PairedOutcomes(pairs.map { (first: $0.own.score == 1, second: $0.other.score == 1) })
        test = .exact
        difference = outcomes.difference
        interval = outcomes.interval
        p = outcomes.exactTest
      } else {
        let differences = pairs.map { $0.own.score - $0.other.score }
        let bootstrap = ClusterBootstrap(means: differences)
        test = .bootstrap
        difference = differences.reduce(0, +) / Double(differences.count)
        interval = differences.count > 1 ? bootstrap.interval : nil
        let surest = Double.exp2(1 - Double(differences.count { $0 != 0 }))
        p = differences.count > 1 ? min(1, max(bootstrap.twoSided, surest)) : nil
      }
    }
    lower = interval?.lowerBound
    upper = interval?.upperBound
    nllDifference = losses.mean
    nllLower = losses.interval?.lowerBound
    nllUpper = losses.interval?.upperBound
  }

  /// The pairs text by text; nil where every item has a text of its own.
  private static func clusters(_ pairs: [Pair]) -> [[Pair]]? {
    guard let byText = pairs.map(\.own).clusters else { return nil }
    return byText.map { cluster in pairs.filter { pair in pair.own.document == cluster.first?.document } }
  }
}

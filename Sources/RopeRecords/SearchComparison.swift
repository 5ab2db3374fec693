import RopeAnalysis
import RopeMath
import RopeText

/// A method beside the factors that a search found, on the same windows of texts that the search did not read.
///
/// Differences are the found factors' value less the method's: below 0 for losses, above 0 for what is found, where the
/// search has gained.
public struct SearchComparison: Sendable, Hashable, Codable {
  public struct Difference: Sendable, Hashable, Codable {
    public var mean: Double
    /// 95 %; null where there are too few to tell.
    @Nullable public var lower: Double?
    @Nullable public var upper: Double?
    /// Two-sided; null likewise.
    @Nullable public var p: Double?
    /// P adjusted for all compared methods (Holm).
    @Nullable public var adjusted: Double? = nil

    enum CodingKeys: String, CodingKey {
      case mean, lower, upper, p
      case adjusted = "p_holm"
    }

    public var isToldApart: Bool { adjusted.map { $0 <= 0.05 } ?? false }
  }

  public var method: String
  public var summary: SearchSummary
  /// Documents are the sample: the mean of their own mean differences, Student's t.
  public var lossDifference: Difference
  public var needleDifference: Difference
  /// Of the shares found: Newcombe's interval of paired shares, McNemar's exact P.
  public var foundDifference: Difference

  private enum CodingKeys: String, CodingKey {
    case method
    case summary = "held_out"
    case lossDifference = "loss_difference"
    case needleDifference = "needle_difference"
    case foundDifference = "found_difference"
  }

  /// Each other method beside the first.
  ///
  /// - Parameter items: of several methods on the same windows.
  static func all(_ items: [SearchRecord.Item]) -> [SearchComparison] {
    let groups = items.grouped(by: \.method)
    guard let own = groups.first?.elements else { return [] }
    var found = groups.dropFirst().compactMap { SearchComparison($0.value, own, $0.elements) }
    for difference in [\SearchComparison.lossDifference, \.needleDifference, \.foundDifference] {
      let known = found.indices.filter { found[$0][keyPath: difference].p != nil }
      let adjusted = Multiplicity.holm(known.compactMap { found[$0][keyPath: difference].p })
      for (place, p) in zip(known, adjusted) { found[place][keyPath: difference].adjusted = p }
    }
    return found
  }

  /// Nil where the methods share no window.
  private init?(_ method: String, _ own: [SearchRecord.Item], _ other: [SearchRecord.Item]) {
    let pairs = own.compactMap { item in
      other.first { $0.document == item.document && $0.item == item.item }.map { (own: item, other: $0) }
    }
    guard !pairs.isEmpty else { return nil }
    let documents = pairs.grouped { $0.own.document }
    func difference(_ value: (SearchRecord.Item) -> Double) -> Difference {
      let mean = ClusterMean(documents.map { $0.elements.map { value($0.own) - value($0.other) } })
      return Difference(
        mean: mean.mean, lower: mean.interval?.lowerBound, upper: mean.interval?.upperBound, p: mean.twoSided)
    }
    let outcomes = PairedOutcomes(pairs.map { (first: $0.own.isFound, second: $0.other.isFound) })
    self.method = method
    summary = SearchSummary(pairs.map(\.other))
    lossDifference = difference(\.loss)
    needleDifference = difference(\.needleLoss)
    foundDifference = Difference(
      mean: outcomes.difference, lower: outcomes.interval.lowerBound, upper: outcomes.interval.upperBound,
      p: outcomes.exactTest)
  }
}

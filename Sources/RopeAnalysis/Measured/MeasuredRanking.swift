/// Methods by their mean loss over some positions, and which of them the measurement tells apart.
public struct MeasuredRanking: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public let method: String
    /// Mean loss over the positions, nats per token.
    public let nll: Double
    public let standardError: Double?
    /// The loss less that of the best method; nil for the best itself, and where nothing can be compared.
    public let excess: MeasuredDifference?

    /// Whether it lies more than two standard errors above the best.
    public var isSeparated: Bool { excess?.isSeparated ?? false }
  }

  /// From the lowest loss up.
  public let entries: [Entry]

  /// Compares measurements of windows of the same length. Means over fewer or more documents than most methods have are of
  /// other texts, and are left out.
  ///
  /// - Parameter range: positions of the predicting token; nil for whole windows.
  public init(_ losses: [MeasuredLosses], positions range: Range<Int>? = nil) {
    let counts = Dictionary(grouping: losses, by: \.sources.count).mapValues(\.count)
    let usual = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    let means = losses.filter { $0.sources.count == usual }.compactMap {
      losses -> (losses: MeasuredLosses, nll: Double, error: Double?)? in
      guard let range else { return (losses, losses.nll, losses.standardError) }
      return MeasuredLosses.joined(losses.buckets.filter { $0.from >= range.lowerBound && $0.from < range.upperBound })
        .map { (losses, $0.nll, $0.standardError) }
    }.filter(\.nll.isFinite).sorted { $0.nll < $1.nll }
    entries = means.enumerated().map { place, entry in
      Entry(
        method: entry.losses.method, nll: entry.nll, standardError: entry.error,
        excess: place == 0 ? nil : MeasuredDifference(entry.losses, minus: means[0].losses, positions: range))
    }
  }

  public var best: Entry? { entries.first }

  /// The methods that are not told apart from the best, the best among them.
  public var leaders: [Entry] { entries.filter { !$0.isSeparated } }

  public var separated: [Entry] { entries.filter(\.isSeparated) }
}

/// The difference of two mean losses with its error: `self − other`, nats per token.
///
/// Where both methods read the same windows, the differences are taken bucket by bucket and window by window, so that
/// what makes one text harder than another falls out. Blocks of one document are not independent, so the documents are
/// the sample: the mean is that of the documents' own mean differences, and its 95 % interval is Student's t over them.
/// Over a single document the blocks are the sample, and the interval speaks of that document alone. Without common
/// windows both standard errors are added in quadrature.
public struct MeasuredDifference: Sendable, Hashable {
  public let mean: Double
  /// Not a number where the sources tell too little.
  public let standardError: Double
  /// Blocks of tokens that were compared; 0 where only the totals could be.
  public let blocks: Int
  /// Documents that they come from; 0 where only the totals could be compared.
  public let documents: Int

  public init(mean: Double, standardError: Double, blocks: Int = 0, documents: Int = 0) {
    self.mean = mean
    self.standardError = standardError
    self.blocks = blocks
    self.documents = documents
  }

  /// Compares the losses at the positions `range` of both measurements; nil where they have no common bucket there and
  /// `range` is not all.
  public init?(_ own: MeasuredLosses, minus other: MeasuredLosses, positions range: Range<Int>? = nil) {
    func isInside(_ bucket: MeasuredLosses.Bucket) -> Bool {
      range.map { bucket.from >= $0.lowerBound && bucket.from < $0.upperBound } ?? true
    }
    let others = Dictionary(other.buckets.filter(isInside).map { ($0.place, $0) }) { first, _ in first }
    let shared = own.buckets.filter(isInside).compactMap { a in others[a.place].map { (a, $0) } }
    let isPaired =
      !shared.isEmpty && own.sources == other.sources
      && shared.allSatisfy {
        $0.byWindow.count == $1.byWindow.count && !$0.byWindow.isEmpty
      }
    if isPaired {
      let count = own.sources.count
      var byDocument: [[Double]] = Array(repeating: [], count: max(1, count))
      for (a, b) in shared {
        let (first, second) = (a.windows(sources: count), b.windows(sources: count))
        for (document, pair) in zip(first, second).enumerated() where byDocument.indices.contains(document) {
          byDocument[document] += zip(pair.0, pair.1).map { $0 - $1 }
        }
      }
      let all = byDocument.flatMap { $0 }, documents = ClusterMean(byDocument)
      if documents.clusters > 1 {
        self.init(
          mean: documents.mean, standardError: documents.standardError, blocks: all.count,
          documents: documents.clusters)
      } else {
        let blocks = SampleMean(of: all)
        self.init(mean: blocks.mean, standardError: blocks.standardError, blocks: blocks.count, documents: 1)
      }
      return
    }
    func total(_ losses: MeasuredLosses) -> (nll: Double, error: Double?)? {
      guard range != nil else { return (losses.nll, losses.standardError) }
      return MeasuredLosses.joined(losses.buckets.filter(isInside)).map { ($0.nll, $0.standardError) }
    }
    guard let a = total(own), let b = total(other) else { return nil }
    let error = a.error.flatMap { first in b.error.map { (first * first + $0 * $0).squareRoot() } }
    self.init(mean: a.nll - b.nll, standardError: error ?? .nan)
  }

  /// Whether the 95 % interval leaves out 0; false where the error is not known.
  public var isSeparated: Bool { interval.map { !$0.contains(0) } ?? false }

  /// 95 % interval by Student's t over the documents, over the blocks of a single one, or by the normal law where there
  /// are none; nil where the error is not known, and where the losses are too large for a difference.
  public var interval: ClosedRange<Double>? {
    guard mean.isFinite, standardError.isFinite, standardError >= 0 else { return nil }
    let quantile =
      degreesOfFreedom.map { StudentLaw(degreesOfFreedom: $0).quantile(0.975) } ?? StudentLaw.normalQuantile
    return (mean - quantile * standardError)...(mean + quantile * standardError)
  }

  /// Two-sided P of the difference being `bound`; nil where the error is not known or there is no sample.
  public func twoSided(against bound: Double) -> Double? {
    guard mean.isFinite, standardError.isFinite, let degreesOfFreedom else { return nil }
    guard standardError > 0 else { return mean == bound ? 1 : 0 }
    return StudentLaw(degreesOfFreedom: degreesOfFreedom).twoSided((mean - bound) / standardError)
  }

  private var degreesOfFreedom: Int? { documents > 1 ? documents - 1 : blocks > 1 ? blocks - 1 : nil }
}

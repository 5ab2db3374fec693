import RealModule

/// The difference of two mean losses with its error: `self − other`, nats per token.
///
/// Where both methods read the same windows, the differences are taken bucket by bucket and window by window, so that
/// what makes one text harder than another falls out; their mean, weighted equally, has the standard error of a sample
/// of independent blocks. Else both standard errors are added in quadrature.
public struct MeasuredDifference: Sendable, Hashable {
  public let mean: Double
  /// Not a number where the sources tell too little.
  public let standardError: Double
  /// Blocks of tokens that were compared; 0 where only the totals could be.
  public let blocks: Int

  public init(mean: Double, standardError: Double, blocks: Int = 0) {
    self.mean = mean
    self.standardError = standardError
    self.blocks = blocks
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
      let blocks = SampleMean(of: shared.flatMap { a, b in zip(a.byWindow, b.byWindow).map { $0 - $1 } })
      self.init(mean: blocks.mean, standardError: blocks.standardError, blocks: blocks.count)
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

  /// Whether the difference is more than two standard errors from 0; false where the error is not known.
  public var isSeparated: Bool { abs(mean) > 2 * standardError }

  /// 95 % interval by Student's t over the blocks, or by the normal law where there are none; nil where the error is not
  /// known, and where the losses are too large for a difference.
  public var interval: ClosedRange<Double>? {
    guard mean.isFinite, standardError.isFinite, standardError >= 0 else { return nil }
    let half = Self.quantile(degreesOfFreedom: blocks > 1 ? blocks - 1 : nil) * standardError
    return (mean - half)...(mean + half)
  }

  /// The 97.5 % quantile of Student's t: exact values to 6 degrees of freedom, beyond them the expansion about the
  /// normal law (Abramowitz and Stegun 26.7.5), good to 1e-3.
  static func quantile(degreesOfFreedom: Int?) -> Double {
    let z = 1.959963984540054
    guard let degreesOfFreedom else { return z }
    let exact = [12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912]
    if exact.indices.contains(degreesOfFreedom - 1) { return exact[degreesOfFreedom - 1] }
    let n = Double(max(1, degreesOfFreedom)), square = z * z
    let first = z * (square + 1) / 4
    let second = z * (5 * square * square + 16 * square + 3) / 96
    let third = z * (3 * square * square * square + 19 * square * square + 17 * square - 15) / 384
    return z + first / n + second / (n * n) + third / (n * n * n)
  }
}

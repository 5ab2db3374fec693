import RopeMath

/// The mean of clusters' means under resampling of the clusters: the percentile bootstrap, which asks for no law but for
/// more than a handful of clusters.
public struct ClusterBootstrap: Sendable, Hashable {
  /// Means of the resamples, ascending.
  private let resampled: [Double]

  /// - Parameters:
  ///   - means: one a cluster.
  ///   - resamples: how often as many clusters are drawn with replacement.
  ///   - seed: of the drawing, by SplitMix64: cluster `next() mod K`.
  public init(means: [Double], resamples: Int = 9_999, seed: UInt64 = 0) {
    guard !means.isEmpty else {
      resampled = []
      return
    }
    var generator = SeededGenerator(seed: seed)
    let count = UInt64(means.count)
    resampled = (0..<max(1, resamples)).map { _ in
      (0..<means.count).reduce(0.0) { sum, _ in sum + means[Int(generator.next() % count)] } / Double(means.count)
    }.sorted()
  }

  /// 95 %, between the 2.5 % and the 97.5 % quantile with linear interpolation; nil for fewer than two clusters.
  public var interval: ClosedRange<Double>? { Self.interval(of: resampled) }

  /// `2·min(#{m ≤ 0} + 1, #{m ≥ 0} + 1)/(B + 1)`, at most 1.
  public var twoSided: Double {
    let below = resampled.count { $0 <= 0 } + 1, above = resampled.count { $0 >= 0 } + 1
    return min(1, 2 * Double(min(below, above)) / Double(resampled.count + 1))
  }

  /// - Parameter ascending: what a statistic was in the resamples.
  static func interval(of ascending: [Double]) -> ClosedRange<Double>? {
    guard let last = ascending.indices.last, last > 0 else { return nil }
    func quantile(_ share: Double) -> Double {
      let place = share * Double(last), lower = Int(place), upper = min(lower + 1, last)
      return ascending[lower] + (place - Double(lower)) * (ascending[upper] - ascending[lower])
    }
    let low = quantile(0.025)
    return low...max(low, quantile(0.975))
  }
}

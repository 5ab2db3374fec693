import RealModule

/// The mean of values that come in clusters: blocks of the same document, trials about the same text.
///
/// What one document holds is not independent, so the clusters are the sample: the mean is that of the clusters' own
/// means, every cluster counting alike, its standard error is `s/√K` over the K means, and its 95 % interval is Student's
/// t with K − 1 degrees of freedom.
public struct ClusterMean: Sendable, Hashable {
  /// The clusters' means, in their order; empty clusters are left out.
  public let means: [Double]
  /// Values in all clusters.
  public let values: Int

  public init(_ clusters: [[Double]]) {
    let filled = clusters.filter { !$0.isEmpty }
    means = filled.map { $0.reduce(0, +) / Double($0.count) }
    values = filled.map(\.count).reduce(0, +)
  }

  public var clusters: Int { means.count }

  /// Not a number without a value.
  public var mean: Double { SampleMean(of: means).count > 0 ? SampleMean(of: means).mean : .nan }

  /// Not a number for fewer than two clusters.
  public var standardError: Double { SampleMean(of: means).standardError }

  /// 95 %; nil for fewer than two clusters, which say nothing of others.
  public var interval: ClosedRange<Double>? {
    guard clusters > 1, mean.isFinite, standardError.isFinite else { return nil }
    let half = StudentLaw(degreesOfFreedom: clusters - 1).quantile(0.975) * standardError
    return (mean - half)...(mean + half)
  }

  /// P of a mean this far from 0 or farther where the true one is 0; nil for fewer than two clusters. Clusters that agree
  /// exactly, as shares of a few answers may, have no scatter to go by: their signs alone are counted, `2·2^{−K}`, 1 where
  /// they agree on 0.
  public var twoSided: Double? {
    guard clusters > 1, mean.isFinite, standardError.isFinite else { return nil }
    guard standardError > 0 else { return mean == 0 ? 1 : .exp2(1 - Double(clusters)) }
    return StudentLaw(degreesOfFreedom: clusters - 1).twoSided(mean / standardError)
  }
}

import RopeMath

/// Spearman's rank correlation, with an interval by clusters.
///
/// Cases of several strata are ranked stratum by stratum: `ρ = Σ_s Σ_i (r_i − r̄_s)(q_i − q̄_s) / √(Σ(r_i − r̄_s)² Σ(q_i − q̄_s)²)`
/// with the ranks r, q inside each. What moves both sides from stratum to stratum, as the length of a text moves closed forms
/// and what is found, is then no connection. A stratum of one case tells nothing and is left out.
public struct RankCorrelation: Sendable, Hashable {
  /// Two numbers of one case, the cluster that it belongs to (a method under one model), and the stratum that it is ranked
  /// in (a model at one length).
  public struct Case: Sendable, Hashable {
    public let x: Double
    public let y: Double
    public let cluster: String
    public let stratum: String

    public init(x: Double, y: Double, cluster: String, stratum: String = "") {
      self.x = x
      self.y = y
      self.cluster = cluster
      self.stratum = stratum
    }
  }

  public let cases: Int
  public let clusters: Int
  private let strata: Int
  /// Not a number for fewer than three cases, or where one side does not vary.
  public let coefficient: Double
  /// 95 %; nil for fewer than four clusters, and where a side varies by one cluster alone: its resamples would only tell
  /// whether that cluster was drawn.
  public let interval: ClosedRange<Double>?

  /// - Parameters:
  ///   - given: cases with a number that is not one are left out; an infinite one ranks as the largest.
  ///   - seed: of the percentile bootstrap over clusters.
  public init(_ given: [Case], resamples: Int = 1_999, seed: UInt64 = 0) {
    let strata = given.filter { !$0.x.isNaN && !$0.y.isNaN }.grouped(by: \.stratum).filter { $0.elements.count > 1 }
    let known = strata.flatMap(\.elements)
    let groups = known.grouped(by: \.cluster)
    cases = known.count
    clusters = groups.count
    self.strata = strata.count
    coefficient = Self.spearman(known)
    guard groups.count >= 4, coefficient.isFinite,
      groups.allSatisfy({ left in Self.spearman(known.filter { $0.cluster != left.value }).isFinite })
    else {
      interval = nil
      return
    }
    var generator = SeededGenerator(seed: seed)
    let values = (0..<resamples).map { _ -> Double in
      Self.spearman(groups.flatMap { _ in groups[Int(generator.next() % UInt64(groups.count))].elements })
    }.filter(\.isFinite).sorted()
    interval = ClusterBootstrap.interval(of: values)
  }

  /// P of a coefficient this far from 0 or farther without any connection, by Student's t with ν = n − S − 1 degrees of
  /// freedom for S strata, `ρ√(ν/(1 − ρ²))`; nil where the coefficient is no number, or ν is below 1.
  public var twoSided: Double? {
    let freedom = cases - strata - 1
    guard coefficient.isFinite, freedom > 0 else { return nil }
    guard abs(coefficient) < 1 else { return 0 }
    return StudentLaw(degreesOfFreedom: freedom).twoSided(
      coefficient * (Double(freedom) / (1 - coefficient * coefficient)).squareRoot())
  }

  /// Pearson's correlation of ranks inside the strata; equal values share the mean of their ranks.
  static func spearman(_ cases: [Case]) -> Double {
    guard cases.count > 2 else { return .nan }
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for stratum in cases.grouped(by: \.stratum).map(\.elements) {
      let middle = Double(stratum.count + 1) / 2
      for (x, y) in zip(ranks(stratum.map(\.x)), ranks(stratum.map(\.y))) {
        let (a, b) = (x - middle, y - middle)
        xy += a * b
        xx += a * a
        yy += b * b
      }
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : .nan
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count), start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }
}

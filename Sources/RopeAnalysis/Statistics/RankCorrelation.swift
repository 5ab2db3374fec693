import RopeMath

/// Spearman's rank correlation, with an interval by clusters.
public struct RankCorrelation: Sendable, Hashable {
  /// Two numbers of one case, and the cluster that it belongs to: a method under one model.
  public struct Case: Sendable, Hashable {
    public let x: Double
    public let y: Double
    public let cluster: String

    public init(x: Double, y: Double, cluster: String) {
      self.x = x
      self.y = y
      self.cluster = cluster
    }
  }

  public let cases: Int
  public let clusters: Int
  /// Not a number for fewer than three cases, or where one side does not vary.
  public let coefficient: Double
  /// 95 %; nil for fewer than four clusters, and where a side varies by one cluster alone: its resamples would only tell
  /// whether that cluster was drawn.
  public let interval: ClosedRange<Double>?

  /// - Parameters:
  ///   - given: cases with a number that is not one are left out; an infinite one ranks as the largest.
  ///   - seed: of the percentile bootstrap over clusters.
  public init(_ given: [Case], resamples: Int = 1_999, seed: UInt64 = 0) {
    let known = given.filter { !$0.x.isNaN && !$0.y.isNaN }
    var order: [String] = [], members: [String: [Case]] = [:]
    for entry in known {
      if members[entry.cluster] == nil { order.append(entry.cluster) }
      members[entry.cluster, default: []].append(entry)
    }
    cases = known.count
    clusters = order.count
    coefficient = Self.spearman(known)
    guard order.count >= 4, coefficient.isFinite,
      order.allSatisfy({ left in Self.spearman(known.filter { $0.cluster != left }).isFinite })
    else {
      interval = nil
      return
    }
    var generator = SeededGenerator(seed: seed)
    let values = (0..<resamples).map { _ -> Double in
      Self.spearman(
        (0..<order.count).flatMap { _ in members[order[Int(generator.next() % UInt64(order.count))]] ?? [] })
    }.filter(\.isFinite).sorted()
    interval = ClusterBootstrap.interval(of: values)
  }

  /// P of a coefficient this far from 0 or farther without any connection, by Student's t with n − 2 degrees of freedom,
  /// `ρ√((n − 2)/(1 − ρ²))`; nil where the coefficient is no number.
  public var twoSided: Double? {
    guard coefficient.isFinite, cases > 2 else { return nil }
    guard abs(coefficient) < 1 else { return 0 }
    return StudentLaw(degreesOfFreedom: cases - 2).twoSided(
      coefficient * (Double(cases - 2) / (1 - coefficient * coefficient)).squareRoot())
  }

  /// Pearson's correlation of ranks; equal values share the mean of their ranks.
  static func spearman(_ cases: [Case]) -> Double {
    guard cases.count > 2 else { return .nan }
    let x = ranks(cases.map(\.x)), y = ranks(cases.map(\.y)), middle = Double(cases.count + 1) / 2
    let (xy, xx, yy) = zip(x, y).reduce((0.0, 0.0, 0.0)) { sums, pair in
      let (a, b) = (pair.0 - middle, pair.1 - middle)
      return (sums.0 + a * b, sums.1 + a * a, sums.2 + b * b)
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

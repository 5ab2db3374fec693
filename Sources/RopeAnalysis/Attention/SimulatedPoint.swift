/// One simulated value with the closed form that it is held against.
struct SimulatedPoint {
  var x: Double
  var mean: SampleMean
  var closedForm: Double
}

extension AnalysisCard {
  /// The `simulated` curve of a method: means, one standard error to either side, and the closed form beside them. The
  /// summary tells samples (fewest and most of a point), seed, σ and how far the two lie apart at worst, in standard
  /// errors and in y's unit.
  func simulated(
    _ points: [SimulatedPoint], series: String = "simulated", method: String, length: Int, context: AnalysisContext
  ) -> AnalysisSeries {
    AnalysisSeries(
      name: id, series: series, title: title, unit: unit, method: method, length: length, x: points.map(\.x),
      y: points.map(\.mean.mean), lower: points.map { $0.mean.mean - $0.mean.standardError },
      upper: points.map { $0.mean.mean + $0.mean.standardError }, closedForm: points.map(\.closedForm),
      summary: [
        "sample_count": points.map { Double($0.mean.count) }.min() ?? .nan,
        "largest_sample_count": points.map { Double($0.mean.count) }.max() ?? .nan, "seed": Double(context.seed),
        "logit_deviation": context.ensemble.logitDeviation, "largest_simulated_x": points.last?.x ?? .nan,
        "worst_standard_errors": points.map { abs($0.mean.mean - $0.closedForm) / $0.mean.standardError }
          .filter(\.isFinite).max() ?? 0,
        "worst_difference": points.map { abs($0.mean.mean - $0.closedForm) }.max() ?? .nan,
      ])
  }
}

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
        .sampleCount: points.map { Double($0.mean.count) }.min() ?? .nan,
        .largestSampleCount: points.map { Double($0.mean.count) }.max() ?? .nan, .seed: Double(context.seed),
        .logitDeviation: context.ensemble.logitDeviation, .largestSimulatedX: points.last?.x ?? .nan,
        .worstStandardErrors: points.map { abs($0.mean.mean - $0.closedForm) / $0.mean.standardError }
          .filter(\.isFinite).max() ?? 0,
        .worstDifference: points.map { abs($0.mean.mean - $0.closedForm) }.max() ?? .nan,
      ])
  }
}

extension SummaryKey {
  /// Samples of a point, fewest and most; their seed; the last x that is simulated.
  public static let sampleCount = Self("sample_count"), largestSampleCount = Self("largest_sample_count"),
    seed = Self("seed"), largestSimulatedX = Self("largest_simulated_x")
  /// How far simulation and closed form lie apart at worst, in standard errors and in y's unit.
  public static let worstStandardErrors = Self("worst_standard_errors"), worstDifference = Self("worst_difference")
}

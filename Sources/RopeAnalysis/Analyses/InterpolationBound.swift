import RealModule
import RopeMath

/// Position interpolation's argument: a score fitted to the trained range explodes beyond it and stays tame between its
/// whole positions.
public enum InterpolationBound: Analysis {
  public static let card = AnalysisCard(
    id: "interpolation-bound", title: "Extrapolated against interpolated score", unit: "score",
    xLabel: "Distance (tokens)",
    formula:
      "a(Δ) = Re Σ_j h_j e^(jΔθ_j); between whole Δ |a − a_lin| ≤ d·max|h|/(32 ln b) (exactly max|h|·Σθ²/8); beyond, |a(Δ)| ≤ 2 max|h| Σ_k |A_k(Δ)|, A_k = Σ_{j<k} e^(jΔθ_j)",
    caveat:
      "h is fitted by ridge regression to random targets: an illustration of what the trained range leaves open, not a score of a network. The bounds hold for every h.",
    references: [.arXiv("2306.15595", "Position Interpolation", "§2.3, theorem 2.1, figure 2")])

  /// Random targets that the score is fitted to, for each rotated feature.
  public static let pointsPerFeature = 2
  /// Relative to the number of points; just enough to make the fit unique. A larger one tames the extrapolation.
  public static let ridge = 1e-10
  /// Wider heads are left out: the fit's cost grows with the cube of the features.
  public static let largestRotaryDimension = 1024

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedLength, target = context.targetLength
    let plan = context.baseline
    let frequencies = plan.inverseFrequencies
    guard !frequencies.isEmpty, 2 * frequencies.count <= largestRotaryDimension else { return [] }
    let fittedPoints = 2 * frequencies.count * pointsPerFeature
    var generator = SeededGenerator(seed: context.seed &+ 0x91)
    let points = (0..<fittedPoints).map { k in
      // One point in each of equal strips of the trained range.
      let position = (Double(k) + generator.nextUniform()) * Double(trained) / Double(fittedPoints)
      return (x: position.rounded(.down), y: 2 * generator.nextUniform() - 1)
    }
    let score = FittedScore(frequencies: frequencies, points: points, ridge: ridge)
    let inside = (0...400).map { Double($0) * Double(trained) / 400 }
    let outside =
      target > trained
      ? (0...400).map { (Double($0) * Double(target) / 400).rounded() } : []
    let middle = (Double(trained) / 2).rounded(.down)
    let steps = (0...(4 * 16)).map { middle + Double($0) / 16 }
    let whole = (0...4).map { middle + Double($0) }

    func series(_ name: String, _ x: [Double], _ y: [Double], _ summary: [SummaryKey: Double] = [:]) -> AnalysisSeries {
      card.curve(name, x: x, y, method: AnalysisSeries.baseline, length: target, summary: summary)
    }
    let beyond = outside.filter { $0 > Double(trained) }
    let partialSums = beyond.map { MeanScore(frequencies: frequencies, rotatedShare: 1).bound(at: $0) }
    let m = Double(frequencies.count)
    let squares = frequencies.reduce(0) { $0 + $1 * $1 }
    let paper = 2 * m / (32 * Double.log(plan.base))
    let smallest = partialSums.min().map { 2 * m * $0 } ?? .nan
    // Every whole position of the trained range would do; 1,000 of them find the largest deviation to a few per cent.
    let deviation =
      (0..<1000).map { k in
        let left = (Double(k) * Double(trained) / 1000).rounded(.down)
        return abs(score.value(at: left + 0.5) - (score.value(at: left) + score.value(at: left + 1)) / 2)
      }.max() ?? .nan
    let summary: [SummaryKey: Double] = [
      .largestCoefficient: score.largestCoefficient,
      .interpolationBound: paper * score.largestCoefficient,
      .interpolationBoundExact: squares / 8 * score.largestCoefficient,
      .interpolationBoundPerCoefficient: paper, .interpolationBoundExactPerCoefficient: squares / 8,
      .extrapolationBoundPerCoefficient: smallest, .extrapolationBound: smallest * score.largestCoefficient,
      .boundRatioSmallest: smallest / paper,
      .boundRatioMedian: partialSums.isEmpty ? .nan : 2 * m * partialSums.sorted()[partialSums.count / 2] / paper,
      .largestDeviationBetweenPositions: deviation,
      .largestScoreInside: inside.map { abs(score.value(at: $0)) }.max() ?? .nan,
      .largestScoreBeyond: beyond.map { abs(score.value(at: $0)) }.max() ?? .nan,
      .fittedPoints: Double(fittedPoints), .ridge: ridge, .seed: Double(context.seed),
      .fitResidual: points.map { abs(score.value(at: $0.x) - $0.y) }.max() ?? .nan,
    ]
    return [
      series("fit", inside, inside.map(score.value(at:)), summary),
      series("fit_points", points.map(\.x), points.map(\.y)),
      series("extrapolation", outside, outside.map(score.value(at:))),
      series("interpolation", steps, steps.map(score.value(at:))),
      series("interpolation_whole", whole, whole.map(score.value(at:))),
    ]
  }
}

extension SummaryKey {
  /// The fit: largest |h|, points, ridge and what it leaves at a point.
  public static let largestCoefficient = Self("largest_coefficient"), fittedPoints = Self("fitted_points"),
    ridge = Self("ridge"), fitResidual = Self("fit_residual")
  /// Bounds of a score, between positions by the paper and exactly, and beyond the trained range; for |h| = 1 where so named.
  public static let interpolationBound = Self("interpolation_bound"),
    interpolationBoundExact = Self("interpolation_bound_exact"),
    interpolationBoundPerCoefficient = Self("interpolation_bound_per_coefficient"),
    interpolationBoundExactPerCoefficient = Self("interpolation_bound_exact_per_coefficient"),
    extrapolationBound = Self("extrapolation_bound"),
    extrapolationBoundPerCoefficient = Self("extrapolation_bound_per_coefficient")
  /// The bound beyond over the paper's bound between, over the distances beyond.
  public static let boundRatioSmallest = Self("bound_ratio_smallest"), boundRatioMedian = Self("bound_ratio_median")
  /// The fitted score: off a straight line halfway between positions; largest inside and beyond the trained range.
  public static let largestDeviationBetweenPositions = Self("largest_deviation_between_positions"),
    largestScoreInside = Self("largest_score_inside"), largestScoreBeyond = Self("largest_score_beyond")
}

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

    func series(_ name: String, _ x: [Double], _ y: [Double], _ summary: [String: Double] = [:]) -> AnalysisSeries {
      AnalysisSeries(
        name: card.id, series: name, title: card.title, unit: card.unit, method: "baseline", length: target, x: x, y: y,
        summary: summary)
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
    let summary = [
      "largest_coefficient": score.largestCoefficient,
      "interpolation_bound": paper * score.largestCoefficient,
      "interpolation_bound_exact": squares / 8 * score.largestCoefficient,
      "interpolation_bound_per_coefficient": paper, "interpolation_bound_exact_per_coefficient": squares / 8,
      "extrapolation_bound_per_coefficient": smallest, "extrapolation_bound": smallest * score.largestCoefficient,
      "bound_ratio_smallest": smallest / paper,
      "bound_ratio_median": partialSums.isEmpty ? .nan : 2 * m * partialSums.sorted()[partialSums.count / 2] / paper,
      "largest_deviation_between_positions": deviation,
      "largest_score_inside": inside.map { abs(score.value(at: $0)) }.max() ?? .nan,
      "largest_score_beyond": beyond.map { abs(score.value(at: $0)) }.max() ?? .nan,
      "fitted_points": Double(fittedPoints), "ridge": ridge, "seed": Double(context.seed),
      "fit_residual": points.map { abs(score.value(at: $0.x) - $0.y) }.max() ?? .nan,
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

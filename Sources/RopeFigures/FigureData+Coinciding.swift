import RopeAnalysis
import RopeChart
import RopeText

/// Curves that several methods share, drawn once under one label.
extension FigureData {
  struct SharedCurve {
    var methods: [Method]
    var curve: AnalysisSeries

    let language: Language

    var names: [String] { methods.map(\.name) }
    /// `PI`, `PI, NTK`, `PI and 3 others`.
    var label: String { FigureData.label(names, in: language) }
    /// The same inside a sentence: `PI and NTK`.
    var told: String { methods.count == 2 ? language("\(list: names)") : label }
  }

  /// Who the methods are that a label only counts.
  func membersText(_ shared: [SharedCurve]) -> [String] {
    shared.filter { $0.methods.count > 2 }.map { language("\($0.label): \(list: $0.names).") }
  }

  /// The methods' curves with those that agree at every x, within `tolerance` of y's unit, put together.
  func sharedCurves(
    _ name: String, _ series: String, tolerance: Double = 1e-9, where isShown: (Method) -> Bool = { _ in true }
  ) -> [SharedCurve] {
    var shared: [SharedCurve] = []
    for (method, curve) in curves(name, series) where isShown(method) {
      let place = shared.firstIndex { other in
        other.curve.x == curve.x
          && zip(other.curve.y, curve.y).allSatisfy { abs($0 - $1) <= tolerance || ($0.isNaN && $1.isNaN) }
      }
      if let place {
        shared[place].methods.append(method)
      } else {
        shared.append(SharedCurve(methods: [method], curve: curve, language: language))
      }
    }
    return shared
  }

  /// The shared curve as a line without markers, which are left to simulated points.
  func plainLine(_ shared: SharedCurve, label: String? = nil) -> Mark {
    var style = style(of: shared.methods[0])
    style.marker = .none
    return .line(Mark.Series(label: label ?? shared.label, style: style, x: shared.curve.x, y: shared.curve.y))
  }

  /// Simulated points with bars of one standard error, in the style of the shared curve that they belong to.
  func simulatedPoints(_ shared: SharedCurve, _ series: String = "simulated") -> [Mark] {
    guard let points = self.series(shared.curve.name, series, method: shared.methods[0].label), !points.x.isEmpty
    else { return [] }
    return [
      .points(
        Mark.Series(
          label: "", style: style(of: shared.methods[0]), x: points.x, y: points.y, lower: points.lower,
          upper: points.upper))
    ]
  }

  /// How a simulated curve was made, for captions: samples, seed, agreement.
  func samplingText(_ name: String, _ series: String = "simulated") -> String {
    let all = self.series.filter { $0.name == name && $0.series == series }
    guard let summary = all.first?.summary, let samples = summary[.sampleCount] else { return "" }
    let most = summary[.largestSampleCount] ?? samples
    let count =
      most > samples ? language("\(Wording.tokens(samples)) to \(Wording.tokens(most))") : Wording.tokens(samples)
    let worst = all.compactMap { $0.summary[.worstDifference] }.filter(\.isFinite).max() ?? .nan
    let seed = Wording.tokens(summary[.seed] ?? 0)
    return language(
      "Points: mean of \(count) sampled queries (seed \(seed)) with one standard error; they lie within \(Wording.number(worst, digits: 2)) of the lines."
    )
  }
}

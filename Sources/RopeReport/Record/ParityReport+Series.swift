import RopeAnalysis
import RopeConfig
import RopeFigures

extension ParityReport {
  /// Each runtime's phase error over the pairs at the length, against the reference among the runtimes.
  var series: [AnalysisSeries] {
    guard let reference = runtimes.first(where: { $0.runtime == RuntimeCatalogue.reference.name })?.numbers else {
      return []
    }
    return runtimes.compactMap { runtime in
      guard runtime.runtime != RuntimeCatalogue.reference.name, let numbers = runtime.numbers else { return nil }
      let errors = zip(numbers.inverseFrequencies, reference.inverseFrequencies).map { abs($0 - $1) * Double(length) }
      return AnalysisSeries(
        name: ParityFigure.seriesName, series: "phase_error", title: ParityFigure.card.title, unit: "radians",
        method: "\(runtime.runtime) \(runtime.version)", length: length, x: errors.indices.map(Double.init), y: errors,
        summary: [
          .attentionFactor: numbers.attentionFactor, .maxRelativeDifference: numbers.maxRelativeDifference ?? .nan,
          .pairsDiffering: numbers.pairsDiffering.map(Double.init) ?? .nan,
        ])
    }
  }
}

extension SummaryKey {
  /// What a runtime computes, against the reference.
  public static let attentionFactor = Self("attention_factor"), maxRelativeDifference = Self("max_relative_difference"),
    pairsDiffering = Self("pairs_differing")
}

/// Runs analyses side by side and gives their curves in the catalogue's order.
public enum AnalysisRunner {
  /// - Parameter ids: analyses to run; nil for all.
  public static func run(_ context: AnalysisContext, only ids: [String]? = nil) async -> [AnalysisSeries] {
    let chosen = AnalysisCatalogue.all.filter { ids?.contains($0.card.id) ?? true }
    let results = await withTaskGroup(of: (Int, [AnalysisSeries]).self) { group in
      let numbered = Array(chosen.enumerated())
      for (index, analysis) in numbered.filter({ $0.element.isLong }) + numbered.filter({ !$0.element.isLong }) {
        group.addTask { (index, analysis.run(context)) }
      }
      var results = Array(repeating: [AnalysisSeries](), count: chosen.count)
      for await (index, series) in group { results[index] = series }
      return results
    }
    return results.flatMap { $0 }
  }
}

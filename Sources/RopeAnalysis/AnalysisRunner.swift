/// Runs analyses side by side and gives their curves in the catalogue's order.
public enum AnalysisRunner {
  /// - Parameters:
  ///   - ids: analyses to run; nil for all.
  ///   - finished: called after each analysis, with how many of how many are done; one call at a time.
  public static func run(
    _ context: AnalysisContext, only ids: [String]? = nil,
    finished: (@Sendable (_ card: AnalysisCard, _ done: Int, _ of: Int) -> Void)? = nil
  ) async -> [AnalysisSeries] {
    let chosen = AnalysisCatalogue.all.filter { ids?.contains($0.card.id) ?? true }
    let results = await withTaskGroup(of: (Int, [AnalysisSeries]).self) { group in
      let numbered = Array(chosen.enumerated())
      for (index, analysis) in numbered.filter({ $0.element.isLong }) + numbered.filter({ !$0.element.isLong }) {
        group.addTask { (index, analysis.run(context)) }
      }
      var results = Array(repeating: [AnalysisSeries](), count: chosen.count)
      var done = 0
      for await (index, series) in group {
        results[index] = series
        done += 1
        finished?(chosen[index].card, done, chosen.count)
      }
      return results
    }
    return results.flatMap { $0 }
  }
}

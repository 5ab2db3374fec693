import RealModule
import RopeRecords

/// A search for the table under which an objective is least: an evolution whose generations are measured by successive
/// halving. Same schedule, seed and objective, same history.
public struct FactorSearch: Sendable {
  public let space: any SearchSpace
  public let schedule: SearchSchedule
  public let seed: UInt64

  /// - Throws: `InferenceError.option` for a schedule that is too small to search with, or too large.
  public init(_ space: any SearchSpace, schedule: SearchSchedule, seed: UInt64 = 0) throws(InferenceError) {
    self.space = space
    self.schedule = schedule
    self.seed = seed
    func check(_ value: Int, _ range: ClosedRange<Int>, _ what: String) throws(InferenceError) {
      guard range.contains(value) else {
        throw .option("\(what) of \(value) is not possible; it must lie in \(range.lowerBound) … \(range.upperBound)")
      }
    }
    try check(schedule.population, 4...4096, "a population")
    try check(schedule.generations, 1...4096, "a number of generations")
    try check(schedule.rungs.count, 1...8, "a number of rungs")
    for rung in schedule.rungs { try check(rung.windows, 1...1024, "a number of windows") }
    guard schedule.parents >= 2, schedule.mutants >= 1, schedule.crossovers >= 0 else {
      throw .option("a generation needs two parents and a mutant at least")
    }
  }

  /// The usual schedule of a population: a quarter are parents, a quarter each mutants and crossovers of a generation.
  ///
  /// Rungs rise from between the trained length and the target to the target, in equal steps of the logarithm of the
  /// length; the target's reads `windows` windows, the ones below it their share, one at least.
  public static func schedule(
    _ frame: SearchFrame, population: Int, generations: Int, windows: Int, rungs: Int = 2
  ) -> SearchSchedule {
    let count = max(1, rungs), trained = Double(frame.geometry.trainedLength)
    let steps = (1...count).map { step -> SearchSchedule.Rung in
      var length = frame.target
      if step < count {
        let grown = trained * .pow(frame.factor, Double(step) / Double(count))
        length = min(frame.target, max(frame.geometry.trainedLength + 1, Int(grown.rounded())))
      }
      return SearchSchedule.Rung(length: length, windows: max(min(1, windows), windows * step / count))
    }
    return SearchSchedule(
      population: population, generations: generations, parents: max(2, population / 4),
      mutants: max(1, population / 4), crossovers: max(0, population / 4), rungs: steps)
  }

  /// Every candidate in the order in which it was made.
  ///
  /// - Parameter scored: sees a candidate after each rung that measured it, so that a search that is stopped loses none.
  public func run(
    _ objective: some SearchObjective, progress: @escaping @Sendable (SearchProgress) -> Void = { _ in },
    scored: (SearchCandidate) -> Void = { _ in }
  ) throws(InferenceError) -> [SearchCandidate] {
    var evolution = Evolution(space, schedule: schedule, seed: seed)
    var history: [SearchCandidate] = [], done = 0.0, best: Double?
    let total = max(1, schedule.tokens), top = schedule.rungs.count - 1
    for generation in 0..<schedule.generations {
      let parents = Array(SearchCandidate.ranked(history, at: top).prefix(schedule.parents))
      history += try SuccessiveHalving(schedule).run(evolution.candidates(of: generation, from: parents)) {
        (candidate, rung, place, count) throws(InferenceError) in
        let tokens = Double(schedule.rungs[rung].length * schedule.rungs[rung].windows), before = done
        var state = SearchProgress(
          generation: generation, rung: rung, place: place, count: count, best: best, share: min(1, before / total))
        progress(state)
        let score = try objective.score(candidate.table, rung: rung) { [state] share in
          var state = state
          state.share = min(1, (before + share * tokens) / total)
          progress(state)
        }
        done += tokens
        if rung == top, let value = score.objective, value.isFinite, value < best ?? .infinity { best = value }
        state.best = best
        state.share = min(1, done / total)
        progress(state)
        var seen = candidate
        var own = score
        own.rung = rung
        seen.scores.append(own)
        scored(seen)
        return score
      }
    }
    return history
  }
}

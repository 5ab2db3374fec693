import RopeRecords

/// Measures candidates rung by rung and drops the worse half after each (Jamieson and Talwalkar, arXiv 1502.07943): the
/// cheap windows decide who is read at the target.
public struct SuccessiveHalving: Sendable {
  public let schedule: SearchSchedule

  public init(_ schedule: SearchSchedule) { self.schedule = schedule }

  /// The candidates with their scores, in the order given.
  ///
  /// - Parameter measure: one candidate at one rung.
  public func run(
    _ candidates: [SearchCandidate],
    _ measure: (_ candidate: SearchCandidate, _ rung: Int, _ place: Int, _ count: Int) throws(InferenceError) ->
      SearchCandidate.Score
  ) throws(InferenceError) -> [SearchCandidate] {
    var measured = candidates
    var left = Array(candidates.indices)
    let counts = schedule.counts(of: candidates.count)
    for rung in schedule.rungs.indices {
      for (place, index) in left.enumerated() {
        var score = try measure(measured[index], rung, place, left.count)
        score.rung = rung
        if score.objective?.isFinite == false { score.objective = nil }
        measured[index].scores.append(score)
      }
      guard rung + 1 < counts.count else { break }
      let kept = Set(SearchCandidate.ranked(left.map { measured[$0] }, at: rung).prefix(counts[rung + 1]).map(\.id))
      left = left.filter { kept.contains(measured[$0].id) }
    }
    return measured
  }
}

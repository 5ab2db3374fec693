extension Measurements {
  /// One number of each kind for each method at a length, by the method's label: `loss` (nats per token above the best
  /// method), `retrieval` (share found) and the score of each benchmark by its name.
  public func numbers(at length: Int) -> [String: [String: Double]] {
    var numbers: [String: [String: Double]] = [:]
    let measured = losses.filter { ($0.length ?? $0.buckets.last?.to) == length && $0.nll.isFinite }
    let best = measured.map(\.nll).min() ?? 0
    for entry in measured { numbers[entry.method, default: [:]]["loss"] = entry.nll - best }
    for (label, cells) in Dictionary(grouping: retrieval.filter { $0.length == length }, by: \.method) {
      let share = MeasuredProportion(
        successes: cells.map(\.correct).reduce(0, +), trials: cells.map(\.trials).reduce(0, +)
      ).share
      if share.isFinite { numbers[label, default: [:]]["retrieval"] = share }
    }
    for score in scores where score.length == length {
      numbers[score.method, default: [:]][score.benchmark ?? "score"] = score.score
    }
    return numbers
  }
}

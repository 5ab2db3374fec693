import RopeAnalysis
import RopeMath

extension EvaluationRecord {
  /// A file of measurements that holds this record.
  func source(named name: String) -> Measurements.Source {
    Measurements.Source(
      name: name, model: setting?.model, text: setting?.text, trainedLength: setting?.trainedLength,
      targetLength: setting?.targetLength)
  }
}

extension PerplexityRecord {
  public func measurements(named name: String, identity: String) -> Measurements {
    Measurements(
      sources: [source(named: name)],
      losses: runs.map { run in
        // An error of 0 is what a single value has, and tells nothing.
        func known(_ error: Double) -> Double? { error > 0 ? error : nil }
        return MeasuredLosses(
          method: run.method, length: run.length, windows: run.windows, tokens: run.tokensScored, nll: run.nll,
          standardError: run.windows > 1 || run.standardErrorOver == .tokens ? known(run.standardError) : nil,
          buckets: run.byPosition.map {
            MeasuredLosses.Bucket(
              from: $0.from, to: $0.to, tokens: $0.tokens, nll: $0.nll, standardError: known($0.standardError),
              byWindow: $0.byWindow)
          }, sources: [identity])
      })
  }
}

extension PasskeyRecord {
  public func measurements(named name: String, identity: String) -> Measurements {
    Measurements(
      sources: [source(named: name)],
      retrieval: cells.map { cell in
        MeasuredRetrieval(
          method: cell.method, length: cell.length, depth: cell.depth, trials: cell.trials, correct: cell.correct,
          meanRank: cell.meanRank, nll: cell.nll,
          standardError: cell.trials > 1 && cell.nllStandardError > 0 ? cell.nllStandardError : nil,
          byTrial: cell.byTrial, sources: [identity])
      })
  }
}

extension ScoreRecord {
  /// Mean scores by length, as those of a benchmark with the task's name.
  public func measurements(named name: String, identity: String) -> Measurements {
    Measurements(
      sources: [source(named: name)],
      scores: summary.map {
        MeasuredScore(
          method: $0.method, length: $0.length, score: $0.score, lower: $0.lower, upper: $0.upper, benchmark: task)
      })
  }
}

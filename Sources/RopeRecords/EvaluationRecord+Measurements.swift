import RopeAnalysis
import RopeMath

extension EvaluationRecord {
  /// A file of measurements that holds this record.
  ///
  /// - Parameter identity: what the file is known by.
  func source(named name: String, _ identity: String, _ content: EvaluationSetting.Content) -> EvaluationSetting {
    (setting ?? EvaluationSetting()).read(from: name, file: identity, content: content)
  }

  /// What windows of the text are known by: the text and how it was cut where the record tells what it holds, so that
  /// methods read in other runs count as measured on the same; else the file.
  func identity(_ file: String, windows: Int?, stride: Int? = nil) -> String {
    guard let hash = setting?.textHash else { return file }
    return "\(setting?.text ?? "")#\(hash) \(windows ?? 1) \(stride ?? 0)"
  }

  /// What measurements call a method of this record. A record of bfloat16 alone is not one with those of float32.
  func label(_ method: String) -> String {
    guard setting?.precision == MeasuredVariant.rounded,
      MeasuredVariant.parts(of: method).variant != MeasuredVariant.rounded
    else {
      return method
    }
    return MeasuredVariant.label(method, MeasuredVariant.rounded)
  }
}

/// An error of 0 is what a single value has, and tells nothing.
private func known(_ error: Double?) -> Double? { error.flatMap { $0 > 0 ? $0 : nil } }

extension PerplexityRecord {
  public func measurements(named name: String, identity: String) -> Measurements {
    Measurements(
      sources: [source(named: name, identity, .losses)],
      losses: runs.map { run in
        MeasuredLosses(
          method: label(run.label), length: run.length, windows: run.windows, tokens: run.tokensScored, nll: run.nll,
          standardError: run.windows ?? 1 > 1 || run.standardErrorOver == .tokens ? known(run.standardError) : nil,
          buckets: (run.byPosition ?? []).map {
            var bucket = $0
            bucket.standardError = known(bucket.standardError)
            return bucket
          }, sources: [self.identity(identity, windows: run.windows, stride: run.stride)])
      })
  }
}

extension PasskeyRecord {
  public func measurements(named name: String, identity: String) -> Measurements {
    Measurements(
      sources: [source(named: name, identity, .retrieval)],
      retrieval: cells.map {
        var cell = $0
        cell.method = label(cell.method)
        cell.standardError = cell.trials > 1 ? known(cell.standardError) : nil
        cell.sources = [identity]
        return cell
      })
  }
}

extension ScoreRecord {
  /// The mean losses of the answers about each text of a summary, in the order of the texts' names; nil where items have
  /// texts of their own.
  private func answerLosses(_ summary: ScoreSummary) -> [(document: String, loss: Double)]? {
    guard summary.intervalOver == .documents else { return nil }
    let own = items.filter { $0.method == summary.method && $0.length == summary.length }
    return Set(own.compactMap(\.document)).sorted().map { document in
      let losses = own.filter { $0.document == document }.map(\.nll)
      return (document, losses.reduce(0, +) / Double(losses.count))
    }
  }

  /// Mean scores by length, as those of a benchmark with the task's name.
  public func measurements(named name: String, identity: String) -> Measurements {
    Measurements(
      sources: [source(named: name, identity, .scores)],
      scores: summary.map {
        let losses = answerLosses($0)
        return MeasuredScore(
          method: label($0.method), length: $0.length, score: $0.score, lower: $0.lower, upper: $0.upper,
          benchmark: task, answerLossByDocument: losses?.map(\.loss), documents: losses?.map(\.document))
      })
  }
}

extension LongPerplexityRecord {
  /// The mean losses of all tokens; those of chosen ones are no losses of a text.
  public func measurements(named name: String, identity: String) -> Measurements {
    Measurements(
      sources: [source(named: name, identity, .losses)],
      losses: runs.map {
        MeasuredLosses(
          method: label($0.method), length: $0.length, windows: $0.windows, nll: $0.meanLoss,
          sources: [self.identity(identity, windows: $0.windows)])
      })
  }
}

extension Measurements {
  /// Names of the curves: what figures are made from, as files of data hold it.
  public enum SeriesName {
    public static let losses = "measured-loss"
    public static let scores = "measured-score"
    public static let retrieval = "measured-retrieval"
    /// A closed-form column (`title`) against what was measured (`unit`).
    public static let prediction = "prediction"
  }

  /// Everything measured as curves: loss against position for each window's length, score against length for each
  /// benchmark, share found against depth for each length. Bars are one standard error, for shares the 95 % interval.
  public var series: [AnalysisSeries] {
    lossSeries + scoreSeries + retrievalSeries
  }

  private var lossSeries: [AnalysisSeries] {
    losses.map { losses in
      let buckets =
        losses.buckets.isEmpty
        ? [.init(from: 0, to: losses.length ?? 0, nll: losses.nll, standardError: losses.standardError)]
        : losses.buckets
      let length = losses.length ?? buckets.last?.to ?? 0
      let errors = buckets.map { $0.standardError ?? .nan }
      var summary: [SummaryKey: Double] = [.nll: losses.nll, .standardError: losses.standardError ?? .nan]
      summary[.windows] = losses.windows.map(Double.init)
      summary[.tokens] = losses.tokens.map(Double.init)
      return AnalysisSeries(
        name: SeriesName.losses, series: "\(length)", title: "Measured loss", unit: "nats per token",
        method: losses.method, length: length, x: buckets.map { Double($0.from + $0.to) / 2 }, y: buckets.map(\.nll),
        lower: zip(buckets, errors).map { $0.nll - $1 }, upper: zip(buckets, errors).map { $0.nll + $1 },
        summary: summary)
    }
  }

  private var scoreSeries: [AnalysisSeries] {
    methods.flatMap { method -> [AnalysisSeries] in
      let byBenchmark = Dictionary(grouping: scores.filter { $0.method == method }, by: \.benchmark)
      return benchmarks.compactMap { benchmark -> AnalysisSeries? in
        let points = (byBenchmark[benchmark] ?? []).sorted { $0.length < $1.length }
        guard let last = points.last else { return nil }
        return AnalysisSeries(
          name: SeriesName.scores, series: benchmark ?? "score", title: "Measured score", unit: "score",
          method: method, length: last.length, x: points.map { Double($0.length) }, y: points.map(\.score),
          lower: points.map { $0.score - ($0.standardError ?? .nan) },
          upper: points.map { $0.score + ($0.standardError ?? .nan) })
      }
    }
  }

  private var retrievalSeries: [AnalysisSeries] {
    methods.flatMap { method in
      Set(retrieval.filter { $0.method == method }.map(\.length)).sorted().map { length in
        let cells = retrieval.filter { $0.method == method && $0.length == length }.sorted { $0.depth < $1.depth }
        let shares = cells.map { MeasuredProportion(successes: $0.correct, trials: $0.trials) }
        return AnalysisSeries(
          name: SeriesName.retrieval, series: "\(length)", title: "Measured retrieval", unit: "share found",
          method: method, length: length, x: cells.map(\.depth), y: shares.map(\.share),
          lower: shares.map(\.interval.lowerBound), upper: shares.map(\.interval.upperBound),
          summary: [
            .trials: Double(cells.map(\.trials).reduce(0, +)), .correct: Double(cells.map(\.correct).reduce(0, +)),
          ])
      }
    }
  }
}

extension SummaryKey {
  /// Nats a token, with its standard error; windows that were scored.
  public static let nll = Self("nll"), standardError = Self("stderr"), windows = Self("windows")
  /// Answers asked for and right ones.
  public static let trials = Self("trials"), correct = Self("correct")
  /// A rank correlation with its 95 % interval; cases and independent groups of them.
  public static let correlation = Self("correlation"), lower = Self("lower"), upper = Self("upper"),
    cases = Self("cases"), clusters = Self("clusters")
}

import RealModule
import RopeAnalysis
import RopeChart
import RopeFigures
import RopeMath

extension MeasuredBlocks {
  /// Losses by length with the closed forms beside them; nil where none were measured.
  var lossTable: Block? {
    let losses = data.measurements.losses.sorted {
      order($0.method) == order($1.method) ? ($0.length ?? 0) < ($1.length ?? 0) : order($0.method) < order($1.method)
    }
    guard !losses.isEmpty else { return nil }
    let plain = data.measured.first { $0.ids == ["none"] }?.label
    let columns = [
      Block.Table.Column(language("Method"), alignment: .left),
      Block.Table.Column(language("Window"), unit: language("tokens")),
      Block.Table.Column(language("Perplexity"), explanation: language("exponential of the mean loss")),
      Block.Table.Column(language("± s.e."), explanation: language("one standard error")),
      Block.Table.Column(
        language("Beyond trained"), explanation: language("perplexity at positions beyond the trained length")),
      Block.Table.Column(
        language("Less plain"), unit: language("nats"),
        explanation: language("mean loss less that without scaling on the same text, with one standard error")),
      Block.Table.Column(
        language("Phase-safe"), unit: language("tokens"),
        explanation: language("longest context without a new angle, by the closed form")),
      Block.Table.Column(
        language("New angles"), unit: language("pairs"),
        explanation: language("pairs that meet an angle training never showed")),
      Block.Table.Column(
        language("Positions"), unit: "%",
        explanation: language("mean over pairs of the share of positions at such angles")),
      Block.Table.Column(language(fixed: ClosedForm.resolutionKept.title), explanation: "Σθ′²/Σθ²"),
      Block.Table.Column(
        language(fixed: ClosedForm.logitFactor.title),
        explanation: language("factor on every rotated logit of the newest query")),
    ]
    let rows = losses.map { entry -> Block.Table.Row in
      let closed = reach.first { $0.method == entry.method && $0.length == entry.length }
      let reference = data.measurements.losses.first {
        $0.method == plain && $0.length == entry.length && $0.method != entry.method
      }
      let difference = reference.flatMap { MeasuredDifference(entry, minus: $0) }
      let beyond = MeasuredLosses.joined(entry.buckets.filter { $0.from >= data.trainedLength })
      return Block.Table.Row(
        [
          Block.Table.Cell(Prose(name(entry.method))),
          number(entry.length.map(Double.init), entry.length.map { TokenCount.label($0) }),
          number(.exp(entry.nll), Wording.number(.exp(entry.nll))),
          number(
            entry.standardError.map { $0 * .exp(entry.nll) },
            entry.standardError.map { Wording.number($0 * .exp(entry.nll), digits: 2) }),
          number(beyond.map { .exp($0.nll) }, beyond.map { Wording.number(.exp($0.nll)) }),
          number(difference?.mean, difference.map(Self.text)),
          number(
            closed.map { $0.phaseSafeLength ?? .infinity },
            closed.map { Wording.tokens($0.phaseSafeLength ?? .infinity) }),
          number(
            closed.map { Double($0.pairsWithNewAngles) }, closed.map { "\($0.pairsWithNewAngles)/\($0.pairCount)" }),
          number(
            closed?.shareOutOfDistribution, closed.map { Wording.fixed(100 * $0.shareOutOfDistribution, decimals: 1) }),
          number(closed?.resolutionKept, closed.map { Wording.fixed($0.resolutionKept, decimals: 3) }),
          number(closed?.logitFactor, closed.map { Wording.fixed($0.logitFactor, decimals: 3) }),
        ], style: style(entry.method))
    }
    return .table(
      Block.Table(
        id: "measured-losses",
        caption: Prose(
          language("Measured losses, and what the closed forms say of the same plans at the same lengths.")),
        columns: columns, rows: rows))
  }

  /// Shares found by length; nil where no retrieval was measured.
  var retrievalTable: Block? {
    let cells = data.measurements.retrieval
    guard !cells.isEmpty else { return nil }
    let lengths = Set(cells.map(\.length)).sorted()
    let methods = data.measured.filter { method in cells.contains { $0.method == method.label } }
    func share(_ method: FigureData.Method, _ length: Int) -> MeasuredProportion {
      let own = cells.filter { $0.method == method.label && $0.length == length }
      return MeasuredProportion(successes: own.map(\.correct).reduce(0, +), trials: own.map(\.trials).reduce(0, +))
    }
    // The highest share is marked where it is told apart from every lower one, else none is.
    func isToldApart(_ length: Int) -> Bool {
      let shares = methods.map { (label: $0.label, share: share($0, length)) }.filter { $0.share.trials > 0 }
      let best = shares.map(\.share.share).max() ?? 0
      let leaders = shares.filter { $0.share.share == best }
      return shares.filter { $0.share.share < best }.allSatisfy { lower in
        leaders.allSatisfy {
          data.measurements.comparedRetrieval($0.label, lower.label) { $0.length == length }.isSeparated
        }
      }
    }
    let columns =
      [Block.Table.Column(language("Method"), alignment: .left)]
      + lengths.map { length -> Block.Table.Column in
        Block.Table.Column(
          TokenCount.label(length), best: isToldApart(length) ? .highest : nil,
          explanation: language("found of trials, over all depths, with the 95 % interval of the share"))
      }
    let rows = methods.map { method in
      Block.Table.Row(
        [Block.Table.Cell(Prose(method.name))]
          + lengths.map { length -> Block.Table.Cell in
            let found = share(method, length)
            guard found.trials > 0 else { return Block.Table.Cell("–") }
            let interval = found.interval
            let low = Wording.fixed(100 * interval.lowerBound, decimals: 0)
            let high = Wording.fixed(100 * interval.upperBound, decimals: 0)
            return Block.Table.Cell(
              Prose(language("\(found.successes)/\(found.trials) (\(low)–\(high) %)")), value: found.share)
          }, style: data.style(of: method))
    }
    return .table(
      Block.Table(
        id: "measured-retrieval",
        caption: Prose(
          language(
            "What was found, by length, over all depths, with Wilson's 95 % interval. The highest share is marked where it is told apart from all lower ones."
          )),
        columns: columns, rows: rows))
  }

  /// Scores by length, of several benchmarks one after another; nil where none were measured.
  var scoreTable: Block? {
    let scores = data.measurements.scores
    guard !scores.isEmpty else { return nil }
    let benchmarks = data.measurements.benchmarks
    let places = benchmarks.flatMap { benchmark -> [(benchmark: String?, length: Int)] in
      Set(scores.filter { $0.benchmark == benchmark }.map(\.length)).sorted().map { (benchmark, $0) }
    }
    let columns = places.map { place -> Block.Table.Column in
      let length = TokenCount.label(place.length)
      return Block.Table.Column(
        benchmarks.count > 1 ? "\(place.benchmark ?? language("Score")) \(length)" : length, best: .highest)
    }
    let rows = data.measured.filter { method in scores.contains { $0.method == method.label } }.map { method in
      Block.Table.Row(
        [Block.Table.Cell(Prose(method.name))]
          + places.map { place -> Block.Table.Cell in
            let own = scores.first {
              $0.method == method.label && $0.benchmark == place.benchmark && $0.length == place.length
            }
            let error = own?.standardError.map { " ± \(Wording.number($0, digits: 2))" } ?? ""
            return number(own?.score, own.map { Wording.number($0.score) + error })
          }, style: data.style(of: method))
    }
    return .table(
      Block.Table(
        id: "measured-scores", caption: Prose(language("Measured scores by context length, as given.")),
        columns: [Block.Table.Column(language("Method"), alignment: .left)] + columns, rows: rows))
  }

  private static func text(_ difference: MeasuredDifference) -> String {
    let error = difference.standardError.isFinite ? " ± \(Wording.fixed(difference.standardError, decimals: 3))" : ""
    return Wording.fixed(difference.mean, decimals: 3) + error
  }

  private func number(_ value: Double?, _ text: String?) -> Block.Table.Cell {
    guard let value, let text, !value.isNaN else { return "–" }
    return Block.Table.Cell(Prose(text), value: value)
  }

  private func order(_ label: String) -> Int { data.measured.firstIndex { $0.label == label } ?? data.measured.count }

  private func style(_ label: String) -> SeriesStyle? {
    data.measured.first { $0.label == label }.map { data.style(of: $0) }
  }
}

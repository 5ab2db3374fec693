import RopeAnalysis
import RopeFigures
import RopeMath
import RopeText

/// What was measured, in blocks: how it was made, what it says within its error, and the tables that lay the closed forms
/// beside it.
struct MeasuredBlocks {
  let data: FigureData
  let reach: [MeasuredReach]

  private var measurements: Measurements { data.measurements }
  var language: Language { data.language }

  func name(_ label: String) -> String { data.measured.first { $0.label == label }?.name ?? label }

  // MARK: How it was made

  var setting: Block {
    var entries = measurements.sources.map { source in
      Block.KeyValues.Entry(language("Source"), Prose(self.source(source), in: language))
    }
    if let longest = measurements.losses.compactMap(\.tokens).max() {
      entries.append(Block.KeyValues.Entry(language("Losses"), Prose(language(extent(Wording.whole(longest))))))
    }
    if !measurements.retrieval.isEmpty {
      let trials = measurements.retrieval.map(\.trials).reduce(0, +)
      let methods = Set(measurements.retrieval.map(\.method)).count
      let tried: Message = trials == 1 ? "1 trial" : "\(Wording.whole(trials)) trials"
      let over: Message = methods == 1 ? "1 method" : "\(methods) methods"
      entries.append(
        Block.KeyValues.Entry(
          language("Retrieval"),
          Prose(language("\(tried) over \(over); shares bear Wilson's 95 % interval"))))
    }
    if measurements.sources.contains(where: { $0.content == .retrieval && $0.sharesProse == true }) {
      entries.append(
        Block.KeyValues.Entry(
          language("Shared prose"),
          Prose(
            language(
              "a trial is the same at every depth, so that intervals and P of retrieval, which take cells as independent, promise too much"
            ))))
    }
    entries.append(Block.KeyValues.Entry(language("How sure"), Prose(language(sureness))))
    return .keyValues(Block.KeyValues(entries))
  }

  private func source(_ source: EvaluationSetting) -> ProseTemplate {
    let read = self.read(source)
    guard let seconds = source.seconds else { return read }
    let minutes = Wording.whole(max(1, Int((seconds / 60).rounded())))
    return "\(Prose(read, in: language)); computed in \(minutes) min"
  }

  private func read(_ source: EvaluationSetting) -> ProseTemplate {
    let name = source.name ?? ""
    return switch (source.model, source.text) {
    case (let model?, let text?): "\(code: name): \(model), reading \(text)"
    case (let model?, nil): "\(code: name): \(model)"
    case (nil, let text?): "\(code: name): reading \(text)"
    case (nil, nil): "\(code: name)"
    }
  }

  /// What counts as told apart.
  private var sureness: Message {
    let documents = measurements.losses.map { Set($0.sources).count }.max() ?? 0
    let losses: Message =
      documents > 1
      ? "two methods count as told apart where the 95 % interval of their losses' difference, Student's t over the documents, leaves out 0"
      : "two methods count as told apart where the 95 % interval of their losses' difference, over blocks of the same text, leaves out 0; of one text it says nothing about others"
    return measurements.retrieval.isEmpty
      ? losses : "\(losses); in retrieval where McNemar's exact test on the same trials gives P of at most 0.05"
  }

  /// `up to 8,192 tokens a method, in 3 windows that all methods share`, as far as the files tell.
  private func extent(_ tokens: String) -> Message {
    let known = measurements.losses.compactMap(\.windows)
    guard let most = known.max() else { return "up to \(tokens) tokens a method" }
    let isSame = known.count == measurements.losses.count && known.allSatisfy { $0 == most }
    let methods = Set(measurements.losses.map(\.method)).count
    // Of each length there is one entry a method; other lengths have other windows.
    let byLength = Dictionary(grouping: measurements.losses, by: \.length).values
    let isShared =
      methods > 1 && known.count == measurements.losses.count
      && byLength.allSatisfy { entries -> Bool in
        let first = entries[0]
        return entries.count == methods
          && entries.allSatisfy { entry -> Bool in entry.windows == first.windows && entry.sources == first.sources }
      }
    let windows: Message = most == 1 ? "1 window" : "\(Wording.whole(most)) windows"
    switch (isSame, isShared) {
    case (true, true): return "up to \(tokens) tokens a method, in \(windows) that all methods share"
    case (true, false): return "up to \(tokens) tokens a method, in \(windows)"
    case (false, true): return "up to \(tokens) tokens a method, in up to \(windows) that all methods share"
    case (false, false): return "up to \(tokens) tokens a method, in up to \(windows)"
    }
  }

  // MARK: What it says

  /// Sentences computed from the numbers; nothing within the error is ranked.
  var findings: [VerdictSentence] {
    let length = data.trainedText
    let beyond = losses(
      within: data.trainedLength..<Int.max,
      one: { "Beyond the trained \(length) tokens \($0) has the lowest perplexity." },
      several: {
        "Beyond the trained \(length) tokens \($0) has the lowest perplexity, not told apart from \(list: $1)."
      })
    let inside = losses(
      within: 0..<data.trainedLength,
      one: { "Within the trained \(length) tokens \($0) has the lowest perplexity." },
      several: {
        "Within the trained \(length) tokens \($0) has the lowest perplexity, not told apart from \(list: $1)."
      })
    return [beyond, inside, closedForms, retrieval].compactMap { $0 }
  }

  private var longest: [MeasuredLosses] {
    let curves = data.measured.compactMap { measurements.byPosition($0.label) }
    let length = curves.compactMap(\.length).max()
    return curves.filter { $0.length == length }
  }

  private func losses(
    within range: Range<Int>, one: (Message) -> Message,
    several: (_ best: Message, _ others: [Message]) -> Message
  ) -> VerdictSentence? {
    let ranking = MeasuredRanking(longest, positions: range)
    guard let best = ranking.best, ranking.entries.count > 1 else { return nil }
    func perplexity(_ entry: MeasuredRanking.Entry) -> Message {
      "\(name(entry.method)) (\(Wording.number(.exp(entry.nll))))"
    }
    var sentences = [
      ranking.leaders.count == 1
        ? one(perplexity(best)) : several(perplexity(best), ranking.leaders.dropFirst().map(perplexity))
    ]
    if !ranking.separated.isEmpty {
      let others = ranking.separated.map { entry -> Message in
        guard let excess = entry.excess else { return "\(name(entry.method))" }
        let decimals = excess.standardError < 0.01 ? 3 : 2
        return
          "\(name(entry.method)) by \(Wording.fixed(excess.mean, decimals: decimals)) ± \(Wording.fixed(excess.standardError, decimals: decimals))"
      }
      sentences.append("Above \(name(best.method)) lie \(list: others) nats per token.")
    }
    return sentence(sentences, figure: LossByPositionFigure.card.id)
  }

  private func sentence(_ sentences: [Message], figure: String) -> VerdictSentence {
    VerdictSentence(language.sentences(sentences.map { language($0) }), figure: figure)
  }

  /// Where the closed form and the measurement part.
  private var closedForms: VerdictSentence? {
    let ranking = MeasuredRanking(longest, positions: data.trainedLength..<Int.max)
    guard let length = longest.first?.length, !ranking.separated.isEmpty else { return nil }
    func isSafe(_ label: String) -> Bool? {
      reach.first { $0.method == label && $0.length == length }.map {
        ($0.phaseSafeLength ?? .infinity) >= Double(length) - 1
      }
    }
    let safeButWorse = ranking.separated.map(\.method).filter { isSafe($0) == true }
    let unsafeButBest = ranking.leaders.map(\.method).filter { isSafe($0) == false }
    let tested = ranking.entries.filter { isSafe($0.method) != nil }
    guard tested.count > 1 else { return nil }
    let at = TokenCount.label(length), safe = safeButWorse.map(name), unsafe = unsafeButBest.map(name)
    let best: Message =
      unsafe.count == 1
      ? "\(unsafe[0]) is among the best without it" : "\(list: unsafe) are among the best without it"
    let worse: Message =
      safe.count == 1 ? "\(safe[0]) has it and lies above the best" : "\(list: safe) have it and lie above the best"
    let told: Message =
      switch (unsafe.isEmpty, safe.isEmpty) {
      case (true, true): "Phase-safety at \(at) separates the methods as the losses do."
      case (false, true): "Phase-safety at \(at) alone does not order the losses: \(best)."
      case (true, false): "Phase-safety at \(at) alone does not order the losses: \(worse)."
      case (false, false): "Phase-safety at \(at) alone does not order the losses: \(best); \(worse)."
      }
    return sentence([told], figure: "phase-safe-length")
  }

  private var retrieval: VerdictSentence? {
    let beyond = shares { $0.length > data.trainedLength }
    let found = beyond.isEmpty ? shares { _ in true } : beyond
    guard let best = found.first else { return nil }
    let texts = found.map { entry -> Message in
      "\(entry.share.successes) of \(entry.share.trials) times by \(entry.name)"
    }
    let isCounted: (MeasuredRetrieval) -> Bool = { beyond.isEmpty || $0.length > data.trainedLength }
    let equal = found.dropFirst().filter { entry in
      !measurements.comparedRetrieval(best.label, entry.label, where: isCounted).isSeparated
    }.map(\.name)
    let told: Message =
      beyond.isEmpty
      ? "What was hidden is found \(list: texts)."
      : "What was hidden in texts beyond \(data.trainedText) is found \(list: texts)."
    let name = best.name.prefix(1).uppercased() + best.name.dropFirst()
    return sentence(
      [told] + (equal.isEmpty ? [] : ["\(name) is not told apart from \(list: equal)."]),
      figure: PasskeyMapFigure.card.id)
  }

  private func shares(
    where isCounted: (MeasuredRetrieval) -> Bool
  ) -> [(label: String, name: String, share: MeasuredProportion)] {
    data.measured.map { method in
      let cells = measurements.retrieval.filter { $0.method == method.label && isCounted($0) }
      return (
        method.label, method.name,
        MeasuredProportion(successes: cells.map(\.correct).reduce(0, +), trials: cells.map(\.trials).reduce(0, +))
      )
    }.filter { $0.2.trials > 0 }.sorted { $0.2.share > $1.2.share }
  }
}

import RopeAnalysis
import RopeFigures
import RopeMath

/// What was measured, in blocks: how it was made, what it says within its error, and the tables that lay the closed forms
/// beside it.
struct MeasuredBlocks {
  let data: FigureData
  let reach: [MeasuredReach]

  private var measurements: Measurements { data.measurements }

  func name(_ label: String) -> String { data.measured.first { $0.label == label }?.name ?? label }

  // MARK: How it was made

  var setting: Block {
    var entries = measurements.sources.map { source in
      let parts = [source.model, source.text.map { "reading \($0)" }].compactMap { $0 }
      return Block.KeyValues.Entry(
        "Source", parts.isEmpty ? "\(code: source.name)" : "\(code: source.name): \(parts.joined(separator: ", "))")
    }
    if let longest = measurements.losses.compactMap(\.tokens).max() {
      entries.append(Block.KeyValues.Entry("Losses", "up to \(Wording.whole(longest)) tokens a method\(windows)"))
    }
    if !measurements.retrieval.isEmpty {
      let trials = measurements.retrieval.map(\.trials).reduce(0, +)
      let methods = Set(measurements.retrieval.map(\.method)).count
      entries.append(
        Block.KeyValues.Entry(
          "Retrieval",
          "\(Wording.whole(trials)) trial\(trials == 1 ? "" : "s") over \(methods) method\(methods == 1 ? "" : "s"); shares bear Wilson's 95 % interval"
        ))
    }
    entries.append(
      Block.KeyValues.Entry(
        "How sure",
        "\(sureness)"
      ))
    return .keyValues(Block.KeyValues(entries))
  }

  /// What counts as told apart.
  private var sureness: String {
    let documents = measurements.losses.map { Set($0.sources).count }.max() ?? 0
    let losses =
      documents > 1
      ? "two methods count as told apart where the 95 % interval of their losses' difference, Student's t over the documents, leaves out 0"
      : "two methods count as told apart where the 95 % interval of their losses' difference, over blocks of the same text, leaves out 0; of one text it says nothing about others"
    return measurements.retrieval.isEmpty
      ? losses : losses + "; in retrieval where McNemar's exact test on the same trials gives P of at most 0.05"
  }

  /// `, in 3 windows that all methods share`, as far as the files tell.
  private var windows: String {
    let known = measurements.losses.compactMap(\.windows)
    guard let most = known.max() else { return "" }
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
    return
      ", in \(isSame ? "" : "up to ")\(Wording.whole(most)) window\(most == 1 ? "" : "s")\(isShared ? " that all methods share" : "")"
  }

  // MARK: What it says

  /// Sentences computed from the numbers; nothing within the error is ranked.
  var findings: [VerdictSentence] {
    let beyond = losses(within: data.trainedLength..<Int.max, place: "Beyond the trained \(data.trainedText)")
    let inside = losses(within: 0..<data.trainedLength, place: "Within the trained \(data.trainedText)")
    return [beyond, inside, closedForms, retrieval].compactMap { $0 }
  }

  private var longest: [MeasuredLosses] {
    let curves = data.measured.compactMap { measurements.byPosition($0.label) }
    let length = curves.compactMap(\.length).max()
    return curves.filter { $0.length == length }
  }

  private func losses(within range: Range<Int>, place: String) -> VerdictSentence? {
    let ranking = MeasuredRanking(longest, positions: range)
    guard let best = ranking.best, ranking.entries.count > 1 else { return nil }
    func perplexity(_ entry: MeasuredRanking.Entry) -> String {
      "\(name(entry.method)) (\(Wording.number(.exp(entry.nll))))"
    }
    var text = "\(place) tokens "
    if ranking.leaders.count == 1 {
      text += "\(perplexity(best)) has the lowest perplexity."
    } else {
      text += "\(Wording.list(ranking.leaders.map(perplexity))) have the lowest perplexity and are not told apart."
    }
    if !ranking.separated.isEmpty {
      let others = ranking.separated.map { entry in
        let excess =
          entry.excess.map {
            " by \(Wording.fixed($0.mean, decimals: $0.standardError < 0.01 ? 3 : 2)) ± \(Wording.fixed($0.standardError, decimals: $0.standardError < 0.01 ? 3 : 2))"
          } ?? ""
        return "\(name(entry.method))\(excess)"
      }
      text += " Above \(name(best.method)) lie \(Wording.list(others)) nats per token."
    }
    return VerdictSentence(text, figure: LossByPositionFigure.card.id)
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
    let opening = "Phase-safety at \(TokenCount.label(length)) "
    guard !safeButWorse.isEmpty || !unsafeButBest.isEmpty else {
      return VerdictSentence(opening + "separates the methods as the losses do.", figure: "phase-safe-length")
    }
    var parts: [String] = []
    if !unsafeButBest.isEmpty {
      parts.append(
        "\(Wording.list(unsafeButBest.map(name))) \(unsafeButBest.count == 1 ? "is" : "are") among the best without it")
    }
    if !safeButWorse.isEmpty {
      parts.append(
        "\(Wording.list(safeButWorse.map(name))) \(safeButWorse.count == 1 ? "has" : "have") it and \(safeButWorse.count == 1 ? "lies" : "lie") above the best"
      )
    }
    return VerdictSentence(
      opening + "alone does not order the losses: " + parts.joined(separator: "; ") + ".", figure: "phase-safe-length")
  }

  private var retrieval: VerdictSentence? {
    let beyond = shares { $0.length > data.trainedLength }
    let found = beyond.isEmpty ? shares { _ in true } : beyond
    guard let best = found.first else { return nil }
    let place =
      beyond.isEmpty ? "What was hidden is found" : "What was hidden in texts beyond \(data.trainedText) is found"
    let texts = found.map { entry in
      "\(entry.share.successes) of \(entry.share.trials) times by \(entry.name)"
    }
    let isCounted: (MeasuredRetrieval) -> Bool = { beyond.isEmpty || $0.length > data.trainedLength }
    let equal = found.dropFirst().filter { entry in
      !measurements.comparedRetrieval(best.label, entry.label, where: isCounted).isSeparated
    }.map(\.name)
    let caution =
      equal.isEmpty
      ? ""
      : " \(best.name.prefix(1).uppercased() + best.name.dropFirst()) is not told apart from \(Wording.list(equal))."
    return VerdictSentence("\(place) \(Wording.list(texts)).\(caution)", figure: PasskeyMapFigure.card.id)
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

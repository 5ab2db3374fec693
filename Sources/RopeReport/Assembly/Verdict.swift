import RopeAdvice
import RopeAnalysis
import RopeFigures
import RopeMath
import RopeText

/// The report's first screen: the advice, then what the numbers say, each sentence with the figure that shows it; one line
/// where nothing is needed.
///
/// Phase-safe means that no pair meets an angle that training did not show (arXiv 2309.00071; `phase-safe-length`). It
/// is a conservative indicator, and the last sentence says so.
public enum Verdict {
  public static func sentences(_ record: RunRecord, in language: Language = .english) -> [VerdictSentence] {
    answer(record, in: language) + numbers(record, in: language)
  }

  /// What to do, and what to beware of.
  static func answer(_ record: RunRecord, in language: Language) -> [VerdictSentence] {
    AdviceText.sentences(record, in: language)
  }

  /// What the numbers say; nothing where nothing is needed.
  static func numbers(_ record: RunRecord, in language: Language) -> [VerdictSentence] {
    if let advice = record.advice, [.unchanged, .window].contains(advice.action) { return [] }
    let facts = VerdictFacts(record, in: language)
    let numbers: [(sentences: [Message], figure: String)] = [
      (unseenAngles(facts), "coverage"), (safeMethods(facts), "phase-safe-length"), (resolution(facts), "resolution"),
      (temperature(facts), "temperature"), (staleKeys(facts), "stale-keys"),
    ]
    let known = [language(caution(facts)), language.sentence(PredictionEvidence.committed.summary)]
    return numbers.filter { !$0.sentences.isEmpty }.map { part in
      VerdictSentence(language.sentences(part.sentences.map { language($0) }), figure: part.figure)
    } + [VerdictSentence(language.sentences(known), figure: "summary")]
  }

  private static func caution(_ facts: VerdictFacts) -> Message {
    facts.isMeasured
      ? "Phase-safe is a conservative indicator, neither enough nor always needed: these are closed forms and simulations, not a measurement of the model; what was measured stands under Measured."
      : "Phase-safe is a conservative indicator, neither enough nor always needed: these are closed forms and simulations, not a measurement of the model."
  }

  private static func unseenAngles(_ facts: VerdictFacts) -> [Message] {
    let trained = Wording.whole(facts.trainedLength), target = Wording.whole(facts.targetLength)
    let incomplete = facts.incompletePairs
    guard incomplete > 0 else {
      return [
        facts.pairCount == 1
          ? "The only pair completes a turn in the \(trained) trained tokens, so no angle at \(target) tokens is new to it."
          : "All \(facts.pairCount) pairs complete a turn in the \(trained) trained tokens, so no angle at \(target) tokens is new to any of them."
      ]
    }
    let count: Message =
      "\(incomplete) of \(facts.pairCount) pairs never complete a turn in the \(trained) trained tokens."
    if facts.targetLength <= facts.trainedLength {
      return [count, "The target of \(target) lies inside that length: no scaling is needed."]
    }
    guard let plain = facts.shipped else { return [count] }
    let safe = Wording.tokens(plain.phaseSafeLength), new = Wording.number(plain.pairsWithNewAngles)
    let isPlain = plain.label == "none"
    let effect: Message =
      switch plain.pairsWithNewAngles {
      case 0 where isPlain: "Without scaling none of them meets a new angle at \(target)."
      case 0: "As the file stands none of them meets a new angle at \(target)."
      case Double(incomplete) where isPlain:
        "Without scaling every one of them meets angles at \(target) that training never showed; the model is phase-safe to \(safe)."
      case Double(incomplete):
        "As the file stands every one of them meets angles at \(target) that training never showed; the model is phase-safe to \(safe)."
      case _ where isPlain:
        "Without scaling \(new) of them meet angles at \(target) that training never showed; the model is phase-safe to \(safe)."
      default:
        "As the file stands \(new) of them meet angles at \(target) that training never showed; the model is phase-safe to \(safe)."
      }
    return [count, effect]
  }

  private static func safeMethods(_ facts: VerdictFacts) -> [Message] {
    guard facts.targetLength > facts.trainedLength else { return [] }
    let target = Wording.whole(facts.targetLength)
    let safe = facts.principal.filter { facts.isSafe($0) }
    let short = facts.principal.filter { !facts.isSafe($0) && $0.label != "none" && $0.label != facts.shipped?.label }
    let first: Message =
      switch safe.count {
      case 0: "No method here keeps every pair inside its trained range up to \(target)."
      case 1: "\(facts.start(safe[0])) keeps every pair inside its trained range up to \(target)."
      default: "\(list: facts.list(safe)) keep every pair inside its trained range up to \(target)."
      }
    return [first]
      + short.prefix(2).map { row -> Message in
        let reach = Wording.tokens(row.phaseSafeLength)
        let share = Wording.fixed(row.phaseSafeLength / Double(facts.targetLength), decimals: 2)
        return row.neededFactor.isFinite
          ? "\(facts.start(row)) does so only to \(reach) tokens (\(share) of the target); it would need factor \(Wording.number(row.neededFactor))."
          : "\(facts.start(row)) does so only to \(reach) tokens (\(share) of the target)."
      }
  }

  private static func resolution(_ facts: VerdictFacts) -> [Message] {
    guard facts.targetLength > facts.trainedLength else { return [] }
    let rows = facts.principal.filter { $0.label != "none" && $0.resolutionKept.isFinite }
    guard let worst = rows.min(by: { $0.resolutionKept < $1.resolutionKept }), worst.resolutionKept < 0.99 else {
      return []
    }
    let others = facts.advised.map { [$0] } ?? Array(rows.filter { $0.label != worst.label }.prefix(3))
    let fall = Wording.number(1 / worst.resolutionKept), kept = Wording.number(worst.resolutionKept)
    let keeping = others.map { row -> Message in
      "\(facts.name(row)) keeps \(Wording.fixed(row.resolutionKept, decimals: 3)) of it"
    }
    let price: Message =
      others.isEmpty
      ? "\(facts.start(worst)) pays with resolution: the squared difference between neighbouring positions falls by \(fall) (Σθ′²/Σθ² = \(kept))."
      : "\(facts.start(worst)) pays with resolution: the squared difference between neighbouring positions falls by \(fall) (Σθ′²/Σθ² = \(kept)); \(list: keeping)."
    let ratios = ([worst] + others).filter { $0.middleRatio.isFinite }.map { row -> Message in
      "\(Wording.fixed(row.middleRatio, decimals: 3)) of their frequency under \(facts.name(row))"
    }
    guard !ratios.isEmpty else { return [price] }
    return [
      price, "Pairs that turned 1 to 32 times in training keep, in the geometric mean, \(list: ratios).",
    ]
  }

  private static func temperature(_ facts: VerdictFacts) -> [Message] {
    guard let row = facts.advised ?? facts.principal.first(where: { $0.logitFactor > 1.001 }),
      let held = facts.holdingMultiplier(row)
    else { return [] }
    let name = facts.start(row), logits = facts.logits, takes = Wording.fixed(held, decimals: 3)
    guard row.logitFactor > 1.001 else {
      return ["\(name) does not sharpen attention; for \(logits), holding the attention entropy takes \(takes)."]
    }
    let factor = Wording.fixed(row.logitFactor, decimals: 3)
    if facts.isTemperatureClose(row) {
      return [
        "\(name) multiplies logits by \(factor); for \(logits), holding the attention entropy takes \(takes): it nearly does."
      ]
    }
    return row.logitFactor > held
      ? [
        "\(name) multiplies logits by \(factor); for \(logits), holding the attention entropy takes \(takes): it sharpens more than that."
      ]
      : [
        "\(name) multiplies logits by \(factor); for \(logits), holding the attention entropy takes \(takes): it falls short of that."
      ]
  }

  private static func staleKeys(_ facts: VerdictFacts) -> [Message] {
    let moving = facts.principal.filter { $0.hazard == "K2" || $0.hazard == "K1" || $0.hazard == "K3" }
    guard let first = moving.first, facts.targetLength > facts.trainedLength else { return [] }
    return moving.count == 1
      ? [
        "\(facts.start(first)) changes its frequencies as the context grows: keys already cached go stale unless the runtime rotates them anew."
      ]
      : [
        "\(list: facts.list(moving)) change their frequencies as the context grows: keys already cached go stale unless the runtime rotates them anew."
      ]
  }
}

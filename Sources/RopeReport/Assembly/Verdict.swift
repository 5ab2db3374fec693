import RopeAnalysis
import RopeFigures
import RopeMath

/// The report's first screen: the advice, then what the numbers say, each sentence with the figure that shows it; one line
/// where nothing is needed.
///
/// Phase-safe means that no pair meets an angle that training did not show (arXiv 2309.00071; `phase-safe-length`). It
/// is a conservative indicator, and the last sentence says so.
public enum Verdict {
  public static func sentences(_ record: RunRecord) -> [VerdictSentence] { answer(record) + numbers(record) }

  /// What to do, and what to beware of.
  static func answer(_ record: RunRecord) -> [VerdictSentence] { AdviceText.sentences(record) }

  /// What the numbers say; nothing where nothing is needed.
  static func numbers(_ record: RunRecord) -> [VerdictSentence] {
    if let advice = record.advice, [.unchanged, .window].contains(advice.action) { return [] }
    let facts = VerdictFacts(record)
    let numbers = [unseenAngles(facts), safeMethods(facts), resolution(facts), temperature(facts), staleKeys(facts)]
    return numbers.compactMap { $0 } + [caution(facts)]
  }

  private static func caution(_ facts: VerdictFacts) -> VerdictSentence {
    let measured = facts.isMeasured ? "; what was measured stands under Measured" : ""
    return VerdictSentence(
      "Phase-safe is a conservative indicator, neither enough nor always needed: these are closed forms and simulations, not a measurement of the model\(measured).",
      figure: "summary")
  }

  private static func unseenAngles(_ facts: VerdictFacts) -> VerdictSentence? {
    let trained = Wording.whole(facts.trainedLength), target = Wording.whole(facts.targetLength)
    let incomplete = facts.incompletePairs
    guard incomplete > 0 else {
      return VerdictSentence(
        "All \(facts.pairCount) pairs complete a turn in the \(trained) trained tokens, so no angle at \(target) tokens is new to any of them.",
        figure: "coverage")
    }
    var text = "\(incomplete) of \(facts.pairCount) pairs never complete a turn in the \(trained) trained tokens."
    if facts.targetLength <= facts.trainedLength {
      text += " The target of \(target) lies inside that length: no scaling is needed."
    } else if let plain = facts.shipped {
      let start = plain.label == "none" ? "Without scaling" : "As the file stands"
      text +=
        plain.pairsWithNewAngles == 0
        ? " \(start) none of them meets a new angle at \(target)."
        : " \(start) \(plain.pairsWithNewAngles == Double(incomplete) ? "every one of them meets" : "\(Wording.number(plain.pairsWithNewAngles)) of them meet") "
          + "angles at \(target) that training never showed; the model is phase-safe to \(Wording.tokens(plain.phaseSafeLength))."
    }
    return VerdictSentence(text, figure: "coverage")
  }

  private static func safeMethods(_ facts: VerdictFacts) -> VerdictSentence? {
    guard facts.targetLength > facts.trainedLength else { return nil }
    let safe = facts.principal.filter { facts.isSafe($0) }
    let short = facts.principal.filter { !facts.isSafe($0) && $0.label != "none" && $0.label != facts.shipped?.label }
    var parts: [String] = []
    if safe.isEmpty {
      parts.append(
        "No method here keeps every pair inside its trained range up to \(Wording.whole(facts.targetLength)).")
    } else {
      let verb = safe.count == 1 ? "keeps" : "keep"
      parts.append(
        "\(facts.list(safe)) \(verb) every pair inside its trained range up to \(Wording.whole(facts.targetLength)).")
    }
    for row in short.prefix(2) {
      let needed = row.neededFactor.isFinite ? "; it would need factor \(Wording.number(row.neededFactor))" : ""
      parts.append(
        "\(facts.start(row)) does so only to \(Wording.tokens(row.phaseSafeLength)) tokens "
          + "(\(Wording.fixed(row.phaseSafeLength / Double(facts.targetLength), decimals: 2)) of the target)\(needed).")
    }
    return VerdictSentence(parts.joined(separator: " "), figure: "phase-safe-length")
  }

  private static func resolution(_ facts: VerdictFacts) -> VerdictSentence? {
    guard facts.targetLength > facts.trainedLength else { return nil }
    let rows = facts.principal.filter { $0.label != "none" && $0.resolutionKept.isFinite }
    guard let worst = rows.min(by: { $0.resolutionKept < $1.resolutionKept }), worst.resolutionKept < 0.99 else {
      return nil
    }
    let others = facts.advised.map { [$0] } ?? Array(rows.filter { $0.label != worst.label }.prefix(3))
    let rest =
      others.isEmpty
      ? ""
      : "; "
        + Wording.list(others.map { "\(facts.name($0)) keeps \(Wording.fixed($0.resolutionKept, decimals: 3)) of it" })
    let middle = ([worst] + others).filter { $0.middleRatio.isFinite }
    let ratios =
      middle.isEmpty
      ? ""
      : " Pairs that turned 1 to 32 times in training keep, in the geometric mean, "
        + Wording.list(
          middle.map { "\(Wording.fixed($0.middleRatio, decimals: 3)) of their frequency under \(facts.name($0))" })
        + "."
    return VerdictSentence(
      "\(facts.start(worst)) pays with resolution: the squared difference between neighbouring positions falls by \(Wording.number(1 / worst.resolutionKept)) "
        + "(Σθ′²/Σθ² = \(Wording.number(worst.resolutionKept)))\(rest).\(ratios)",
      figure: "resolution")
  }

  private static func temperature(_ facts: VerdictFacts) -> VerdictSentence? {
    guard let row = facts.advised ?? facts.principal.first(where: { $0.logitFactor > 1.001 }),
      let held = facts.holdingMultiplier(row)
    else { return nil }
    let takes = "for \(facts.logits), holding the attention entropy takes \(Wording.fixed(held, decimals: 3))"
    guard row.logitFactor > 1.001 else {
      return VerdictSentence("\(facts.start(row)) does not sharpen attention; \(takes).", figure: "temperature")
    }
    let judgement =
      facts.isTemperatureClose(row)
      ? "it nearly does" : row.logitFactor > held ? "it sharpens more than that" : "it falls short of that"
    return VerdictSentence(
      "\(facts.start(row)) multiplies logits by \(Wording.fixed(row.logitFactor, decimals: 3)); \(takes): \(judgement).",
      figure: "temperature")
  }

  private static func staleKeys(_ facts: VerdictFacts) -> VerdictSentence? {
    let moving = facts.principal.filter { $0.hazard == "K2" || $0.hazard == "K1" || $0.hazard == "K3" }
    guard !moving.isEmpty, facts.targetLength > facts.trainedLength else { return nil }
    let verb = moving.count == 1 ? "changes its" : "change their"
    return VerdictSentence(
      "\(facts.list(moving)) \(verb) frequencies as the context grows: keys already cached go stale unless the runtime rotates them anew.",
      figure: "stale-keys")
  }
}

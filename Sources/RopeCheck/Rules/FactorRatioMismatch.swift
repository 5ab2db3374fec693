import RopeMath
import RopeText

enum FactorRatioMismatch: Rule {
  static let card = RuleCard(
    "factor-ratio-mismatch", .warning, "The factor is not window / original",
    why: """
      Which of the two wins depends on the version: transformers 4.45, 4.57 and 5 take the factor, 4.49–4.5x the \
      ratio.
      """,
    fix: "Make the three numbers agree.",
    references: [
      "huggingface/transformers#38224", "huggingface/transformers#40320", "MiroMindAI/MiroTrain#5",
      "NVIDIA/Megatron-LM#1418",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen3", "head_dim": 128, "max_position_embeddings": 40960, "rope_theta": 1000000, \
        "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 32.0, \
        "original_max_position_embeddings": 4096}}
        """),
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": \
        1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}
        """),
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.isYarn, !subject.isMultimodalRotary, let factor = scaling.factor,
      factor > 1,
      let place = scaling.dictionary.member("factor"), !place.isRenamed, let original = subject.original(scaling),
      let window = subject.window,
      Double(window) > original
    else { return [] }
    let ratio = Double(window) / original
    guard abs(factor - ratio) > 0.01 * ratio,
      // As it was published.
      !(subject.hasPublishedScaling && subject.known?.windows.contains(window) == true)
    else { return [] }
    // Where runtimes are named, only one that takes the ratio is a matter.
    let takers = subject.verdicts.filter { $0.parameters.contains("factor") }
    let isTraining = subject.facts.runtimes.isEmpty && subject.effective?.command.format.kind == .trainer
    guard subject.runtimes.isEmpty || isTraining || !takers.isEmpty else { return [] }
    let wanted = Phrase.whole((factor * original).rounded())
    let given = subject.plan(subject.yarn(scaling), at: window)
    let gap = subject.difference(subject.plan(subject.yarn(scaling, ["factor": ratio]), at: window), from: given)
    // The published factor makes the numbers agree.
    if let known = subject.known, let own = known.scaling, own.type == "yarn", subject.isKnownForSure,
      Double(known.pretrainedLength) == original, abs(own.factor - ratio) <= 0.01 * ratio
    {
      let number = Phrase.json(own.factor)
      var finding = subject.finding(
        card, at: place,
        """
        factor \(Phrase.ratio(factor)) × original \(Phrase.tokens(original)) = \(Phrase.tokens(wanted)), but the window is \
        \(Phrase.tokens(window)), and \(known.name) was trained with \(number)\(Message.bracketed(gap)). Write \(number)
        """,
        fix: Fix("write \(number)", safe: false, edits: subject.replace(place, with: number)))
      finding.causes = takers.map { $0.cause(of: [.frequencies, .temperature]) }
      return [finding]
    }
    var finding = subject.finding(
      card, at: place,
      """
      factor \(Phrase.ratio(factor)) × original \(Phrase.tokens(original)) = \(Phrase.tokens(wanted)), but the \
      window is \(Phrase.tokens(window)): transformers 4.45, 4.57 and 5 scale by \(Phrase.ratio(factor)), 4.49–4.5x \
      by \(Phrase.ratio(ratio))\(Message.bracketed(gap)). Write \"max_position_embeddings\": \(wanted), or \
      a factor of \(Phrase.ratio(ratio))
      """,
      // Makers round the window down to a number that is easily said.
      severity: abs(factor - ratio) <= 0.05 * ratio ? .note : nil,
      fix: subject.windowPlace.map {
        Fix("set the window to \(wanted)", safe: false, edits: subject.replace($0, with: String(wanted)))
      })
    finding.causes = takers.map { $0.cause(of: [.frequencies, .temperature]) }
    return [finding]
  }
}

import RopeConfig
import RopeMath
import RopeText

enum OriginalNotTrained: Rule {
  private static func example(_ original: Int, factor: Double) -> RuleExample {
    RuleExample(
      """
      {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "vocab_size": 152064, \
      "max_position_embeddings": 131072, "rope_theta": 1000000.0, "rope_scaling": {"rope_type": "yarn", \
      "factor": \(factor), "original_max_position_embeddings": \(original)}}
      """)
  }

  static let card = RuleCard(
    "original-not-trained", .warning, "YaRN's original length is above the one that the model was trained to",
    why: "Ramp and factor count from it: pairs that should slow down are left alone and turn through new angles.",
    fix: "Write the trained length, and the factor that reaches the window from there.",
    references: ["QwenLM/Qwen3#1383", "hiyouga/LlamaFactory#8101", "modelscope/ms-swift#5220"],
    failing: [example(65_536, factor: 2)], passing: [example(32_768, factor: 4)])

  static let needs: [RuleNeed] = [.scaling, .knownModel]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.isYarn, let factor = scaling.factor, factor > 1,
      let place = subject.originalPlace(scaling), let original = subject.original(scaling),
      // Whoever trains under it makes it right.
      let known = subject.known, known.scaling == nil, subject.isKnownForSure, !subject.isTrained,
      known.isTrained(with: subject.theta ?? known.base), original > 1.01 * Double(known.trainedLength),
      !OriginalIncludesHeadroom.applies(subject, scaling), !OriginalNotBelowWindow.isOriginalAtFault(subject, scaling)
    else { return [] }
    let trained = Double(known.trainedLength), wanted = factor * original / trained
    let changes = ["original_max_position_embeddings": trained, "factor": wanted]
    let gap = subject.difference(
      subject.plan(subject.yarn(scaling)), from: subject.plan(subject.yarn(scaling, changes)))
    return [
      subject.finding(
        card, at: place,
        """
        the original length is \(Phrase.tokens(original)), \(known.name) was trained to \
        \(Phrase.tokens(trained))\(Message.bracketed(gap)). Write \(Phrase.whole(trained)) and a factor of \
        \(Phrase.ratio(wanted))
        """)
    ]
  }
}

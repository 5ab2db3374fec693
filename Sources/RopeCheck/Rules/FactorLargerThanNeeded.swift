import Foundation
import RopeConfig
import RopeMath
import RopeText

enum FactorLargerThanNeeded: Rule {
  static let card = RuleCard(
    "factor-larger-than-needed", .warning, "The factor is at least twice what the target needs",
    why: "Static methods pay on every token, and large factors cost quality on short texts.",
    fix: "Take the smallest factor that covers the target.",
    references: ["QwenLM/Qwen3#1567", "vllm-project/vllm#18728", "scitix/sieval#11"],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 131072, \
        "rope_theta": 1000000.0, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """, facts: Facts(targetLength: 65_536))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """, facts: Facts(targetLength: 131_072))
    ])

  static let needs: [RuleNeed] = [.target, .scaling, .knownModel]

  static func check(_ subject: CheckSubject) -> [Finding] {
    // Where the weights were trained under the factor, it is not to be changed.
    guard let scaling = subject.scaling, scaling.isYarn || scaling.type == "linear",
      let known = subject.known, known.scaling == nil, !subject.isTrained,
      let place = scaling.dictionary.member("factor"), let factor = scaling.factor,
      let target = subject.facts.targetLength,
      let original = subject.original(scaling) ?? (scaling.type == "linear" ? native(subject, known) : nil)
    else { return [] }
    let needed = max(1, Phrase.quarters(Double(target) / original))
    guard factor >= 2 * needed, factor > 1 else { return [] }
    let logits = pow(YaRNTemperature.magnitude(scale: factor) / YaRNTemperature.magnitude(scale: needed), 2)
    let cost: Message = scaling.isYarn ? ", and logits × \(Phrase.ratio(logits))" : ""
    return [
      subject.finding(
        card, at: place,
        """
        factor \(Phrase.ratio(factor)) covers \(Phrase.tokens(factor * original)) tokens where \
        \(Phrase.tokens(target)) are needed: slow pairs are slowed \(Phrase.ratio(factor / needed)) × more than \
        necessary at every length\(cost). Write \(Phrase.ratio(needed))
        """,
        fix: needed > 1
          ? Fix("write \(Phrase.json(needed))", safe: false, edits: subject.replace(place, with: Phrase.json(needed)))
          : nil)
    ]
  }

  /// What a linear factor counts from: the window, where that is not the extended one already.
  private static func native(_ subject: CheckSubject, _ known: PublishedModel) -> Double? {
    subject.window.map { Double(min($0, known.trainedLength)) }
  }
}

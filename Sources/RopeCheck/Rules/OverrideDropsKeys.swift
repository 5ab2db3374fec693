import Foundation
import RopeConfig
import RopeText

enum OverrideDropsKeys: Rule {
  static let card = RuleCard(
    "override-drops-keys", .error, "An override loses keys that the base has",
    why: """
      A replaced dictionary is not merged: theta falls to 10000, the whole head is rotated, or image positions crash.
      """,
    fix: "Write the whole dictionary, or merge into the base's.",
    references: [
      "unslothai/unsloth#7028", "vllm-project/speculators#571", "turboderp-org/exllamav3#332",
      "sgl-project/sglang#13313", "vllm-project/vllm#25384",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 262144, "rope_scaling": {"rope_type": "linear", "factor": \
        2.0}}
        """, facts: Facts(base: "Llama-3.1-8B")),
      RuleExample(
        """
        {"model_type": "qwen3", "max_position_embeddings": 40960, "rope_parameters": {"rope_type": "default", \
        "rope_theta": 1000000}}
        """,
        facts: Facts(
          commandLine:
            #"--hf-overrides '{"rope_parameters": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}'"#
        )),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 262144, "rope_theta": 500000.0, "rope_scaling": \
        {"rope_type": "linear", "factor": 2.0}}
        """, facts: Facts(base: "Llama-3.1-8B"))
    ])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let lost = fromOption(subject)
    return lost.isEmpty ? fromBase(subject) : lost
  }

  /// The configuration itself is an override: it scales, and has no theta although its base does.
  private static func fromBase(_ subject: CheckSubject) -> [Finding] {
    guard subject.facts.base != nil, let known = subject.known, known.base != 10_000, subject.thetaPlace == nil,
      let scaling = subject.scaling, !subject.isBorrowed || scaling.dictionary.node.document > 0,
      // Some classes have the right default.
      subject.reading?.layerTypes.first.map({ abs($0.geometry.base / known.base - 1) > 0.01 }) ?? true
    else { return [] }
    return [
      subject.finding(
        card, at: scaling.dictionary,
        """
        the scaling carries no rope_theta, the base \(known.name) has \(Phrase.tokens(known.base)): it falls to \
        10,000, a base \(Phrase.ratio(known.base / 10_000)) × too small\(cost(known)). Write \"rope_theta\": \
        \(Phrase.json(known.base))
        """,
        fix: Fix(
          "add rope_theta", safe: false,
          edits: subject.insert("rope_theta", Phrase.json(known.base), into: subject.declaration.text)))
    ]
  }

  private static func cost(_ known: PublishedModel) -> Message {
    guard let head = known.headDimension else { return "" }
    let last = 1 - 2 / Double(head)
    return ", θ′ of the slowest pair × \(Phrase.ratio(pow(known.base / 10_000, last)))"
  }

  /// The file gives a key, and with the command's overrides nothing does.
  private static func fromOption(_ subject: CheckSubject) -> [Finding] {
    // Options that replace single numbers leave the dictionary whole.
    guard let effective = subject.effective, effective.runtime.map(RuntimeTrait.readsGGUF.isNamed) != true,
      !subject.isBorrowed, let new = subject.scaling?.dictionary, new.node.document > 0
    else { return [] }
    let lost = ["rope_theta", "partial_rotary_factor", "mrope_section"].compactMap {
      key -> (key: String, value: DeclaredValue)? in
      let old = ["rope_parameters", "rope_scaling"].lazy.compactMap { subject.file.value(anyOf: [$0])?.member(key) }
        .first
      guard let value = old ?? subject.file.value(anyOf: [key]), new.member(key) == nil, subject.value(key) == nil
      else { return nil }
      return (key, value)
    }
    guard !lost.isEmpty else { return [] }
    let values = Message.names(told: lost.map { "\($0.key) (here \($0.value.node.told))" })
    let theta = lost.first { $0.key == "rope_theta" }?.value.node.finiteNumber
    let cost: Message =
      theta.map { ": theta falls to 10,000, \(Phrase.ratio($0 / 10_000)) × too small" } ?? ": the values are lost"
    return [
      subject.finding(
        card, at: new,
        "the override replaces \(new.key) and leaves out \(values)\(cost). Repeat them in the override")
    ]
  }
}

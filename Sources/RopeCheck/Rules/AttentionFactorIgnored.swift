import RopeMath

enum AttentionFactorIgnored: Rule {
  private static let laguna = """
    {"max_position_embeddings": 262144, "rope_scaling": {"rope_type": "yarn", "factor": 64.0, \
    "original_max_position_embeddings": 4096, "attention_factor": 1.0}}
    """

  static let card = RuleCard(
    "attention-factor-ignored", .warning, "The runtime does not read the attention factor that is given",
    why: """
      attention_factor is the final value in transformers; others ignore it, or take attn_factor for a multiplier of \
      0.1·ln s + 1. Logits are scaled by the wrong constant at every position.
      """,
    fix: "Use a runtime that reads the key, or write the key that it reads.",
    references: [
      "vllm-project/vllm#46280", "vllm-project/vllm#48351", "ml-explore/mlx-lm#1507", "NVIDIA/TensorRT-LLM#16379",
      "deepseek-ai/DeepSeek-R1#684",
    ],
    failing: [
      RuleExample(laguna, facts: Facts(runtimes: ["sglang"])),
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768, "attn_factor": 0.8782}}
        """),
    ],
    passing: [RuleExample(laguna, facts: Facts(runtimes: ["transformers 5.23"]))])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.flatMap { final($0, subject) + multiplier($0, subject) }
  }

  /// The final value is given, and a runtime's logits differ from the reference's.
  private static func final(_ scaling: DeclaredScaling, _ subject: CheckSubject) -> [Finding] {
    guard let place = scaling.dictionary.member("attention_factor") else { return [] }
    let deaf = subject.verdicts.filter(isDeaf)
    let others =
      subject.runtimes.isEmpty ? subject.others(where: isDeaf) : deaf.isEmpty ? subject.older(where: isDeaf) : nil
    if let others {
      return [
        subject.finding(
          card, at: place,
          """
          \(place.key) \(place.node.told) is not read by \(others): logits have another size there. Use a runtime that \
          reads it, or leave the value at 0.1·ln s + 1
          """, severity: .note)
      ]
    }
    return deaf.compactMap { verdict in
      guard let gap = verdict.gaps.first(where: { $0.aspects.contains(.temperature) && !$0.isScaledHereOnly }) else {
        return nil
      }
      let own = gap.layer.plan.attentionFactor
      var finding = subject.finding(
        card, at: place,
        """
        \(verdict.runtime.label) multiplies cos and sin by \(Phrase.ratio(own)), not as \(place.key) \
        \(place.node.told) means in \(subject.referenceName) (\(Phrase.ratio(gap.reference.plan.attentionFactor))): \
        logits × \(Phrase.ratio(gap.logits)). Use a runtime that reads it, or leave the value at 0.1·ln s + 1
        """)
      finding.causes = [verdict.cause(of: [.temperature])]
      return finding
    }
  }

  /// The reference scales, and the runtime does so by another factor of every logit.
  private static func isDeaf(_ verdict: RuntimeVerdict) -> Bool {
    verdict.gaps.contains { $0.aspects.contains(.temperature) && !$0.isUnscaled && !$0.isScaledHereOnly }
  }

  /// The multiplier is given, and a runtime that is meant computes as without it.
  private static func multiplier(_ scaling: DeclaredScaling, _ subject: CheckSubject) -> [Finding] {
    guard let place = scaling.dictionary.member("attn_factor"), let given = place.node.finiteNumber, given > 0,
      abs(given - 1) > 1e-6, let factor = scaling.factor, factor > 0
    else { return [] }
    let natural = YaRNTemperature.magnitude(scale: factor)
    var readers: [(name: String, plan: RotaryPlan?)] = subject.verdicts.map { verdict in
      (verdict.runtime.label, (try? verdict.reading?.planned(length: subject.length))?.first?.plan)
    }
    if subject.isTransformersMeant { readers.insert((subject.referenceName, subject.referenceLayer?.plan), at: 0) }
    let deaf = readers.filter { reader in
      reader.plan.map { abs($0.attentionFactor / natural - 1) < 1e-6 } ?? false
    }
    guard let name = deaf.first?.name else { return [] }
    let meant = ((given * natural * 1e6).rounded() / 1e6).formattedShortest
    return [
      subject.finding(
        card, at: place,
        """
        attn_factor \(Phrase.ratio(given)) multiplies 0.1·ln s + 1 in some servers only; \(name) \
        ignores it and uses \(Phrase.ratio(natural)), logits × \(Phrase.ratio(1 / (given * given))). \
        Write "attention_factor": \(meant)
        """)
    ]
  }
}

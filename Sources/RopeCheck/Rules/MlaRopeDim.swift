import RopeMath
import RopeText

enum MlaRopeDim: Rule {
  private static let example = """
    {"model_type": "bailing_hybrid", "hidden_size": 4096, "num_attention_heads": 32, "head_dim": 128, \
    "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "max_position_embeddings": 131072, \
    "partial_rotary_factor": 0.5, "rope_theta": 6000000}
    """

  static let card = RuleCard(
    "mla-rope-dim", .warning, "The runtime rotates another slice of latent attention's heads",
    why: "Wavelengths and ramp belong to another size, and a part of the slice stands still.",
    fix: "Use a version that rotates qk_rope_head_dim features, all of them.",
    references: ["vllm-project/vllm#41185", "NVIDIA/Megatron-LM#1418"],
    failing: [RuleExample(example, facts: Facts(runtimes: ["vllm 0.20"]))],
    passing: [RuleExample(example, facts: Facts(runtimes: ["vllm 0.33"]))])

  static let needs: [RuleNeed] = [.runtime, .reading]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.isLatent else { return [] }
    return subject.verdicts.compactMap { verdict in
      guard let gap = verdict.gaps.first(where: { $0.parameters.contains("rotary_dim") }) else { return nil }
      let own = gap.layer.plan.pairCount
      let all = gap.reference.plan.pairCount
      let reason = Message.bracketed(gap.layer.notes.first.map { Message(template: $0) })
      var finding = subject.finding(
        card, at: subject.value("qk_rope_head_dim"),
        """
        \(verdict.runtime.label) turns \(own) pairs instead of \(all)\(reason): the slice of \(2 * all) features is to \
        rotate whole. Use another version
        """)
      finding.causes = [verdict.cause]
      return finding
    }
  }
}

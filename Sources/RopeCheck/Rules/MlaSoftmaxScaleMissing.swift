import RopeMath

enum MlaSoftmaxScaleMissing: Rule {
  private static let example = """
    {"model_type": "deepseek_v2", "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, \
    "max_position_embeddings": 163840, "rope_scaling": {"rope_type": "yarn", "factor": 40.0, \
    "original_max_position_embeddings": 4096, "mscale": 0.707, "mscale_all_dim": 0.707}}
    """

  static let card = RuleCard(
    "mla-softmax-scale-missing", .warning, "The runtime leaves out latent attention's softmax multiplier",
    why: """
      With mscale_all_dim, every logit is to be multiplied by gm(s)²; without it attention is 1.6–1.9 × too flat and \
      long answers wander.
      """,
    fix: "Use a version that multiplies.",
    references: [
      "huggingface/transformers#47435", "NVIDIA/Megatron-LM#1429", "onnxruntime/mobius#548",
      "PrimeIntellect-ai/prime-rl#2681",
    ],
    failing: [RuleExample(example, facts: Facts(runtimes: ["transformers 4.57"]))],
    passing: [RuleExample(example, facts: Facts(runtimes: ["vllm"]))])

  static let needs: [RuleNeed] = [.runtime, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.isLatent, let place = subject.scaling?.dictionary.member("mscale_all_dim") else { return [] }
    return subject.verdicts.compactMap { verdict in
      guard let gap = verdict.gaps.first(where: { $0.aspects.contains(.temperature) }),
        gap.layer.plan.softmaxScaleFactor != gap.reference.plan.softmaxScaleFactor
      else { return nil }
      let multiplier = gap.reference.plan.softmaxScaleFactor / gap.layer.plan.softmaxScaleFactor
      var finding = subject.finding(
        card, at: place,
        """
        \(verdict.runtime.label) does not multiply the softmax scale of \(subject.modelType ?? "this model") as \
        mscale_all_dim asks: every logit is \(Phrase.ratio(multiplier)) × too small, at every length. Use a version \
        that multiplies (huggingface/transformers#47435), or vLLM or SGLang
        """)
      finding.causes = [verdict.cause(of: [.temperature])]
      return finding
    }
  }
}

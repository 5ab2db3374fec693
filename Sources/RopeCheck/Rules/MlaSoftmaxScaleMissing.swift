import RopeMath
import RopeText

enum MlaSoftmaxScaleMissing: Rule {
  private static let example = """
    {"model_type": "deepseek_v2", "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, \
    "max_position_embeddings": 163840, "rope_scaling": {"rope_type": "yarn", "factor": 40.0, \
    "original_max_position_embeddings": 4096, "mscale": 0.707, "mscale_all_dim": 0.707}}
    """

  static let card = RuleCard(
    "mla-softmax-scale-missing", .warning,
    "Latent attention's softmax multiplier is left out, by the file or the runtime",
    why: """
      With mscale_all_dim, every logit is to be multiplied by gm(s)²; without it attention is 1.6–1.9 × too flat and \
      long answers wander.
      """,
    fix: "Restore mscale_all_dim, or use a version that multiplies.",
    references: [
      "huggingface/transformers#47435", "NVIDIA/Megatron-LM#1429", "onnxruntime/mobius#548",
      "PrimeIntellect-ai/prime-rl#2681",
    ],
    failing: [
      RuleExample(example, facts: Facts(runtimes: ["transformers 4.57"])),
      RuleExample(
        """
        {"model_type": "deepseek_v3", "hidden_size": 7168, "vocab_size": 129280, "rope_theta": 10000, \
        "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "max_position_embeddings": 163840, "rope_scaling": {"rope_type": "yarn", "factor": 40.0, \
        "original_max_position_embeddings": 4096, "mscale": 1.0}}
        """),
    ],
    passing: [RuleExample(example, facts: Facts(runtimes: ["vllm"]))])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.isLatent, let scaling = subject.scaling else { return [] }
    guard let place = scaling.dictionary.member("mscale_all_dim") else { return missing(subject, scaling) }
    let model: Message = subject.modelType.map { "\($0)" } ?? "this model"
    return subject.verdicts.compactMap { verdict in
      guard let gap = verdict.gaps.first(where: { $0.aspects.contains(.temperature) }),
        gap.layer.plan.softmaxScaleFactor != gap.reference.plan.softmaxScaleFactor
      else { return nil }
      let multiplier = gap.reference.plan.softmaxScaleFactor / gap.layer.plan.softmaxScaleFactor
      var finding = subject.finding(
        card, at: place,
        """
        \(verdict.runtime.label) does not multiply the softmax scale of \(model) as \
        mscale_all_dim asks: every logit is \(Phrase.ratio(multiplier)) × too small, at every length. Use a version \
        that multiplies (huggingface/transformers#47435), or vLLM or SGLang
        """)
      finding.causes = [verdict.cause(of: [.temperature])]
      return finding
    }
  }

  /// The published files with latent attention and YaRN all have the key; a scaling written by hand loses it.
  private static func missing(_ subject: CheckSubject, _ scaling: DeclaredScaling) -> [Finding] {
    guard let known = subject.known, known.scaling?.type == "yarn", scaling.isYarn, let factor = scaling.factor,
      factor > 1, !scaling.has("attention_factor")
    else { return [] }
    let magnitude = YaRNTemperature.magnitude(scale: factor)
    return [
      subject.finding(
        card, at: scaling.dictionary,
        """
        mscale_all_dim is missing, which the published \(known.name) files have: without it cos and \
        sin grow and the softmax scale does not, so logits of the un-rotated part are up to \(Phrase.ratio(magnitude * magnitude)) × \
        too small. Write the published pair of mscale and mscale_all_dim
        """)
    ]
  }
}

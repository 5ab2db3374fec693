import RopeMath

enum MscalePairCancels: Rule {
  static let card = RuleCard(
    "mscale-pair-cancels", .note, "mscale and mscale_all_dim are equal outside latent attention",
    why: """
      Their quotient is 1, so cos and sin keep their size; only multi-head latent attention makes up for it in the \
      softmax scale.
      """,
    fix: "Remove the pair, or set attention_factor, unless the model was trained so (Ministral 3 was).",
    references: ["turboderp-org/exllamav3#259", "onnxruntime/mobius#548", "ggml-org/llama.cpp#7118"],
    failing: [
      RuleExample(
        """
        {"model_type": "mistral", "max_position_embeddings": 262144, "rope_scaling": {"rope_type": "yarn", "factor": \
        16.0, "original_max_position_embeddings": 16384, "mscale": 1.0, "mscale_all_dim": 1.0}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "deepseek_v2", "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, \
        "max_position_embeddings": 163840, "rope_scaling": {"rope_type": "yarn", "factor": 40.0, \
        "original_max_position_embeddings": 4096, "mscale": 0.707, "mscale_all_dim": 0.707}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard !subject.isLatent else { return [] }
    return subject.scalings.compactMap { scaling in
      guard scaling.isYarn, let one = scaling.number("mscale"), let all = scaling.number("mscale_all_dim"), one == all,
        one != 0,
        let factor = scaling.factor, factor > 1, let place = scaling.dictionary.member("mscale_all_dim"),
        !scaling.has("attention_factor")
      else { return nil }
      let natural = YaRNTemperature.magnitude(scale: factor)
      return subject.finding(
        card, at: place,
        """
        mscale = mscale_all_dim = \(Phrase.ratio(one)) makes the attention factor 1 instead of \
        \(Phrase.ratio(natural)): transformers from 4.49 and vLLM 0.33 turn YaRN's temperature off, transformers \
        4.45, older vLLM and llama.cpp keep it (logits × \(Phrase.ratio(natural * natural))). Keep the pair only if \
        the model was trained with it
        """)
    }
  }
}

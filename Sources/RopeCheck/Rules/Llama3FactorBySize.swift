import RopeConfig
import RopeMath

enum Llama3FactorBySize: Rule {
  static let card = RuleCard(
    "llama3-factor-by-size", .warning, "The llama3 factor is another size's",
    why: "Llama 3.1 and 3.3 have 8, Llama 3.2 has 32; the wrong one shifts every slow pair 4 ×.",
    fix: "Write the factor of the model's own size.",
    references: [
      """
      TransformerLensOrg/TransformerLens#910
      """, "swiss-ai/Megatron-LM#80", "Megatron-LM rotary_pos_embedding.py",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 2048, "num_attention_heads": 32, "head_dim": 64, \
        "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": \
        8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "num_attention_heads": 32, \
        "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": \
        8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}
        """)
    ])

  static let needs: [RuleNeed] = [.knownModel, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let known = subject.known, let scaling = subject.scaling, scaling.type == "llama3",
      let factor = scaling.factor,
      let native = known.scaling ?? (known.name == "Llama 3" ? PublishedScaling("llama3", 8) : nil),
      native.type == "llama3", factor != native.factor,
      // A length beyond the published one is a reason to widen the factor.
      [subject.window, subject.target, subject.servedLength].compactMap({ $0 }).allSatisfy({
        $0 <= (known.scaling == nil ? 131_072 : known.nativeLength)
      }),
      let place = scaling.dictionary.member("factor")
    else { return [] }
    let ratio = max(factor / native.factor, native.factor / factor)
    let model = known.name == "Llama 3" ? "Llama 3.1" : known.name
    return [
      subject.finding(
        card, at: place,
        factor > native.factor
          ? """
          factor \(Phrase.ratio(factor)), but \(model) was trained with \(Phrase.ratio(native.factor)): every slow pair \
          turns \(Phrase.ratio(ratio)) × too slow. Write \(Phrase.json(native.factor))
          """
          : """
          factor \(Phrase.ratio(factor)), but \(model) was trained with \(Phrase.ratio(native.factor)): every slow pair \
          turns \(Phrase.ratio(ratio)) × too fast. Write \(Phrase.json(native.factor))
          """,
        fix: Fix(
          "write \(Phrase.json(native.factor))", safe: false,
          edits: subject.replace(place, with: Phrase.json(native.factor))))
    ]
  }
}

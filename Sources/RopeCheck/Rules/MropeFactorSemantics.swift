enum MropeFactorSemantics: Rule {
  static let card = RuleCard(
    "mrope-factor-semantics", .note, "mRoPE with a factor that is not window / original",
    why: "Image positions advance slower than tokens, so published recipes use a smaller factor; it is no mismatch.",
    fix: "Nothing, if the recipe says so.",
    references: ["vllm-project/vllm#25384"],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen3_vl_text", "head_dim": 128, "max_position_embeddings": 1000000, "rope_theta": 5000000, \
        "rope_scaling": {"rope_type": "yarn", "factor": 3.0, "original_max_position_embeddings": 256000, \
        "mrope_section": [24, 20, 20]}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen3_vl_text", "head_dim": 128, "max_position_embeddings": 768000, "rope_theta": 5000000, \
        "rope_scaling": {"rope_type": "yarn", "factor": 3.0, "original_max_position_embeddings": 256000, \
        "mrope_section": [24, 20, 20]}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.isYarn, scaling.has("mrope_section"), let factor = scaling.factor,
      let original = subject.original(scaling), let window = subject.window,
      let place = scaling.dictionary.member("factor"),
      Double(window) > original, abs(factor * original - Double(window)) > 0.01 * Double(window)
    else { return [] }
    return [
      subject.finding(
        card, at: place,
        """
        factor \(Phrase.ratio(factor)) reaches \(Phrase.tokens(factor * original)) positions for a window of \
        \(Phrase.tokens(window)) tokens; with images positions advance slower, so this may be meant. For text alone \
        write \(Phrase.ratio(Double(window) / original))
        """)
    ]
  }
}

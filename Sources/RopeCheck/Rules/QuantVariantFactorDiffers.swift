import RopeMath

enum QuantVariantFactorDiffers: Rule {
  private static func example(_ factor: String) -> RuleExample {
    RuleExample(
      """
      {"model_type": "gemma3_text", "head_dim": 256, "max_position_embeddings": 131072, \
      "quantization_config": {"quant_method": "awq"}, "rope_scaling": {"rope_type": "linear", "factor": \(factor)}}
      """, facts: Facts(base: "google/gemma-3-12b-it"))
  }

  static let card = RuleCard(
    "quant-variant-factor-differs", .note, "A quantised variant carries another factor than its base",
    why: "The two give other answers to one prompt, and what was measured on one says little of the other.",
    fix: "Compare with the base's configuration; keep its factor.",
    references: ["ollama/ollama#12348"],
    failing: [example("1.0")],
    passing: [example("8.0")])

  static let needs: [RuleNeed] = [.knownModel, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.value("quantization_config") != nil, let known = subject.known, let native = known.scaling,
      let scaling = subject.scaling, scaling.type == native.type, scaling.type != "llama3",
      let factor = scaling.factor, factor > 0, factor != native.factor, let place = scaling.dictionary.member("factor")
    else { return [] }
    let ratio = max(factor / native.factor, native.factor / factor)
    return [
      subject.finding(
        card, at: place,
        """
        this quantised file scales by \(Phrase.ratio(factor)), \(known.name) by \(Phrase.ratio(native.factor)): slow pairs \
        turn \(Phrase.ratio(ratio)) × apart. Write \(Phrase.json(native.factor)), unless the variant was trained so
        """,
        fix: Fix(
          "write \(Phrase.json(native.factor))", safe: false,
          edits: subject.replace(place, with: Phrase.json(native.factor))))
    ]
  }
}

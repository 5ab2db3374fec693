enum PackingPositionReset: Rule {
  static let card = RuleCard(
    "packing-position-reset", .warning, "Packed rows whose positions start again with every document",
    why: "The row is long, the positions are not: long range is never trained.",
    fix: "Choose deliberately; report the longest document rather than the row.",
    references: ["NVIDIA/Megatron-LM#453", "NVIDIA-NeMo/Automodel#2377", "axolotl-ai-cloud/axolotl#343"],
    failing: [
      RuleExample(
        "", facts: Facts(targetLength: 65_536),
        companions: [
          "train.yaml": """
          base_model: meta-llama/Llama-2-7b-hf\nsequence_len: 65536\nsample_packing: true\nmicro_batch_size: 1\n
          """
        ])
    ],
    passing: [
      RuleExample(
        "", facts: Facts(targetLength: 65_536),
        companions: [
          "train.yaml": """
          base_model: meta-llama/Llama-2-7b-hf\nsequence_len: 65536\nsample_packing: false\nmicro_batch_size: 1\n
          """
        ])
    ])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let option = subject.option("sample_packing", "neat_packing", "reset_position_ids"), option.isOn,
      let length = subject.trainingLength
    else { return [] }
    let native =
      subject.known.map { Double($0.nativeLength) } ?? subject.nativeLength ?? subject.window.map(Double.init) ?? 0
    guard native > 0, Double(length) > native else { return [] }
    return [
      subject.finding(
        card, at: option, or: subject.windowPlace,
        """
        \(option.spelling) restarts positions in every document: only documents beyond \(Phrase.tokens(native)) of \
        the \(Phrase.tokens(length)) tokens of a row train anything new. Check the longest documents, or turn it off \
        for the long stage
        """)
    ]
  }
}

enum DataShorterThanTarget: Rule {
  static let card = RuleCard(
    "data-shorter-than-target", .warning, "Training rows are shorter than the target",
    why: "The new positions are never trained.",
    fix: "Train at the target's length, with documents that long.",
    references: [
      "jquesnelle/yarn#38", "CStanKonrad/long_llama#20", "axolotl-ai-cloud/axolotl#343",
      "huggingface/transformers#30998",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 131072}
        """, facts: Facts(targetLength: 131_072, trainLength: 8192)),
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 65536, "rope_scaling": {"rope_type": "yarn", "factor": \
        16.0, "original_max_position_embeddings": 4096}}
        """, facts: Facts(targetLength: 65_536),
        companions: ["train.yaml": "base_model: ./\nsequence_len: 4096\nmicro_batch_size: 1\n"]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 131072}
        """, facts: Facts(targetLength: 131_072, trainLength: 131_072))
    ])

  static let needs: [RuleNeed] = [.target, .training]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let target = subject.facts.targetLength, let length = subject.trainingLength, length < target else {
      return []
    }
    let option =
      subject.facts.trainLength == nil
      ? subject.option("cutoff_len", "sequence_len", "seq_length", "seq_len", "max_seq_length") : nil
    return [
      subject.finding(
        card, at: option, or: subject.windowPlace,
        """
        rows of \(Phrase.tokens(length)) tokens for a target of \(Phrase.tokens(target)): \
        \(Phrase.percent(1 - Double(length) / Double(target))) of the distances are never trained. Train at \
        \(target), or lower the target
        """)
    ]
  }
}

import RopeConfig

enum LinearWithoutFinetune: Rule {
  static let card = RuleCard(
    "linear-without-finetune", .warning, "Linear interpolation without fine-tuning",
    why: """
      Position interpolation squeezes every pair; without adaptation perplexity explodes (10.08 against 5.35 at \
      factor 4).
      """,
    fix: "Use yarn or dynamic where weights stay frozen, or fine-tune under the factor.",
    references: [
      "ggml-org/llama.cpp#2019", "ggml-org/llama.cpp#1967", "turboderp/exllama#185", "unslothai/unsloth#7028",
      "oobabooga/text-generation-webui#2955",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 2048, "rope_scaling": {"rope_type": "linear", "factor": 4.0}}
        """, facts: Facts(targetLength: 8192))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 2048, "rope_scaling": {"rope_type": "linear", "factor": \
        4.0}}
        """, facts: Facts(targetLength: 8192, trainer: "LLaMA-Factory")),
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 2048, "rope_scaling": {"rope_type": "linear", "factor": \
        4.0}}
        """),
    ])

  static let needs: [RuleNeed] = [.target, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "linear", let factor = scaling.factor, factor > 1,
      subject.target != nil, !subject.isTrained,
      // Gemma 3 and DeepSeek-Coder are pre-trained with a factor.
      subject.known?.scaling?.type != "linear",
      !["gemma3", "gemma3_text"].contains(subject.modelType ?? ""), subject.value("pretraining_sequence_length") == nil,
      // A name such as LLaMA-2-7B-32K tells of the fine-tuning.
      subject.file.root.member("_name_or_path")?.node.string.flatMap(PublishedModel.length).map({
        Double($0) > subject.nativeLength ?? 0
      }) != true
    else { return [] }
    let place = scaling.typePlace ?? scaling.dictionary
    if let command = subject.effective?.command, command.format.raisesBase, let target = subject.target {
      return [
        subject.finding(
          card, at: place,
          """
          linear ×\(Phrase.ratio(factor)) on weights that nothing says were fine-tuned: neighbouring tokens turn the \
          fastest pair by 1 / \(Phrase.ratio(factor)) radian instead of 1, at every length. Start it with \
          \(subject.stretching(to: target, covering: target)), or declare the fine-tuning (train length, trainer)
          """)
      ]
    }
    return [
      subject.finding(
        card, at: place,
        """
        linear ×\(Phrase.ratio(factor)) on weights that nothing says were fine-tuned: neighbouring tokens turn the \
        fastest pair by 1 / \(Phrase.ratio(factor)) radian instead of 1, at every length. Use yarn with the same \
        factor, or declare the fine-tuning (train length, trainer)
        """)
    ]
  }
}

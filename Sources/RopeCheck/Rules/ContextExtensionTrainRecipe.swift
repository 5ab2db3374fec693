enum ContextExtensionTrainRecipe: Rule {
  static let card = RuleCard(
    "ctx-extension-train-recipe", .note, "A low-rank run extends the context without embeddings and norms",
    why: """
      LongLoRA found that low-rank training alone falls short at long context; embeddings and norms have to be \
      trainable.
      """,
    fix: "Train embed and norm as well.",
    references: ["LongLoRA (arXiv 2309.12307), fine-tune.py", "DAMO-NLP-SG/CLEX#11", "YaRN train.sh"],
    failing: [
      RuleExample(
        "",
        companions: [
          "sft.yaml": """
          model_name_or_path: meta-llama/Llama-2-7b-hf\nfinetuning_type: lora\ncutoff_len: 32768\nrope_scaling: linear\n
          """
        ])
    ],
    passing: [
      RuleExample(
        "",
        companions: [
          "sft.yaml": """
          model_name_or_path: meta-llama/Llama-2-7b-hf\nfinetuning_type: lora\nadditional_target: \
          embed_tokens,norm\ncutoff_len: 32768\nrope_scaling: linear\n
          """
        ])
    ])

  static let needs: [RuleNeed] = [.training]

  static func check(_ subject: CheckSubject) -> [Finding] {
    // What the trainer makes of the file is judged by itself.
    guard subject.effective != nil || subject.trainers.isEmpty,
      let option = subject.option("finetuning_type", "adapter"),
      ["lora", "qlora"].contains(option.text.lowercased()),
      let length = subject.trainingLength, let native = subject.nativeLength, Double(length) > native,
      subject.option("additional_target", "lora_modules_to_save", "modules_to_save", "trainable_params") == nil
    else { return [] }
    return [
      subject.finding(
        card, at: option, or: subject.windowPlace,
        """
        \(option.text) alone stretches \(Phrase.tokens(native)) tokens to \(Phrase.tokens(length)) \
        (\(Phrase.ratio(Double(length) / native)) ×); LongLoRA needed trainable embeddings and norms for that. Add \
        them (additional_target or lora_modules_to_save: embed_tokens, norm)
        """)
    ]
  }
}

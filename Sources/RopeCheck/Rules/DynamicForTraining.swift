import RopeText

enum DynamicForTraining: Rule {
  static let card = RuleCard(
    "dynamic-for-training", .warning, "Dynamic scaling in a training run",
    why: "The base varies with the longest row of each batch, so the weights never see one rotation.",
    fix: "Train with a fixed base or yarn.",
    references: [
      """
      LLaMA-Factory src/llamafactory/model/model_utils/rope.py
      """, "hiyouga/LlamaFactory#633", "huggingface/transformers#24653",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": \
        2.0}}
        """, facts: Facts(trainLength: 8192)),
      RuleExample(
        "",
        companions: [
          "sft.yaml": """
          model_name_or_path: meta-llama/Llama-2-7b-hf\nfinetuning_type: lora\ncutoff_len: 8192\nrope_scaling: dynamic\n
          """
        ]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 2.0}}
        """, facts: Facts(trainLength: 8192))
    ])

  static let needs: [RuleNeed] = [.training]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let option = subject.options.last { $0.kind.isTraining && $0.name == "rope_scaling" && $0.text == "dynamic" }
    let isTraining =
      subject.facts.trainer != nil || subject.facts.trainLength != nil || option != nil
      || subject.options.contains { $0.kind.isTraining }
    // Some classes mean a base of their own by it, which is the same for every row.
    let isStatic = subject.reading?.layerTypes.first?.scaling.map { $0.parts.first?.id != "dynamic" } ?? false
    guard isTraining, option != nil || subject.scaling?.type == "dynamic" && !isStatic else { return [] }
    let window = subject.window ?? subject.known?.trainedLength
    let length = subject.trainingLength
    let factor = subject.scaling?.factor ?? 2
    var cost: Message = "the base changes from batch to batch with its longest row"
    if let window, let length {
      let growth = factor * Double(length) / Double(window) - (factor - 1)
      cost =
        growth > 1
        ? """
        between rows of \(Phrase.tokens(window)) and \(Phrase.tokens(length)) tokens the slow wavelengths vary \
        \(Phrase.ratio(growth)) ×
        """ : "no row is longer than the window \(Phrase.tokens(window)), so nothing is ever scaled"
    }
    return [
      subject.finding(
        card, at: option, or: subject.scaling?.typePlace,
        """
        dynamic scaling in training: \(cost). Use yarn or a fixed rope_theta
        """)
    ]
  }
}

enum TrainServeMismatch: Rule {
  static let card = RuleCard(
    "train-serve-mismatch", .error, "Trainer and server or configuration disagree about the length or scaling",
    why: "On-policy probabilities differ, long rows crash, or the trained scaling is never served.",
    fix: "Give trainer, rollout engine and saved file one scaling and one window.",
    references: [
      "unslothai/unsloth#3083", "NovaSky-AI/SkyRL#561", "volcengine/verl#1522", "modelscope/ms-swift#4893",
      "agentscope-ai/Trinity-RFT#389",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 32768, \
        "rope_theta": 1000000.0}
        """, facts: Facts(commandLine: "VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 max_seq_length=131072 fast_inference=True")),
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 8192}
        """, companions: ["train.yaml": "base_model: ./\nsequence_len: 32768\nadapter: lora\n"]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 32768}
        """, facts: Facts(commandLine: "max_seq_length=32768 fast_inference=True"))
    ])

  static let needs: [RuleNeed] = [.training]

  /// A trainer's window that no server will see is told as that.
  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    (subject.windowPlace?.node.document ?? 0) > 0 ? [WindowRaisedWithoutScaling.self] : []
  }

  static func check(_ subject: CheckSubject) -> [Finding] { lengths(subject) + scalings(subject) }

  private static func lengths(_ subject: CheckSubject) -> [Finding] {
    guard !subject.isFragment, !subject.isStopped, !subject.isTrainersView, let window = subject.fileWindow,
      let training = subject.trainingLength, training > window,
      // Linear and dynamic scaling may count from the window.
      subject.fileScaling.map({ $0.isYarn || ["llama3", "longrope"].contains($0.type) }) ?? true
    else { return [] }
    let option = subject.option("cutoff_len", "sequence_len", "seq_length", "seq_len", "max_seq_length")
    // A length that the command's own server is asked for is judged there.
    if let served = subject.effective?.command.option(.servedLength)?.length, served >= training { return [] }
    // A script that raises the base for its rows saves it; of what it saves no more is at hand.
    if subject.isBorrowed, subject.effective?.command.option(.theta) != nil, subject.isCoveredByBase(training) {
      return []
    }
    // Trainers that scale by their own option are the matter of scaling-not-saved.
    guard subject.option("rope_scaling") == nil,
      subject.scaling == nil || subject.effective?.command.format.savesConfiguration != true
    else { return [] }
    return [
      subject.finding(
        card, at: option, or: subject.windowPlace,
        """
        training runs to \(Phrase.tokens(training)) tokens, the configuration that is served holds \
        \(Phrase.tokens(window)) and no scaling reaches the server: \(Phrase.tokens(training - window)) positions are \
        trained that are never served, or run out of \
        range\(subject.unseenPairs(at: training, trained: subject.nativeLength ?? Double(window))). Give both the \
        same rope_scaling and \"max_position_embeddings\": \(training)
        """)
    ]
  }

  private static func scalings(_ subject: CheckSubject) -> [Finding] {
    guard !subject.isBorrowed, let scaling = subject.fileScaling,
      let option = subject.options.last(where: { $0.kind.isTraining && $0.name == "rope_scaling" }), !option.node.isNull
    else { return [] }
    let trained = option.object.map { DeclaredScaling(dictionary: $0) }
    let type = trained?.type ?? option.text
    let factor = trained?.factor
    let trainers = trained?.title ?? option.text
    guard type != scaling.type || (factor != nil && factor != scaling.factor) else { return [] }
    return [
      subject.finding(
        card, at: option, or: scaling.dictionary,
        """
        the trainer scales by \(trainers), the configuration by \(scaling.title): the served rotation is not the \
        trained one. Write the trainer's scaling into the file
        """)
    ]
  }
}

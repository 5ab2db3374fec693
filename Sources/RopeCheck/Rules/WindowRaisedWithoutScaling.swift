import RopeConfig
import RopeText

enum WindowRaisedWithoutScaling: Rule {
  /// A model that nobody has published.
  private static let own = """
    {"model_type": "llama", "hidden_size": 2048, "num_attention_heads": 16, "num_hidden_layers": 20, \
    "rope_theta": 50000.0, "max_position_embeddings": 8192}
    """

  static let card = RuleCard(
    "window-raised-without-scaling", .error,
    "The window is above the trained length and nothing, or too little, is scaled",
    why: "The model is simply run out of range; some trainers raise the field silently.",
    fix: "Choose a scaling, or raise theta and train.",
    references: [
      "axolotl src/axolotl/loaders/model.py", "evalplus/repoqa#37", "UKPLab/sentence-transformers#2738",
      "vllm-project/vllm#3676",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "num_attention_heads": 32, \
        "max_position_embeddings": 32768, "rope_theta": 500000.0}
        """),
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 16384, "hidden_size": 4096, "num_attention_heads": 32}
        """, facts: Facts(base: "Llama-2-7b-hf")),
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 16384, "hidden_size": 4096, "num_attention_heads": 32, \
        "rope_scaling": {"rope_type": "linear", "factor": 2.0}}
        """, facts: Facts(base: "Llama-2-7b-hf")),
      RuleExample(
        "",
        companions: [
          "m/config.json": own,
          "serve.sh": #"vllm serve ./m --hf-overrides '{"max_position_embeddings": 32768}' --max-model-len 32768"#,
        ]),
      RuleExample(
        "",
        companions: [
          "serve.sh": """
          vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 131072 --hf-overrides '{"max_position_embeddings": 131072}'\n
          """
        ]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "max_position_embeddings": 1048576, "rope_theta": 3580165449.0}
        """),
      RuleExample(#"{"model_type": "llama", "max_position_embeddings": 4096}"#, facts: Facts(base: "Llama-2-7b-hf")),
      RuleExample(
        "",
        companions: [
          "m/config.json": own,
          "serve.sh": #"python -m sglang.launch_server --model-path ./m --context-length 8192"#,
        ]),
    ])

  static let needs: [RuleNeed] = [.knownModel]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.value("rope_scaling")?.node.string == nil, subject.value("dual_chunk_attention_config") == nil,
      let place = subject.windowPlace, let window = subject.window
    else { return [] }
    guard let known = subject.known else { return raised(subject, place, window) }
    // The published scaling reaches the published length, and none beyond.
    let isPublished = subject.hasPublishedScaling
    // Without the scaling that it ships with, the published window is too long as well.
    let isLost = subject.scaling == nil && known.scaling != nil && window > known.pretrainedLength
    // A linear factor that does not reach the window it stands beside: the convention of a raised window.
    let reached = subject.scaling.flatMap { own in
      own.type == "linear" && known.scaling == nil ? own.factor.map { $0 * Double(known.trainedLength) } : nil
    }
    let isShort = reached.map { $0 > Double(known.trainedLength) && Double(window) > 1.01 * $0 } ?? false
    guard subject.scaling == nil || isPublished || isShort,
      window > (isPublished ? known.nativeLength : known.trainedLength),
      isLost || (isOverride(subject, window) || !known.windows.contains(window)) && window > known.statedLength,
      subject.isKnownForSure,
      isLost || window != subject.classWindow,
      (subject.theta ?? known.base) <= known.base * 1.01,
      subject.mayReach(beyond: Double(known.trainedLength)),
      isLost || isShort || needsMethod(subject, known, window)
    else { return [] }
    if !isPublished, isShort, let reached {
      return [subject.finding(card, at: place, short(subject, known, window, reached))]
    }
    return [subject.finding(card, at: place, words(subject, known, window, isPublished: isPublished, isLost: isLost))]
  }

  /// A command raises the window of a file that says all that is known of its training.
  private static func raised(_ subject: CheckSubject, _ place: DeclaredValue, _ window: Int) -> [Finding] {
    guard place.node.document > 0, subject.scaling == nil, let own = subject.fileWindow, window > own,
      subject.theta == subject.fileTheta, let advice = subject.advice(for: window, trained: own),
      advice.action == .method
    else { return [] }
    let factor = Phrase.quarters(advice.factor)
    return [
      subject.finding(
        card, at: place,
        """
        the file's own window is \(Phrase.tokens(own)), the command makes it \(Phrase.tokens(window)) and nothing is \
        scaled\(subject.unseenPairs(at: window, trained: Double(own))). Add a scaling of \(Phrase.ratio(factor)), or leave \
        the window at \(own)
        """)
    ]
  }

  /// Whether a command raises the window of the file, which other files of the model may state.
  private static func isOverride(_ subject: CheckSubject, _ window: Int) -> Bool {
    subject.effective != nil && subject.fileWindow.map { $0 < window } == true
  }

  /// Whether the adviser, where it sees the same model in the file, would change a frequency for this window: training may
  /// have shown all of its angles.
  private static func needsMethod(_ subject: CheckSubject, _ known: PublishedModel, _ window: Int) -> Bool {
    guard let advice = subject.advice(for: window, trained: known.nativeLength) else { return true }
    return advice.action != .unchanged && advice.action != .window
  }

  private static func short(
    _ subject: CheckSubject, _ known: PublishedModel, _ window: Int, _ reached: Double
  ) -> Message {
    let trained = Double(known.trainedLength)
    return """
      \(known.name) is trained to \(Phrase.tokens(trained)) tokens, linear ×\(Phrase.ratio(reached / trained)) reaches \
      \(Phrase.tokens(reached)), the window says \(Phrase.tokens(window)). Write a factor of \
      \(Phrase.ratio(Phrase.quarters(Double(window) / trained))), or a window of \(Phrase.tokens(reached))
      """
  }

  private static func words(
    _ subject: CheckSubject, _ known: PublishedModel, _ window: Int, isPublished: Bool, isLost: Bool
  ) -> Message {
    if isPublished, let scaling = known.scaling {
      return """
        \(known.name)'s \(scaling.type) ×\(Phrase.ratio(scaling.factor)) was trained to \
        \(Phrase.tokens(known.nativeLength)) tokens, the window says \(Phrase.tokens(window)) with the same scaling. \
        Write \(known.nativeLength), or widen the scaling for \(Phrase.tokens(window)) tokens (ropescope prepare)
        """
    }
    let unseen = subject.unseenPairs(at: window, trained: Double(known.trainedLength))
    if isLost, let scaling = known.scaling {
      return """
        \(known.name) ships \(scaling.type) ×\(Phrase.ratio(scaling.factor)), which is missing: \
        \(Phrase.tokens(window)) tokens run with the frequencies of \(Phrase.tokens(known.pretrainedLength))\(unseen). \
        Restore the published scaling
        """
    }
    let factor = Phrase.quarters(Double(window) / Double(known.trainedLength))
    let own = known.windows.first.flatMap { $0 < window ? $0 : nil } ?? known.trainedLength
    return """
      \(known.name) is trained to \(Phrase.tokens(known.trainedLength)) tokens, the window says \
      \(Phrase.tokens(window)) and nothing is scaled\(unseen). Add a scaling of \(Phrase.ratio(factor)), or write \
      \(own)
      """
  }
}

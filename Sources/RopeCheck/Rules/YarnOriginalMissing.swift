import RopeMath
import RopeText

enum YarnOriginalMissing: Rule {
  static let card = RuleCard(
    "yarn-original-missing", .warning, "YaRN is given no original_max_position_embeddings",
    why: "Runtimes then take max_position_embeddings, or 4096, for the trained length, and the ramp moves.",
    fix: "Add the length that the model was pre-trained on.",
    references: ["NVIDIA-NeMo/Automodel#2652", "hiyouga/LlamaFactory#8101", "ROCm/aiter#4742"],
    failing: [
      RuleExample(
        """
        {"hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, "rope_theta": 1000000.0, \
        "rope_scaling": {"rope_type": "yarn", "factor": 4.0}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard scaling.isYarn, subject.originalPlace(scaling) == nil, let factor = scaling.factor, factor > 1 else {
        return nil
      }
      var native = subject.known.map { Double($0.trainedLength) }
      if native == nil, let window = subject.window, (Double(window) / factor).rounded() * factor == Double(window) {
        native = Double(window) / factor
      }
      var cost: Message =
        subject.isGGUF
        ? "llama.cpp reads the window for it"
        : "MLX reads 4,096 tokens for it, transformers 5 the window, and stops where there is none"
      if let window = subject.window, let native, native != Double(window) {
        let read = subject.plan(subject.yarn(scaling), at: window)
        let meant = subject.plan(subject.yarn(scaling, ["original_max_position_embeddings": native]), at: window)
        let gap = subject.difference(read, from: meant)
        let effect: Message = gap.map { "; against \(Phrase.tokens(native)) \($0)" } ?? ""
        cost =
          subject.isGGUF
          ? "llama.cpp reads the window \(Phrase.tokens(window)) for it\(effect)"
          : "transformers reads the window \(Phrase.tokens(window)) for it, MLX 4,096\(effect)"
      }
      let text = native.map { String(Phrase.whole($0)) }
      if let text, subject.isGGUF {
        return subject.finding(
          card, at: scaling.dictionary,
          """
          yarn ×\(Phrase.ratio(factor)) does not say what length the model was trained on: \(cost). Serve with \
          --yarn-orig-ctx \(text)
          """)
      }
      return subject.finding(
        card, at: scaling.dictionary,
        text.map { text in
          """
          yarn ×\(Phrase.ratio(factor)) does not say what length the model was trained on: \(cost). Add \
          "original_max_position_embeddings": \(text)
          """
        } ?? """
          yarn ×\(Phrase.ratio(factor)) does not say what length the model was trained on: \(cost). Add \
          "original_max_position_embeddings" with the pre-training length
          """,
        fix: text.map {
          Fix(
            """
            add original_max_position_embeddings \($0)
            """, safe: false, edits: subject.insert("original_max_position_embeddings", $0, into: scaling.dictionary))
        })
    }
  }
}

import RopeConfig
import RopeMath

enum NoRotation: Rule {
  static let card = RuleCard(
    "no-rotation", .note, "The model rotates nothing",
    why: "No scaling of rotary embeddings acts on it; the window is only a limit.",
    fix: "Nothing: choose the length by what the model was trained on.",
    references: ["chrishayuk/larql#373", "huggingface/transformers#42872"],
    failing: [
      RuleExample(
        """
        {"model_type": "gpt2", "n_embd": 768, "n_head": 12, "n_layer": 12, "n_positions": 1024}
        """)
    ],
    passing: [
      RuleExample(
        #"{"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096}"#)
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard case .success(let reading) = subject.resolved, !reading.rotates else { return [] }
    let reason = reading.noRotationReason
    return [
      subject.finding(
        card, at: reason?.place ?? subject.value("model_type"),
        reason?.message ?? "the model rotates nothing: no RoPE scaling acts, and the window is only a limit")
    ]
  }
}

enum BF16PositionAngles: Rule {
  static let card = RuleCard(
    "bf16-position-angles", .error, "Angles are computed in half precision",
    why: """
      bfloat16 cannot tell position 256 from 257, float16 2048 from 2049; the error reaches π by a few thousand \
      tokens.
      """,
    fix: "Compute positions × frequencies, cos and sin in float32 and cast at the end.",
    references: [
      "huggingface/candle#3520", "Modalities/modalities#462", "EleutherAI/gpt-neox#1016",
      "huggingface/transformers#29285", "huggingface/transformers#29496", "ml-explore/mlx-lm#1076",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 32768}
        """, facts: Facts(precision: "rotary angles in bf16"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 32768}
        """, facts: Facts(precision: "weights bf16, rotary fp32"))
    ])

  static let needs: [RuleNeed] = [.precision]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let precision = subject.facts.precision?.lowercased(), let length = subject.target ?? subject.window else {
      return []
    }
    // Each clause names a part and its format: “weights bf16, rotary fp32”.
    let clauses = precision.split { ",;".contains($0) }.map(String.init)
    let about = clauses.first { clause in
      ["rotary", "rope", "angle", "position", "cos", "sin"].contains { clause.contains($0) }
    }
    guard let about, !about.contains("32"), !about.contains("64") else { return [] }
    let isBrain = about.contains("bf16") || about.contains("bfloat")
    guard isBrain || about.contains("fp16") || about.contains("float16") || about.contains("half") else { return [] }
    let limit = isBrain ? 256 : 2048
    guard length > limit else { return [] }
    // The step between neighbouring numbers at the last position.
    var step = 1
    while limit * step < length { step *= 2 }
    let format = isBrain ? "bfloat16" : "float16"
    return [
      subject.finding(
        card, at: subject.windowPlace,
        """
        positions in \(format) are exact to \(limit) only; near \(Phrase.tokens(length)) \
        they come in steps of \(step), an error of up to \(Phrase.ratio(Double(step) / 2)) radian in the first pair. \
        Compute angles, cos and sin in float32
        """)
    ]
  }
}

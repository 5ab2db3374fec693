import RopeMath

enum HeadDimDerivedWrong: Rule {
  private static func example(_ channels: String) -> RuleExample {
    RuleExample(
      """
      {"model_type": "qwen3", "head_dim": 128, "hidden_size": 1024, "num_attention_heads": 16, \
      "max_position_embeddings": 40960, "rope_theta": 1000000}
      """,
      companions: [
        "run.args": """
        --hidden-size 1024 --num-attention-heads 16 \(channels)--position-embedding-type rope --rotary-base 1000000 \
        --seq-length 8192 --max-position-embeddings 40960

        """
      ])
  }

  static let card = RuleCard(
    "head-dim-derived-wrong", .error, "A framework derives another size of a head than the weights have",
    why: "hidden_size over heads is another size: rotation and projections do not fit the weights.",
    fix: "Pass the size (--kv-channels), or use a version that prefers head_dim.",
    references: [
      "huggingface/transformers#32495", "huggingface/candle#2358", "InternLM/lmdeploy#2761", "InternLM/lmdeploy#2215",
    ],
    failing: [
      example(""),
      RuleExample(
        """
        {"model_type": "mistral", "hidden_size": 5120, "num_attention_heads": 32, "num_hidden_layers": 40, \
        "max_position_embeddings": 131072, "rope_theta": 1000000.0}
        """),
    ],
    passing: [example("--kv-channels 128 ")])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    if let finding = derivedByClass(subject) { return [finding] }
    guard !subject.isFragment, !subject.isLatent, let head = subject.count("head_dim"),
      let hidden = subject.count("hidden_size"), let heads = subject.count("num_attention_heads"), heads > 0,
      hidden / heads != head, let any = subject.options.first(where: { $0.kind == .megatron }),
      // Sizes that stand in the arguments are sizes that the framework works with.
      subject.option("hidden_size", "num_attention_heads") != nil, subject.option("kv_channels") == nil
    else { return [] }
    return [
      subject.finding(
        card, at: subject.option("num_attention_heads") ?? any,
        """
        without --kv-channels Megatron-LM takes \(hidden) / \(heads) = \(hidden / heads) features a head, the \
        configuration gives \(head): \(hidden / heads / 2) pairs turn instead of \(head / 2). Add --kv-channels \(head)
        """)
    ]
  }

  /// A configuration that lost the size, whose class derives another than the weights have.
  private static func derivedByClass(_ subject: CheckSubject) -> Finding? {
    guard !subject.isFragment, !subject.isLatent, subject.effective == nil, subject.value("head_dim") == nil,
      let known = subject.known, subject.isKnownForSure, let head = known.headDimension,
      let hidden = subject.count("hidden_size"), let heads = subject.count("num_attention_heads"), heads > 0,
      let taken = subject.reading?.headDimension, taken == hidden / heads, taken != head,
      // Models of one name have heads of several sizes, which are powers of two.
      taken & (taken - 1) != 0
    else { return nil }
    return subject.finding(
      card, at: subject.value("num_attention_heads"),
      """
      no head_dim: the class takes \(hidden) / \(heads) = \(taken) features a head, \(known.name) has \(head): \
      \(taken / 2) pairs turn instead of \(head / 2), and the weights do not fit. Write "head_dim": \(head)
      """,
      fix: Fix(
        "add head_dim", safe: false,
        edits: subject.insert("head_dim", String(head), into: subject.declaration.text)))
  }
}

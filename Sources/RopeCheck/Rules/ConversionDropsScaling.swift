enum ConversionDropsScaling: Rule {
  static let card = RuleCard(
    "conversion-drops-scaling", .error, "The framework's arguments leave out the model's scaling",
    why: "The converted model runs unscaled, or with the framework's base.",
    fix: "Pass the scaling and the base of the configuration.",
    references: [
      "ggml-org/llama.cpp#2772", "ggml-org/llama.cpp#13322", "NVIDIA-NeMo/Megatron-Bridge#5097",
      "swiss-ai/Megatron-LM#85", "google-deepmind/penzai#102", "modelscope/ms-swift#6056",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, \
        "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, \
        "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}
        """,
        companions: [
          "run.args":
            "--position-embedding-type rope --rotary-base 500000 --seq-length 8192 --max-position-embeddings 131072\n"
        ]),
      RuleExample(
        #"{"model_type": "qwen2", "max_position_embeddings": 32768, "rope_theta": 1000000.0}"#,
        companions: [
          "run.args": """
          --position-embedding-type rope --rotary-base 10000 --seq-length 8192 --max-position-embeddings 32768\n
          """
        ]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": \
        {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, \
        "original_max_position_embeddings": 8192}}
        """,
        companions: [
          "run.args":
            "--position-embedding-type rope --rotary-base 500000 --use-rope-scaling --rope-scaling-factor 8 --seq-length 8192 --max-position-embeddings 131072\n"
        ])
    ])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard !subject.isFragment, let any = subject.options.first(where: { $0.kind == .megatron }) else { return [] }
    let isPartial = subject.effective?.command.isPartial == true
    var findings: [Finding] = []
    if !isPartial, let scaling = subject.fileScaling {
      let isPassed: Bool
      switch scaling.type {
      case "llama3": isPassed = subject.option("use_rope_scaling")?.isOn == true
      case "yarn", "deepseek_yarn":
        isPassed =
          subject.option("position_embedding_type")?.text == "yarn" || subject.option("rotary_scaling_factor") != nil
          || subject.option("multi_latent_attention")?.isOn == true
      case "linear": isPassed = subject.option("rotary_seq_len_interpolation_factor") != nil
      default: isPassed = true
      }
      if !isPassed {
        let flag =
          scaling.type == "llama3"
          ? """
          --use-rope-scaling --rope-scaling-factor \(Phrase.ratio(scaling.factor ?? 8))
          """
          : scaling.type == "linear"
            ? "--rotary-seq-len-interpolation-factor \(Phrase.ratio(scaling.factor ?? 1))"
            : "--position-embedding-type yarn"
        findings.append(
          subject.finding(
            card, at: subject.option("position_embedding_type") ?? any,
            """
            the arguments pass no \(scaling.type) scaling, the configuration has \
            ×\(Phrase.ratio(scaling.factor ?? 1)): training runs the unscaled frequencies, slow pairs \
            \(Phrase.ratio(scaling.factor ?? 1)) × too fast. Add \(flag)
            """))
      }
    }
    let theta = subject.fileTheta ?? 10_000
    let option = subject.option("rotary_base")
    if let base = option?.number ?? (option == nil && !isPartial ? 10_000 : nil), base != theta, base > 0 {
      let apart = Phrase.ratio(max(theta / base, base / theta))
      findings.append(
        subject.finding(
          card, at: option ?? any,
          option == nil
            ? """
            no --rotary-base is passed, so Megatron takes 10,000, the configuration's theta is \(Phrase.tokens(theta)): \
            \(apart) × apart. Write --rotary-base \(Phrase.whole(theta))
            """
            : """
            --rotary-base is \(Phrase.tokens(base)), the configuration's theta is \(Phrase.tokens(theta)): \(apart) × \
            apart. Write --rotary-base \(Phrase.whole(theta))
            """))
    }
    return findings
  }
}

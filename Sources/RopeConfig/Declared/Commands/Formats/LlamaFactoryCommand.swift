import RopeJSON
import RopeMath

extension CommandFormat {
  /// LLaMA-Factory: a YAML file with its overrides `key=value`, or options.
  static let llamaFactory = CommandFormat(
    name: "llama-factory", title: "LLaMA-Factory", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("llamafactory-cli", "*"), ProgramPattern("lmf", "*"), ProgramPattern("src/train.py"),
      ProgramPattern("src/train_bash.py", takesPositional: false),
      ProgramPattern("llamafactory.launcher", takesPositional: false),
    ],
    options: [
      "model_name_or_path": .model, "cutoff_len": .trainLength, "vllm_maxlen": .servedLength,
      "max_new_tokens": .newTokens,
      "rope_scaling": .scaling, "infer_dtype": .dtype,
    ],
    marks: ["cutoff_len", "finetuning_type", "template", "stage", "lora_target", "neat_packing", "infer_backend"],
    syntax: .yaml, takesAssignments: true, aliases: ["llamafactory", "llama_factory"],
    document: { tree in
      let own = ["stage", "finetuning_type", "template", "cutoff_len"]
      return tree.member("cutoff_len") != nil || tree.member("finetuning_type") != nil
        || tree.member("model_name_or_path") != nil && own.contains { tree.member($0) != nil }
    },
    forms: [
      SettingsForm(text: .yaml, model: "model_name_or_path", length: "cutoff_len", carrier: .file)
    ],
    effective: { (request) throws(ConfigurationError) in
      var merge = LlamaFactoryMerge(request)
      return [merge.configuration()]
    })
}

/// What LLaMA-Factory's `rope_scaling` makes of a model (`model/model_utils/rope.py` of the releases).
///
/// The factor is the quotient of `cutoff_len` and the length the model starts from, rounded up; where that length is
/// not
/// exceeded nothing is changed. Up to 0.9.1 a factor of 1 was written all the same; up to 0.9.3 the window counts even
/// where the model is scaled already.
struct LlamaFactoryMerge {
  private let request: EffectiveRequest
  private var builder: EffectiveBuilder

  init(_ request: EffectiveRequest) {
    self.request = request
    builder = EffectiveBuilder(request)
  }

  private static let defaultCutoff = 2048.0

  mutating func configuration() -> EffectiveConfiguration {
    builder.takeLengths()
    if let option = builder.command.option("rope_scaling"), let word = option.text, !option.node.isNull {
      scale(word, option)
    }
    return builder.configuration
  }

  /// Whether the file or command runs a model rather than trains it.
  private var isInference: Bool {
    let words = builder.command.program
    if let action = words.last, ["api", "chat", "webchat", "export"].contains(action) { return true }
    return builder.command.option("stage", "do_train", "cutoff_len") == nil
      && builder.command.option("infer_backend", "vllm_maxlen") != nil
  }

  private mutating func scale(_ word: String, _ option: CommandOption) {
    let command = builder.command
    if command.option("infer_backend")?.text == "vllm" {
      return builder.find(
        "option-refused", .error, "rope_scaling does not go with infer_backend vllm (ValueError)", at: option)
    }
    guard request.base != nil, let window = builder.window else {
      return builder.notes.append(
        "what rope_scaling \(word) makes depends on the model's window, which is not known here")
    }
    if builder.isComposite, builder.root.member("rope_scaling") == nil {
      return builder.find(
        "option-no-effect", .warning, "rope_scaling does nothing here: the outer configuration has no such attribute",
        at: option)
    }
    let cutoff = command.option("cutoff_len")
    let length = cutoff.flatMap { $0.length.map(Double.init) } ?? Self.defaultCutoff
    let known = builder.scaling?.member("original_max_position_embeddings")?.node.finiteNumber
    let old = request.isBefore("0.9.4") ? window : known ?? window
    var factor = (length / old).rounded(.up)
    if isInference { factor = 2 }
    if !isInference, length <= old {
      guard request.isBefore("0.9.2") else {
        return builder.find(
          "scaling-off", .warning,
          """
          cutoff_len \(length.formattedShortest) is not beyond \(old.formattedShortest): LLaMA-Factory switches rope_scaling off \
          and trains with the model's own rotation
          """, at: option)
      }
      factor = 1
      if builder.scaling != nil {
        builder.find(
          "scaling-off", .warning,
          "cutoff_len is within the window: the model's own scaling is replaced by one with factor 1", at: option)
      }
    }
    replace(word, factor, old, cutoff, length, option)
  }

  private mutating func replace(
    _ word: String, _ factor: Double, _ old: Double, _ cutoff: CommandOption?, _ length: Double, _ option: CommandOption
  ) {
    let place = cutoff ?? option
    var members = [
      (request.isBefore("0.9.2") ? "type" : "rope_type", EffectiveBuilder.word(word, at: option)),
      ("factor", EffectiveBuilder.derived(factor, at: place)),
    ]
    let withOriginal =
      request.isBefore("0.9.2")
      ? [] : request.isBefore("0.9.3") ? ["dynamic", "llama3"] : ["dynamic", "yarn", "llama3"]
    if withOriginal.contains(word) {
      members.append(("original_max_position_embeddings", EffectiveBuilder.derived(old, at: option)))
    }
    if word == "llama3" {
      members.append(("low_freq_factor", EffectiveBuilder.derived(1, at: option)))
      members.append(("high_freq_factor", EffectiveBuilder.derived(4, at: option)))
    }
    builder.replaceScaling(
      members, window: request.isBefore("0.9.3") ? length : old * factor, at: option, windowAt: place,
      by: "rope_scaling")
    builder.notes.append(
      "factor \(factor.formattedShortest) = \(length.formattedShortest) / \(old.formattedShortest), rounded up")
    if !request.isBefore("0.9.4") {
      builder.notes.append("with transformers 5 the dictionary that is written lacks rope_theta; 5.24 stops at it")
    }
  }
}

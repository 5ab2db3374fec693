import RopeJSON
import RopeMath

extension CommandFormat {
  /// ms-swift: `swift sft`, `megatron sft`, their YAML files and the `args.json` of a checkpoint.
  static let msSwift = CommandFormat(
    name: "ms-swift", title: "ms-swift", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("swift", "sft"), ProgramPattern("swift", "pt"), ProgramPattern("swift", "rlhf"),
      ProgramPattern("megatron", "sft"), ProgramPattern("megatron", "pt"), ProgramPattern("megatron", "rlhf"),
      ProgramPattern("swift.cli.*"), ProgramPattern("swift/cli/*.py"),
    ],
    options: [
      "model": .model, "model_id_or_path": .model, "max_length": .trainLength, "seq_length": .trainLength,
      "vllm_max_model_len": .servedLength, "lmdeploy_session_len": .servedLength,
      "sglang_context_length": .servedLength,
      "max_model_len": .window, "max_new_tokens": .newTokens, "max_completion_length": .newTokens,
      "rope_scaling": .scaling,
      "torch_dtype": .dtype,
    ],
    marks: [
      "tuner_type", "train_type", "rlhf_type", "vllm_max_model_len", "attn_impl", "sequence_parallel_size",
      "torch_dtype",
    ],
    aliases: ["swift", "msswift"],
    document: { tree in
      guard tree.member("model")?.node.string != nil else { return false }
      return ["tuner_type", "train_type", "rlhf_type", "lora_rank", "swift_version"].contains { tree.member($0) != nil }
        || tree.member("torch_dtype") != nil && tree.member("max_length") != nil
    },
    forms: [
      SettingsForm(
        text: .options("swift sft"), model: "--model", length: "--max_length", window: "--max_model_len",
        carrier: .dictionary("--rope_scaling")),
      SettingsForm(text: .options("swift sft"), model: "--model", length: "--max_length", carrier: .file),
    ],
    effective: { (request) throws(ConfigurationError) in
      var merge = MSSwiftMerge(request)
      return merge.configurations()
    })

  /// What of ms-swift runs a model without training it: the same options, of which `max_length` cuts prompts.
  static let msSwiftServing = CommandFormat(
    name: "ms-swift", title: "ms-swift", kind: .server, runtime: "transformers",
    programs: ["infer", "deploy", "rollout", "export", "eval", "app"].map { ProgramPattern("swift", $0) },
    options: msSwift.options.merging(["max_length": .promptLength]) { _, own in own }, effective: msSwift.effective)
}

/// What ms-swift's `rope_scaling` and `max_model_len` make of a model (`arguments/base_args/model_args.py`,
/// `model/register.py` of 4.4): the original length is always written, a missing factor is the quotient rounded up,
/// base
/// and rotated share are carried over, and the window becomes `max_model_len`, else original × factor.
struct MSSwiftMerge {
  private let request: EffectiveRequest
  private var builder: EffectiveBuilder

  init(_ request: EffectiveRequest) {
    self.request = request
    builder = EffectiveBuilder(request)
  }

  mutating func configurations() -> [EffectiveConfiguration] {
    let command = builder.command
    if let backend = command.option("infer_backend")?.text, backend != "pt", command.option(.servedLength) != nil {
      builder.runtime = backend == "sglang" ? "sglang" : backend == "lmdeploy" ? "lmdeploy" : "vllm"
    }
    scale()
    builder.takeLengths()
    return [builder.configuration]
  }

  private mutating func scale() {
    let command = builder.command
    let given = command.option("rope_scaling").flatMap { $0.node.isNull ? nil : $0 }
    let asked = command.option("max_model_len").flatMap { $0.length == nil ? nil : $0 }
    guard let anchor = given ?? asked, given?.isUnknown != true else { return }
    let old = builder.scaling
    guard given != nil || old != nil else {
      if let asked, let length = asked.length {
        builder.setText(
          "max_position_embeddings", to: EffectiveBuilder.derived(Double(length), at: asked), keyBytes: asked.bytes)
        builder.notes.append("max_model_len alone sets the window and scales nothing")
      }
      return
    }
    if let word = given?.text, !["linear", "dynamic", "yarn"].contains(word) {
      return builder.find(
        "option-refused", .error, "rope_scaling as a word is linear, dynamic or yarn; others are given as JSON",
        at: anchor)
    }
    guard let window = builder.window else {
      return builder.notes.append("what rope_scaling makes depends on the model's window, which is not known here")
    }
    var members: [(String, JSONNode)] = []
    if let dictionary = given?.node.members {
      members = dictionary.map { ($0.key, $0.node) }
    } else if let word = given?.text {
      members = [("type", EffectiveBuilder.word(word, at: anchor))]
    } else {
      members = (old?.members ?? []).filter { $0.key != "factor" }.map { ($0.key, $0.node) }
    }
    func number(_ key: String) -> Double? { members.last { $0.0 == key }?.1.finiteNumber }
    let original =
      number("original_max_position_embeddings") ?? old?.member("original_max_position_embeddings")?.node.finiteNumber
      ?? old?.member("factor")?.node.finiteNumber.map { (window / $0).rounded(.down) } ?? window
    members.removeAll { $0.0 == "original_max_position_embeddings" }
    members.append(("original_max_position_embeddings", EffectiveBuilder.derived(original, at: anchor)))
    var factor = number("factor")
    if factor == nil {
      guard let asked, let length = asked.length else {
        return builder.find(
          "option-refused", .error, "rope_scaling without a factor needs max_model_len (AssertionError)", at: anchor)
      }
      factor = max((Double(length) / original).rounded(.up), 1)
      members.append(("factor", EffectiveBuilder.derived(factor ?? 1, at: asked)))
    }
    let length = asked?.length.map(Double.init) ?? (original * (factor ?? 1)).rounded(.down)
    builder.replaceScaling(members, window: length, at: anchor, windowAt: asked ?? anchor, by: "rope_scaling")
  }
}

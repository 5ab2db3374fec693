import RopeJSON
import RopeMath
import RopeText

extension CommandFormat {
  /// Unsloth's Python calls, and scripts that take its names as options.
  static let unsloth = CommandFormat(
    name: "unsloth", title: "Unsloth", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("unsloth", "*", takesPositional: false), ProgramPattern("unsloth-cli.py", takesPositional: false),
    ],
    options: ["model_name": .model, "max_seq_length": .trainLength, "rope_scaling": .scaling, "dtype": .dtype],
    marks: ["max_seq_length", "load_in_4bit", "model_name", "full_finetuning"],
    calls: [
      PythonCall(name: "FastLanguageModel.from_pretrained", needs: "unsloth", positional: "model_name"),
      PythonCall(name: "FastModel.from_pretrained", needs: "unsloth", positional: "model_name"),
      PythonCall(name: "FastVisionModel.from_pretrained", needs: "unsloth", positional: "model_name"),
    ],
    forms: [
      SettingsForm(
        text: .python(line: "from unsloth import FastLanguageModel", call: "FastLanguageModel.from_pretrained"),
        model: "model_name", length: "max_seq_length", carrier: .file)
    ],
    effective: { (request) throws(ConfigurationError) in
      var merge = UnslothMerge(request)
      return [merge.configuration()]
    })
}

/// Unsloth's FastLanguageModel (`unsloth/models/llama.py`, `loader.py`): a length beyond the window is stretched
/// linearly by
/// itself; up to 2026.6.2 every scaling of the model was ignored; a scaling that the caller gives has no effect.
struct UnslothMerge {
  private let request: EffectiveRequest
  private var builder: EffectiveBuilder
  /// Model types whose class is Unsloth's own.
  private static let own: Set = [
    "llama", "mistral", "gemma", "gemma2", "qwen2", "qwen3", "qwen3_moe", "granite", "cohere", "falcon_h1", "glm4_moe",
  ]

  init(_ request: EffectiveRequest) {
    self.request = request
    builder = EffectiveBuilder(request)
  }

  mutating func configuration() -> EffectiveConfiguration {
    builder.takeLengths()
    let command = builder.command
    if let given = command.option("rope_scaling"), !given.node.isNull {
      builder.find(
        "option-no-effect", .warning,
        "rope_scaling has no effect in Unsloth: it only switches the automatic stretching off", at: given)
    }
    let isOwn = !command.program.contains { $0.hasPrefix("FastModel") || $0.hasPrefix("FastVisionModel") }
    guard isOwn, let type = builder.value("model_type")?.string, Self.own.contains(type) else {
      return builder.configuration
    }
    if request.isBefore("2026.6.3"), request.version != nil, builder.scaling != nil,
      let anchor = command.option(.trainLength) ?? command.options.first
    {
      let own: Message = builder.scalingType.map { "\($0)" } ?? "scaling"
      builder.find(
        "scaling-ignored", .error,
        "Unsloth before 2026.6.3 ignores the model's own \(own): it is trained un-scaled",
        at: anchor)
      builder.replaceScaling(
        [("rope_type", EffectiveBuilder.word("default", at: anchor))], window: nil, at: anchor, by: "Unsloth")
    }
    guard let option = command.option(.trainLength), let length = option.length, let window = builder.window else {
      return builder.configuration
    }
    let asked = Double(length)
    if asked > window, command.option("rope_scaling").map({ $0.node.isNull }) ?? true {
      if builder.scalingType == "llama3", !request.isBefore("2026.7.3") {
        builder.notes.append("the model's llama3 scaling is kept and its window widened to \(length)")
      } else {
        builder.replaceScaling(
          [
            ("rope_type", EffectiveBuilder.word("linear", at: option)),
            ("factor", EffectiveBuilder.derived(asked / window, at: option)),
          ], window: nil, at: option, by: "Unsloth")
        builder.notes.append(
          """
          max_seq_length \(length) is beyond the window of \(window.formattedShortest): Unsloth stretches linearly \
          by itself, by \((asked / window).formattedShortest)
          """
        )
      }
    }
    if asked > window {
      builder.setText(
        "max_position_embeddings", to: EffectiveBuilder.derived(asked, at: option), keyBytes: option.bytes)
    }
    return builder.configuration
  }
}

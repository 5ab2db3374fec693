import RopeJSON
import RopeMath

extension CommandFormat {
  /// TorchTitan: a TOML file up to 0.2.2, afterwards `--module`/`--config` and options.
  static let torchTitan = CommandFormat(
    name: "torchtitan", title: "TorchTitan", kind: .trainer, runtime: "torchtitan",
    programs: [
      ProgramPattern("run_train.sh", takesPositional: false), ProgramPattern("torchtitan.*", takesPositional: false),
    ],
    options: [
      "model.hf_assets_path": .model, "training.seq_len": .trainLength, "training.max_context_length": .trainLength,
    ],
    marks: ["training.seq_len", "model.flavor", "training.max_context_length", "job.config_file"],
    takesAssignments: false,
    document: { tree in
      tree.member("training")?.node.members != nil && tree.member("model")?.node.members != nil
        && (tree.member("model")?.node.member("flavor") != nil
          || tree.member("training")?.node.member("seq_len") != nil)
    },
    effective: { (request) throws(ConfigurationError) in
      var merge = TorchTitanMerge(request)
      return [merge.configuration()]
    })
}

/// TorchTitan's registry (`torchtitan/models/*`): the flavor decides, no config.json is read.
///
/// DeepSeek's YaRN, its magnitude included, is off while the sequence is not longer than the original 4,096 tokens, in
/// 0.2.0 to 0.2.2 and on main until August 2026; later `rope_factor > 1` alone decides. A TOML file is of such a
/// version.
struct TorchTitanMerge {
  private let request: EffectiveRequest
  private var builder: EffectiveBuilder

  init(_ request: EffectiveRequest) {
    self.request = request
    builder = EffectiveBuilder(request, runtime: "torchtitan")
  }

  private static let defaultLength = 2048.0

  /// The family by the file's own words, else by the configuration beside it.
  private var family: String {
    let command = builder.command
    let words = [
      command.option("model.name", "module", "model_name")?.text, command.environmentText("module"),
      builder.value("model_type")?.string,
    ]
    return words.compactMap { $0 }.first ?? ""
  }

  mutating func configuration() -> EffectiveConfiguration {
    builder.takeLengths()
    let command = builder.command
    guard let anchor = command.option("model.name", "model.flavor", "module") ?? command.option(.trainLength) else {
      return builder.configuration
    }
    let length = command.option(.trainLength)
    let family = family
    if family.hasPrefix("deepseek") || family.hasPrefix("kimi") {
      deepSeek(length, anchor)
    } else if family.hasPrefix("llama") {
      registry(
        anchor, theta: 500_000, head: 128, type: "llama",
        scaling: [
          ("factor", 8), ("low_freq_factor", 1), ("high_freq_factor", 4), ("original_max_position_embeddings", 8192),
        ], name: "llama3", window: 131_072)
    } else if family.hasPrefix("qwen3") {
      registry(anchor, theta: 1_000_000, head: 128, type: "qwen3", scaling: [], name: "default", window: nil)
    } else if family.hasPrefix("gpt_oss") {
      registry(
        anchor, theta: 150_000, head: 64, type: "gpt_oss",
        scaling: [
          ("factor", 32), ("beta_fast", 32), ("beta_slow", 1), ("original_max_position_embeddings", 4096),
        ], name: "yarn", window: 131_072)
    }
    return builder.configuration
  }

  /// Whether the version switches YaRN off by the length: a file in TOML, or no version from which it does not.
  private var isGuarded: Bool {
    let command = builder.command
    if let version = request.version, (version.numbers.first ?? 0) >= 2000 { return request.isBefore("2026.8.11") }
    if request.version != nil { return request.isBefore("0.2.3") }
    return command.tree != nil || command.option("training.seq_len", "model.flavor", "job.config_file") != nil
  }

  private mutating func deepSeek(_ length: CommandOption?, _ anchor: CommandOption) {
    let tokens = length?.number ?? Self.defaultLength
    let place = length ?? anchor
    if request.base == nil {
      builder.setText("model_type", to: EffectiveBuilder.word("deepseek_v3", at: anchor))
      builder.setText("qk_rope_head_dim", to: EffectiveBuilder.derived(64, at: anchor))
      builder.setText("kv_lora_rank", to: EffectiveBuilder.derived(512, at: anchor))
    }
    if isGuarded, tokens <= 4096 {
      builder.find(
        "scaling-off", .warning,
        """
        seq_len \(tokens.formattedShortest) is not beyond the original 4096: TorchTitan to 0.2.2, and main until August \
        2026, switch YaRN and its magnitude off and train un-scaled
        """, at: place)
      builder.removeText("rope_scaling", "rope_parameters")
      setWindow(tokens, place)
    } else {
      let numbers = [
        ("factor", 40.0), ("original_max_position_embeddings", 4096), ("beta_fast", 32), ("beta_slow", 1),
        ("mscale", 0.7), ("mscale_all_dim", 0.7),
      ]
      let isBig = builder.command.option("model.flavor")?.text == "671B"
      builder.replaceScaling(
        [("rope_type", EffectiveBuilder.word("yarn", at: anchor))]
          + numbers.map { ($0.0, EffectiveBuilder.derived(isBig && $0.0.hasPrefix("mscale") ? 1 : $0.1, at: anchor)) },
        window: nil, at: anchor, by: "the flavor")
      setWindow(isGuarded ? max(tokens, 163_840) : 163_840, place)
    }
    builder.setText("rope_theta", to: EffectiveBuilder.derived(10_000, at: anchor))
  }

  private mutating func setWindow(_ tokens: Double, _ option: CommandOption) {
    builder.setText("max_position_embeddings", to: EffectiveBuilder.derived(tokens, at: option), keyBytes: option.bytes)
  }

  private mutating func registry(
    _ anchor: CommandOption, theta: Double, head: Double, type: String, scaling: [(String, Double)], name: String,
    window: Double?
  ) {
    if request.base == nil {
      builder.setText("model_type", to: EffectiveBuilder.word(type, at: anchor))
      builder.setText("head_dim", to: EffectiveBuilder.derived(head, at: anchor))
    }
    if scaling.isEmpty {
      builder.removeText("rope_scaling", "rope_parameters")
    } else {
      builder.replaceScaling(
        [("rope_type", EffectiveBuilder.word(name, at: anchor))]
          + scaling.map { ($0.0, EffectiveBuilder.derived($0.1, at: anchor)) },
        window: nil, at: anchor, by: "the flavor")
    }
    builder.setText("rope_theta", to: EffectiveBuilder.derived(theta, at: anchor))
    let length = builder.command.option(.trainLength)?.number
    if let window {
      setWindow(max(window, length ?? 0), anchor)
    } else if let length {
      setWindow(length, builder.command.option(.trainLength) ?? anchor)
    }
  }
}

extension Command {
  func environmentText(_ path: String) -> String? { options.last { $0.isEnvironment && $0.path == path }?.text }
}

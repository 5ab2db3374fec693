import RopeJSON
import RopeMath

/// What Megatron's arguments say (`megatron/training/arguments.py`, `gpt_builders.py`, commit d98e8a6): sizes stay the
/// configuration's, everything that rotates is the arguments', with their defaults where they are silent.
struct MegatronMerge {
  private let request: EffectiveRequest
  private var builder: EffectiveBuilder
  /// Megatron-Bridge starts from what its bridge has read.
  private let isBridge: Bool

  init(_ request: EffectiveRequest, prefix: String) {
    self.request = request
    isBridge = !prefix.isEmpty
    builder = EffectiveBuilder(request)
  }

  private func option(_ name: String) -> CommandOption? {
    builder.command.options.last { $0.path == name || isBridge && $0.name == name && $0.path.contains("model.") }
  }

  mutating func configuration() -> EffectiveConfiguration {
    builder.takeLengths()
    guard let anchor = builder.command.options.first else { return builder.configuration }
    if isBridge { bridge(anchor) } else { arguments(anchor) }
    return builder.configuration
  }

  private mutating func bridge(_ anchor: CommandOption) {
    if let base = option("rotary_base") { setBase(base.node, base) }
    if let share = option("rotary_percent") {
      builder.setText("partial_rotary_factor", to: share.node, keyBytes: share.bytes)
    }
    if let type = option("position_embedding_type") ?? option("yarn_rotary_scaling_factor") { scale(type) }
    if let length = option("seq_length"), let tokens = length.length, let window = builder.window,
      Double(tokens) > window
    {
      builder.setText(
        "max_position_embeddings", to: EffectiveBuilder.derived(Double(tokens), at: length), keyBytes: length.bytes)
    }
  }

  private mutating func setBase(_ node: JSONNode, _ option: CommandOption) {
    builder.removeText("rope_theta")
    for key in ["rope_parameters", "rope_scaling"]
    where builder.root.value(at: builder.textPath + [key, "rope_theta"]) != nil {
      builder.set(builder.textPath + [key, "rope_theta"], to: node, keyBytes: option.bytes)
    }
    builder.setText("rope_theta", to: node, keyBytes: option.bytes)
  }

  /// Whether these are a few options, which do not show what else the run was given: as quoted, or without the sizes that
  /// slime's scripts take from another file.
  private var isQuoted: Bool {
    builder.command.program.isEmpty && builder.command.source.path == nil
      || builder.command.isPartial
  }

  private mutating func arguments(_ anchor: CommandOption) {
    let type =
      option("position_embedding_type")?.text ?? (option("use_rotary_position_embeddings")?.isOn == true ? "rope" : nil)
    let isLatent = option("multi_latent_attention")?.isOn == true
    if type == nil, !isLatent, !builder.command.isPartial,
      let rotary = option("rotary_base") ?? option("rotary_percent") ?? option("use_rope_scaling")
    {
      builder.find(
        "position-type-missing", .warning,
        "without --position-embedding-type rope (or yarn) Megatron-LM learns absolute positions and rotates nothing",
        at: rotary)
    }
    let base = option("rotary_base")
    if base != nil || !isQuoted { setBase(base?.node ?? EffectiveBuilder.derived(10_000, at: anchor), base ?? anchor) }
    if base == nil, !isQuoted { builder.notes.append("--rotary-base is not given: 10000") }
    if let share = option("rotary_percent"), type != "yarn" {
      builder.setText("partial_rotary_factor", to: share.node, keyBytes: share.bytes)
    }
    let window = option("max_position_embeddings")
    if let window, window.number != nil {
      builder.setText("max_position_embeddings", to: window.node, keyBytes: window.bytes)
    }
    if let longest = option("seq_length"), let tokens = longest.number, let limit = window?.number, tokens > limit {
      builder.find(
        "option-refused", .error, "--seq-length is above --max-position-embeddings: Megatron-LM stops (assertion)",
        at: longest)
    }
    scale(option("position_embedding_type") ?? anchor)
    for name in ["rotary_seq_len_interpolation_factor", "rope_scaling_factor"]
    where name == "rotary_seq_len_interpolation_factor" || !isMindSpeed {
      guard let given = option(name), let number = given.number, number != (name == "rope_scaling_factor" ? 8 : 1)
      else { continue }
      builder.find(
        "option-no-effect", .warning,
        "\(String(given.spelling.prefix { $0 != "=" })) has no effect: gpt_builders.py does not hand it to the model",
        at: given
      )
    }
  }

  /// MindSpeed-LLM names the scaling itself (`docs/…/features/yarn.md`); Megatron-LM has no such option.
  private var isMindSpeed: Bool { option("rope_scaling_type") != nil }

  private mutating func scale(_ anchor: CommandOption) {
    if let type = option("rope_scaling_type") {
      let keys = ["factor", "original_max_position_embeddings", "beta_fast", "beta_slow", "mscale", "mscale_all_dim"]
      return builder.replaceScaling(
        [("rope_type", type.node)]
          + keys.compactMap { key in option("rope_scaling_" + key).map { (key, $0.node) } }, window: nil, at: type,
        by: type.spelling)
    }
    let isLatent = option("multi_latent_attention")?.isOn == true && option("rope_type")?.text != "rope"
    if option("position_embedding_type")?.text == "yarn" || isLatent
      || isBridge && option("yarn_rotary_scaling_factor") != nil
    {
      return yarn(anchor)
    }
    if let flag = option("use_rope_scaling") ?? (isBridge ? option("rope_scaling") : nil), flag.isOn {
      let numbers = [
        ("factor", 8.0), ("low_freq_factor", 1), ("high_freq_factor", 4), ("original_max_position_embeddings", 8192),
      ]
      let bridgeFactor = isBridge ? option("rope_scaling_factor") : nil
      builder.replaceScaling(
        [("rope_type", EffectiveBuilder.word("llama3", at: flag))]
          + numbers.map { key, value in
            (
              key,
              key == "factor"
                ? bridgeFactor?.node ?? EffectiveBuilder.derived(value, at: flag)
                : EffectiveBuilder.derived(value, at: flag)
            )
          }, window: nil, at: flag, by: "--use-rope-scaling")
    } else if let factor = option("seq_len_interpolation_factor"), isBridge, let number = factor.number, number != 1 {
      builder.replaceScaling(
        [("rope_type", EffectiveBuilder.word("linear", at: factor)), ("factor", factor.node)], window: nil, at: factor,
        by: "seq_len_interpolation_factor")
    } else if !isBridge && !isQuoted || option("position_embedding_type") != nil {
      builder.removeText("rope_scaling", "rope_parameters")
    }
  }

  private mutating func yarn(_ anchor: CommandOption) {
    var members = [("rope_type", EffectiveBuilder.word("yarn", at: anchor))]
    let rows: [(names: [String], key: String, value: Double?)] = [
      (["rotary_scaling_factor", "yarn_rotary_scaling_factor"], "factor", 1),
      (
        ["yarn_original_max_position_embeddings", "original_max_position_embeddings"],
        "original_max_position_embeddings", 4096
      ),
      (["yarn_beta_fast", "beta_fast"], "beta_fast", 32), (["yarn_beta_slow", "beta_slow"], "beta_slow", 1),
      (["mscale", "yarn_mscale"], "mscale", isBridge ? nil : 1),
      (["mscale_all_dim", "yarn_mscale_all_dim"], "mscale_all_dim", isBridge ? nil : 0),
    ]
    for row in rows {
      let standing = row.names.first { option($0) != nil }
      if let given = standing.flatMap(option), given.number != nil {
        members.append((row.key, given.node))
      } else if let value = row.value {
        members.append((row.key, EffectiveBuilder.derived(value, at: anchor)))
        let reach = option("rotary_scaling_factor")?.number.map { $0 * value }
        let own = builder.scaling?.member(row.key)?.node.finiteNumber
        if row.key == "original_max_position_embeddings", !isBridge, own != value,
          (option("rotary_scaling_factor")?.number ?? 1) > 1,
          reach == nil || reach != option("max_position_embeddings")?.number
        {
          builder.find(
            "original-missing", .warning,
            "without --yarn-original-max-position-embeddings YaRN starts from 4096 tokens, whatever the model",
            at: anchor)
        }
      }
    }
    if let rounded = option("yarn_correction_range_round_to_int"), let flag = rounded.node.boolean, !flag {
      members.append(("truncate", rounded.node))
    }
    builder.replaceScaling(members, window: nil, at: anchor, by: "the arguments")
  }
}

extension Command {
  /// Whether sizes and rotation stand in another file, as those of slime's models do: what is not given may be given there.
  public var isPartial: Bool {
    format.name == "megatron" && option("hf_checkpoint") != nil && option("num_layers") == nil
  }
}

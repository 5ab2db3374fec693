import RopeJSON
import RopeMath
import RopeText

/// What llama.cpp's options make of a model (`common/arg.cpp`, `src/llama-context.cpp`, commit 0c1e57098).
///
/// `--override-kv` acts like an edited GGUF; the other options replace single numbers of the file, then the type
/// decides
/// what they mean. Values that are not given stay the file's.
struct LlamaCppMerge {
  private let request: EffectiveRequest
  private var builder: EffectiveBuilder

  init(_ request: EffectiveRequest) {
    self.request = request
    builder = EffectiveBuilder(request, runtime: "llama.cpp", version: request.version)
  }

  mutating func configuration() -> EffectiveConfiguration {
    for option in builder.command.options where option.path == "override_kv" { overrideKeys(option) }
    if let base = option("rope_freq_base"), let number = base.number, number > 0 {
      builder.setBase(base.node, keyBytes: base.bytes)
    }
    scale()
    builder.takeLengths()
    // 0 is the model's own window.
    shareAmongSlots()
    return builder.configuration
  }

  /// The context is shared by the slots that `--parallel` asks for, unless the cache is unified; without `--parallel` it
  /// is (`tools/server/server.cpp`, `llama_context`'s `n_ctx_seq`).
  private mutating func shareAmongSlots() {
    let command = builder.command
    guard command.startsServer, let slots = option("parallel") ?? option("np"),
      let count = slots.number, count >= 2,
      count <= 65_536, option("kv_unified")?.isOn != true, option("kvu")?.isOn != true,
      let asked = command.option(.servedLength), let tokens = asked.length
    else { return }
    builder.take(.servedLength, tokens / Int(count), from: asked)
    builder.notes.append(
      "each of the \(Int(count)) slots has \(tokens / Int(count)) of the \(tokens) tokens")
  }

  private func option(_ name: String) -> CommandOption? {
    builder.command.options.last { $0.path == name && !$0.isUnknown }
  }

  // MARK: Scaling

  /// The divisor of positions: `--rope-scale N`, or `--rope-freq-scale 1/N`; the later one counts.
  private var factor: (value: Double, option: CommandOption)? {
    let last = builder.command.options.last {
      ["rope_scale", "rope_freq_scale"].contains($0.path) && ($0.number ?? 0) > 0
    }
    guard let last, let number = last.number else { return nil }
    return (last.path == "rope_scale" ? number : 1 / number, last)
  }

  /// The type by name; the Python binding counts them.
  private var type: (name: String, option: CommandOption)? {
    if let named = option("rope_scaling"), let text = named.text { return (text, named) }
    if let counted = builder.command.options.last(where: { $0.path == "rope_scaling_type" }) {
      let names = ["none", "linear", "yarn"]
      if let name = counted.node.string {
        return names.first(where: name.lowercased().hasSuffix).map { ($0, counted) }
      }
      guard let number = counted.number, number >= 0, number < 3 else { return nil }
      return names.indices.contains(Int(number)) ? (names[Int(number)], counted) : nil
    }
    return nil
  }

  private mutating func scale() {
    let old = builder.scaling
    let oldType = builder.scalingType
    let mixing = option("yarn_ext_factor").flatMap { option in option.number.map { (value: $0, option: option) } }
    let given: [CommandOption?] = [
      type?.option, factor?.option, option("yarn_orig_ctx"), mixing?.option, option("yarn_attn_factor"),
      option("yarn_beta_fast"),
      option("yarn_beta_slow"),
    ]
    guard let anchor = given.compactMap({ $0 }).first else { return }
    if let oldType, ["llama3", "longrope", "su"].contains(oldType) {
      if type?.name != "none" || factor != nil {
        builder.find(
          "options-beside-factors", .warning,
          """
          the file holds a table of frequency factors (\(oldType)) that stays whatever the options say: what they add is \
          not computed here
          """, at: anchor)
      }
      return
    }
    var kind = type?.name ?? (oldType == "yarn" || oldType == "deepseek_yarn" ? "yarn" : "linear")
    guard ["none", "linear", "yarn"].contains(kind) else {
      return builder.find(
        "unknown-value", .error, "--rope-scaling takes none, linear or yarn, this is “\(kind.excerpt(40))”", at: anchor)
    }
    if kind == "none" {
      if let factor {
        builder.find(
          "override-no-effect", .warning, "--rope-scaling none sets the scale back to 1: this does nothing",
          at: factor.option)
      }
      return plain(anchor)
    }
    if let mixing, mixing.value >= 0 { kind = mixing.value == 0 ? "linear" : "yarn" }
    let stretch = factor ?? old?.member("factor")?.node.finiteNumber.map { ($0, anchor) } ?? (1, anchor)
    if kind == "linear" { linear(stretch, anchor) } else { yarn(stretch, old, anchor) }
  }

  private mutating func plain(_ anchor: CommandOption) {
    guard builder.scaling != nil else { return }
    builder.replaceScaling(
      EffectiveBuilder.dictionary([("rope_type", EffectiveBuilder.word("default", at: anchor))], at: anchor),
      .keepsMissing,
      keyBytes: anchor.bytes, by: "--rope-scaling")
  }

  private mutating func linear(_ factor: (value: Double, option: CommandOption), _ anchor: CommandOption) {
    guard factor.value != 1 else { return plain(anchor) }
    builder.replaceScaling(
      EffectiveBuilder.dictionary(
        [
          ("rope_type", EffectiveBuilder.word("linear", at: type?.option ?? anchor)),
          ("factor", EffectiveBuilder.derived(factor.value, at: factor.option)),
        ], at: anchor), .keepsMissing, keyBytes: anchor.bytes, by: "--rope-scale")
    if type == nil {
      builder.notes.append(
        "a scale without a type is linear: positions are divided by \(factor.value.formattedShortest)")
    }
  }

  private mutating func yarn(
    _ factor: (value: Double, option: CommandOption), _ old: JSONNode?, _ anchor: CommandOption
  ) {
    var members = [
      ("rope_type", EffectiveBuilder.word("yarn", at: type?.option ?? anchor)),
      ("factor", EffectiveBuilder.derived(factor.value, at: factor.option)),
    ]
    let length = option("yarn_orig_ctx").flatMap { option in
      option.number.flatMap { $0 > 0 ? (value: $0, option: option) : nil }
    }
    let known = old?.member("original_max_position_embeddings")?.node.finiteNumber ?? builder.window
    if let length {
      members.append(("original_max_position_embeddings", EffectiveBuilder.derived(length.value, at: length.option)))
    } else if let known {
      members.append(("original_max_position_embeddings", EffectiveBuilder.derived(known, at: anchor)))
    }
    for (path, key) in [("yarn_beta_fast", "beta_fast"), ("yarn_beta_slow", "beta_slow")] {
      if let beta = option(path), let number = beta.number, number >= 0 { members.append((key, beta.node)) }
    }
    for key in ["mscale", "mscale_all_dim"] {
      if let kept = old?.member(key) { members.append((key, kept.node)) }
    }
    let isOwn = old?.member("factor")?.node.finiteNumber == factor.value && builder.scalingType == "yarn"
    builder.replaceScaling(
      EffectiveBuilder.dictionary(members, at: anchor), .keepsMissing, keyBytes: anchor.bytes, by: "--rope-scaling")
    // A scale of one's own lengthens the trained context that the server caps its slots to.
    if !isOwn, factor.value > 0, let original = length?.value ?? known {
      builder.setText(
        "max_position_embeddings",
        to: EffectiveBuilder.derived((original * factor.value).rounded(.down), at: factor.option),
        keyBytes: factor.option.bytes)
    }
    if factor.value == 1 {
      builder.find(
        "scale-missing", .warning, "yarn without --rope-scale has the scale 1: nothing is stretched", at: anchor)
    }
  }

  // MARK: --override-kv

  private mutating func overrideKeys(_ option: CommandOption) {
    guard let text = option.text else { return }
    for entry in text.split(separator: ",") {
      let parts = entry.split(separator: "=", maxSplits: 1)
      let typed = parts.count == 2 ? parts[1].split(separator: ":", maxSplits: 1) : []
      guard parts.count == 2, typed.count == 2, ["int", "float", "bool", "str"].contains(typed[0]) else {
        builder.find(
          "malformed", .error,
          "--override-kv takes KEY=TYPE:VALUE with int, float, bool or str, this is “\(entry.excerpt(60))”", at: option)
        continue
      }
      guard let dot = parts[0].firstIndex(of: "."),
        case let own = String(parts[0][parts[0].index(after: dot)...]),
        // The file's factor multiplies YaRN's own, which no key of a configuration says.
        let row = ConfigurationKey.all.first(where: { $0.gguf == own && $0 != .attentionFactor })
      else { continue }
      guard row.ggufType == typed[0] else {
        builder.find(
          "wrong-type", .error,
          """
          \(String(parts[0])) is of the type \(row.ggufType); given as \(String(typed[0])) it is only warned of and the file's value \
          stays
          """,
          at: option)
        continue
      }
      let value = CommandOption.scalar(String(typed[1]))
      let node = JSONNode(value: row.ggufType == "str" ? .string(String(typed[1])) : value, bytes: option.node.bytes)
      if row == .base {
        builder.setBase(node, keyBytes: option.bytes)
      } else if row == .scalingType, typed[1] == "none" {
        plain(option)
      } else {
        let standing =
          builder.root.value(at: builder.textPath + ["rope_parameters"])?.members?.isEmpty == false
          ? "rope_parameters" : "rope_scaling"
        builder.set(
          builder.textPath + (row.isOfScaling ? [standing, row.name] : [row.name]), to: node, keyBytes: option.bytes)
      }
    }
  }
}

import RopeJSON
import RopeMath

/// A layer's scaling in the words of `rope_scaling` and `rope_parameters`.
struct RotaryDictionary {
  /// How a runtime is told the factor on cos and sin where it is not YaRN's own.
  enum Temperature: Sendable {
    /// `attention_factor`, the value itself.
    case attentionFactor
    /// `attn_factor`, a multiplier of YaRN's own.
    case multiplier
    /// `mscale` with `mscale_all_dim`.
    case mscale
    /// In the keys that the file has for it, as they stand.
    case stated
  }

  /// Keys of a YaRN dictionary that say the factor on cos and sin.
  static let temperatureKeys = ["attention_factor", "attn_factor", "mscale", "mscale_all_dim"]

  let request: SettingsRequest
  let temperature: Temperature

  /// The dictionary that this one replaces: what it states is stated again.
  let old: JSONNode?

  init(_ request: SettingsRequest, _ temperature: Temperature, replacing old: JSONNode? = nil) {
    self.request = request
    self.temperature = temperature
    self.old = old
  }

  private func states(_ keys: String...) -> Bool { keys.contains { old?.member($0)?.node.isNull == false } }

  /// Keys that say how frequencies are made. All others of a dictionary, such as `mrope_section`, are kept when it is
  /// written anew.
  static let scalingKeys: Set = [
    "rope_type", "type", "rope_theta", "partial_rotary_factor", "factor", "original_max_position_embeddings",
    "beta_fast", "beta_slow", "attention_factor", "attn_factor", "mscale", "mscale_all_dim", "truncate",
    "extrapolation_factor", "apply_yarn_scaling", "apply_scale", "low_freq_factor", "high_freq_factor", "short_factor",
    "long_factor", "short_mscale", "long_mscale", "alpha", "beta", "mixed_b", "max_trained_positions", "finetuned",
    "llama_4_scaling_beta",
  ]

  /// Type and numbers, without the base.
  func scaling() throws(ConfigurationError) -> [(String, JSONNode)] {
    var pairs: [(String, JSONNode)]
    let given = request.main?.given ?? [:]
    func float(_ key: String) -> (String, JSONNode) { (key, .float(given[key]?.number ?? 1)) }
    func count(_ key: String) -> (String, JSONNode) { (key, .count(given[key]?.number ?? 1)) }
    switch request.main?.id {
    case nil, "none", "abf", "ntk": pairs = [("rope_type", .text("default"))]
    case "linear": pairs = [("rope_type", .text("linear")), float("factor")]
    case "dynamic":
      guard given["original_max_position_embeddings"]?.number == Double(request.window) else {
        throw ConfigurationError(
          refusing: "dynamic scaling grows from max_position_embeddings, which must then be the trained length")
      }
      pairs = [("rope_type", .text("dynamic")), float("factor")]
    case "ntk-fixed", "ntk-mixed":
      guard request.runtime.name == "vllm" else { throw request.refusal() }
      pairs = [("rope_type", .text("ntk")), float("factor")]
      if request.main?.id == "ntk-mixed" { pairs.append(float("mixed_b")) }
    case "llama3":
      pairs = [
        ("rope_type", .text("llama3")), float("factor"), float("low_freq_factor"), float("high_freq_factor"),
        count("original_max_position_embeddings"),
      ]
    case "proportional":
      pairs = [("rope_type", .text("proportional")), float("partial_rotary_factor")]
      if let factor = given["factor"]?.number, factor != 1 { pairs.append(float("factor")) }
    case "longrope": pairs = longRoPE(given)
    case "yarn": pairs = try yarn()
    default: throw request.refusal()
    }
    if let part = request.parts.first(where: { $0.id == "ministral-temperature" }) {
      pairs.append(("llama_4_scaling_beta", .float(part.given["llama_4_scaling_beta"]?.number ?? 0)))
    }
    return pairs
  }

  private func longRoPE(_ given: [String: ParameterValue]) -> [(String, JSONNode)] {
    var pairs: [(String, JSONNode)] = [("rope_type", .text("longrope"))]
    for key in ["short_factor", "long_factor"] { pairs.append((key, .list(given[key]?.numbers ?? []))) }
    for key in ["factor", "attention_factor", "short_mscale", "long_mscale"] {
      if let number = given[key]?.number { pairs.append((key, .float(number))) }
    }
    pairs.append(("original_max_position_embeddings", .count(given["original_max_position_embeddings"]?.number ?? 1)))
    return pairs
  }

  private func yarn() throws(ConfigurationError) -> [(String, JSONNode)] {
    let values = try request.yarn()
    var pairs: [(String, JSONNode)] = [
      ("rope_type", .text("yarn")), ("factor", .float(values.factor)),
      ("original_max_position_embeddings", .count(values.original)),
    ]
    // The gpt-oss model file of vLLM before 0.12 stops without the two.
    if values.betaFast != 32 || values.betaSlow != 1 || states("beta_fast", "beta_slow")
      || request.modelType == "gpt_oss"
    {
      pairs += [("beta_fast", .float(values.betaFast)), ("beta_slow", .float(values.betaSlow))]
    }
    if !values.truncates || states("truncate") { pairs.append(("truncate", .flag(values.truncates))) }
    if values.extrapolationFactor != 1 { pairs.append(("extrapolation_factor", .float(values.extrapolationFactor))) }
    if temperature == .stated {
      for key in Self.temperatureKeys where states(key) {
        if let node = old?.member(key)?.node { pairs.append((key, node)) }
      }
      return pairs
    }
    let natural = YaRNTemperature.magnitude(scale: values.factor)
    let all = request.latentCoefficient
    if all != 0 || (request.isLatent && temperature == .mscale) {
      pairs += [("mscale", .float(request.mscale(for: values, all: all))), ("mscale_all_dim", .float(all))]
    } else if abs(values.attentionFactor - natural) > 1e-12 {
      switch temperature {
      case .attentionFactor: pairs.append(("attention_factor", .float(values.attentionFactor)))
      case .multiplier: pairs.append(("attn_factor", .float(values.attentionFactor / natural)))
      case .mscale, .stated:
        pairs += [("mscale", .float(request.mscale(for: values, all: 0))), ("mscale_all_dim", .float(0))]
      }
    }
    return pairs
  }

  // MARK: What is replaced

  /// Members of the dictionary that this one replaces and that say nothing of scaling.
  static func kept(of old: JSONNode?) -> [(String, JSONNode)] {
    (old?.members ?? []).filter { !scalingKeys.contains($0.key) && !$0.node.isNull }.map { ($0.key, $0.node) }
  }

  /// Members that must be said because the runtime merges the new dictionary with the old one: each old number of
  /// scaling that the new one does not mention, at the value that means nothing.
  static func cancelled(_ old: JSONNode?, by new: [(String, JSONNode)]) -> [(String, JSONNode)] {
    let type = new.first { $0.0 == "rope_type" }?.1
    let neutral: [String: JSONNode] = [
      "type": type ?? .text("default"), "beta_fast": .float(32), "beta_slow": .float(1), "truncate": .flag(true),
      "extrapolation_factor": .float(1), "attn_factor": .float(1), "apply_yarn_scaling": .flag(true),
      "apply_scale": .flag(true),
    ]
    return (old?.members ?? []).filter { member in
      scalingKeys.contains(member.key) && !member.node.isNull && member.key != "finetuned"
        && !new.contains { $0.0 == member.key }
    }
    .map { ($0.key, neutral[$0.key] ?? .null) }
  }
}

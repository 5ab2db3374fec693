import RopeJSON
import RopeMath
import RopeText

/// Scaling.
extension GGUFTranslation {
  /// Frequency factors that converters store as tensors: one divisor a pair.
  struct Factors {
    var plain: [Double]?
    var long: [Double]?
    var short: [Double]?
  }

  func scalingFactors(
    _ read: (String) throws(ConfigurationError) -> [Double]?
  ) throws(ConfigurationError) -> Factors {
    Factors(
      plain: try read("rope_freqs.weight"), long: try read("rope_factors_long.weight"),
      short: try read("rope_factors_short.weight"))
  }

  /// llama.cpp multiplies what the file gives: lists of divisors, the factor, YaRN's ramp and the attention factor.
  mutating func addScaling(_ factors: Factors) {
    let type = metadata[key("rope.scaling.type")]?.text ?? "linear"
    guard ["none", "linear", "yarn", "longrope"].contains(type) else {
      return addDictionary(["rope_type": .string(type)], ["rope_type": "rope.scaling.type"])
    }
    if let plain = factors.plain, plain.contains(where: { $0 != 1 }) { return addFrequencyFactors(plain) }
    if let long = factors.long { return addLongRoPE(long: long, short: factors.short) }
    if type != "yarn", ownMagnitude != 1, let pairs = rotatedPairs {
      return addFrequencyFactors([Double](repeating: 1, count: pairs))
    }
    switch type {
    case "yarn": addYaRN()
    case "linear": addLinear()
    // Without lists only the factor is left of it.
    case _ where factor != 1: addLinear()
    default: addWithTemperature()
    }
  }

  private mutating func addLinear() {
    let isNamed = metadata[key("rope.scaling.type")] != nil
    var (members, origins) = given([.factor])
    if members["factor"] == nil, let old = metadata[key("rope.scale_linear")] {
      members["factor"] = translated(old)
      origins["factor"] = "rope.scale_linear"
    }
    guard isNamed || factor != 1 else {
      // The lists that it belongs to are not in the file.
      if let original = metadata[key("rope.scaling.original_context_length")] {
        add("original_max_position_embeddings", translated(original), from: key("rope.scaling.original_context_length"))
      }
      return addWithTemperature()
    }
    members["rope_type"] = .string("linear")
    addWithTemperature(members, origins)
    if !isNamed, origins["factor"] != "rope.scale_linear" {
      notes.append("rope.scaling.factor without rope.scaling.type means linear scaling to llama.cpp")
    }
  }

  private mutating func addYaRN() {
    let turns: [ConfigurationKey] = known.readsTurns ? [.betaFast, .betaSlow] : []
    var (members, origins) = given([.factor, .originalLength] + turns)
    members["rope_type"] = .string("yarn")
    let multiplier = metadata[key("rope.scaling.yarn_log_multiplier")]?.number ?? 0
    // Rounded: float32 holds 0.0707 as 0.07069999724.
    let coefficient = known.logarithmUnit.map { (multiplier / $0 * 1e6).rounded() / 1e6 } ?? 0
    if ownMagnitude != 1 {
      // ggml multiplies its own factor, which config.json's replaces.
      let divisor = coefficient == 0 ? 1 : YaRNTemperature.magnitude(scale: factor, coefficient: coefficient)
      members["attention_factor"] = number(ownMagnitude * YaRNTemperature.magnitude(scale: factor) / divisor)
      origins["attention_factor"] = "rope.scaling.attn_factor"
    }
    if coefficient != 0 {
      members["mscale"] = number(known.logarithmUnit == 1 ? 1 : coefficient)
      members["mscale_all_dim"] = number(coefficient)
      origins["mscale"] = "rope.scaling.yarn_log_multiplier"
      origins["mscale_all_dim"] = "rope.scaling.yarn_log_multiplier"
    }
    if coefficient == 0, known.logarithmUnit == 0.1 {
      // Latent attention without a coefficient multiplies the slice that rotates, and all of the logit.
      members["attention_factor"] = number(ownMagnitude * YaRNTemperature.magnitude(scale: factor))
      members["mscale_all_dim"] = number(1)
      if multiplier == 0 {
        notes.append(
          """
          \(key("rope.scaling.yarn_log_multiplier")) is missing: llama.cpp takes a coefficient of 1 and multiplies what \
          rotates once more. Convert the model again
          """)
      }
    }
    noteUnreadYaRN()
    addWithTemperature(members, origins)
  }

  /// A scaling and, where the file has one, the temperature of queries beside it.
  private mutating func addWithTemperature(
    _ members: [String: JSONNode.Value] = [:], _ origins: [String: String] = [:]
  ) {
    let beside = temperature
    addDictionary(
      members.merging(beside.members) { own, _ in own }, origins.merging(beside.origins) { own, _ in own })
  }

  private mutating func noteUnreadYaRN() {
    for unread in ["yarn_ext_factor", "yarn_attn_factor"] where metadata[key("rope.scaling." + unread)] != nil {
      notes.append("\(key("rope.scaling." + unread)) is not read: llama.cpp overrides it while YaRN is active")
    }
    let unread = known.readsTurns ? [] : ["yarn_beta_fast", "yarn_beta_slow"]
    for name in unread + (known.logarithmUnit == nil ? ["yarn_log_multiplier"] : [])
    where metadata[key("rope.scaling." + name)] != nil {
      notes.append("\(key("rope.scaling." + name)) is not read: llama.cpp does not in this architecture")
    }
  }

  private mutating func addLongRoPE(long: [Double], short: [Double]?) {
    var (members, origins) = given([.originalLength, .attentionFactor])
    // Nothing but the file's own factor multiplies; no length gives one.
    members["attention_factor"] = number(ownMagnitude)
    members["rope_type"] = .string("longrope")
    members["long_factor"] = list(long.map { $0 * factor })
    members["short_factor"] = list((short ?? long.map { _ in 1 }).map { $0 * factor })
    origins["long_factor"] = "rope_factors_long.weight"
    origins["short_factor"] = "rope_factors_short.weight"
    addDictionary(members, origins)
    notes.append(
      "the list of divisors is chosen by the tokens that are read; llama.cpp chooses once, by the context it allocates")
  }

  /// Llama 3's scaling is stored as its result. The file does not tell its parameters; where the published ones give
  /// these very numbers they are named, otherwise the numbers themselves are the scaling.
  private mutating func addFrequencyFactors(_ factors: [Double]) {
    if let share = Self.share(factors), known.slidesUndivided { return addShare(share) }
    let base = metadata[key("rope.freq_base")]?.number ?? 10_000
    let isYaRN = metadata[key("rope.scaling.type")]?.text == "yarn"
    let magnitude = ownMagnitude * (isYaRN ? YaRNTemperature.magnitude(scale: factor) : 1)
    if factor == 1, magnitude == 1, let match = Llama3Factors.published(giving: factors, base: base) {
      addDictionary(
        [
          "rope_type": .string("llama3"), "factor": number(match.factor), "low_freq_factor": number(match.lowFactor),
          "high_freq_factor": number(match.highFactor), "original_max_position_embeddings": number(match.original),
        ], ["": "rope_freqs.weight"])
      notes.append(
        "rope_freqs.weight is Llama 3's scaling with factor \(match.factor.formattedShortest), original length "
          + "\(Int(match.original))")
      return
    }
    let divisors = zip(factors, stretch(pairs: factors.count, base: base, isYaRN: isYaRN)).map { $0 * $1 }
    var members: [String: JSONNode.Value] = [
      "rope_type": .string("longrope"), "long_factor": list(divisors), "short_factor": list(divisors),
      "factor": number(1), "attention_factor": number(magnitude),
    ]
    if let window = metadata[key("context_length")]?.number {
      members["original_max_position_embeddings"] = number(window)
    }
    let isStored = factors.contains { $0 != 1 }
    addDictionary(members, ["": isStored ? "rope_freqs.weight" : key("rope.scaling.attn_factor")])
    if isStored {
      notes.append(
        "rope_freqs.weight holds divisors of the frequencies that no published scaling gives; read as they are"
          + (factor == 1 ? "" : ", together with the scaling beside them"))
    }
    if isYaRN { noteUnreadYaRN() }
  }

  /// The share of a head's pairs that rotate, where divisors stop the others.
  private static func share(_ factors: [Double]) -> Double? {
    let rotated = factors.prefix { $0 == 1 }.count
    guard rotated > 0, rotated < factors.count, factors[rotated...].allSatisfy({ $0 > 1e29 }) else { return nil }
    return Double(rotated) / Double(factors.count)
  }

  /// Layers that see all of the text rotate a share of their heads, the others rotate whole.
  private mutating func addShare(_ share: Double) {
    let types = [
      (
        "full_attention", ["rope_type": .string("proportional"), "partial_rotary_factor": number(share)],
        "rope.freq_base"
      ),
      ("sliding_attention", ["rope_type": JSONNode.Value.string("default")], "rope.freq_base_swa"),
    ]
    let members = types.map { type, values, base in
      var values = values
      if let number = metadata[key(base)] { values["rope_theta"] = translated(number) }
      return JSONNode.Member(
        key: type, keyBytes: 0..<0,
        node: node(
          .object(
            values.sorted { $0.key < $1.key }.map {
              JSONNode.Member(key: $0.key, keyBytes: 0..<0, node: node($0.value))
            })))
    }
    add("rope_parameters", .object(members), from: "rope_freqs.weight")
  }

  /// What the keys of scaling divide each frequency by, beside `rope_freqs.weight`: ggml's `rope_yarn` mixes an angle that
  /// is divided already.
  private func stretch(pairs: Int, base: Double, isYaRN: Bool) -> [Double] {
    guard isYaRN, factor != 1 else { return [Double](repeating: factor, count: pairs) }
    let original = metadata[key("rope.scaling.original_context_length")] ?? metadata[key("context_length")]
    func turns(_ entry: ConfigurationKey, _ standard: Double) -> Double {
      guard known.readsTurns, let own = entry.gguf else { return standard }
      return metadata[key(own)]?.number ?? standard
    }
    let ramp = YaRNRamp(
      trainedLength: original?.number ?? 1, betaFast: turns(.betaFast, 32), betaSlow: turns(.betaSlow, 1))
    return ramp.weights(count: pairs, dimension: 2 * pairs, base: base).map { 1 / ($0 / factor + 1 - $0) }
  }

  /// The factor that llama.cpp divides positions by; 1 where the type says none.
  private var factor: Double {
    guard metadata[key("rope.scaling.type")]?.text != "none" else { return 1 }
    let given = metadata[key("rope.scaling.factor")] ?? metadata[key("rope.scale_linear")]
    guard let factor = given?.number, factor.isFinite, factor > 0 else { return 1 }
    return factor
  }

  /// The factor of cosines and sines that the file gives, whatever its scaling.
  private var ownMagnitude: Double { metadata[key("rope.scaling.attn_factor")]?.number ?? 1 }

  /// The coefficient of a temperature of queries (Mistral 3 and 4), which has no place of its own in config.json.
  private var temperature: (members: [String: JSONNode.Value], origins: [String: String]) {
    let name = "attention.temperature_scale"
    guard known.hasTemperature, let scale = metadata[key(name)]?.number, scale != 0 else { return ([:], [:]) }
    var (members, origins) = given([.originalLength])
    members["rope_type"] = .string("default")
    members["llama_4_scaling_beta"] = number(Double("\(Float(scale))") ?? scale)
    origins["llama_4_scaling_beta"] = name
    return (members, origins)
  }

  /// Pairs of a head that rotate; nil where the file does not tell.
  private var rotatedPairs: Int? {
    let heads = metadata[key("attention.head_count")]?.integer ?? 0
    let derived = heads > 0 ? (metadata[key("embedding_length")]?.integer ?? 0) / heads : 0
    let size =
      metadata[key("rope.dimension_count")]?.integer ?? metadata[key("attention.key_length")]?.integer ?? derived
    return (2...RotaryGeometry.largestHeadDimension).contains(size) ? size / 2 : nil
  }
}

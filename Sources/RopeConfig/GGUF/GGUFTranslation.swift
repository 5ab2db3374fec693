import RopeJSON
import RopeMath
import RopeTensors
import RopeText

/// The metadata of a GGUF file said in the keys of config.json, each with the key that it came from.
struct GGUFTranslation {
  /// Members of the object, in the order in which they were found.
  private(set) var members: [JSONNode.Member] = []
  /// Which key of the file a JSON pointer stands for.
  private(set) var origins: [String: String] = [:]
  /// What a reader should know of how the file was understood.
  private(set) var notes: [String] = []

  /// A key that config.json has not: the sizes beside it are those that the file's rows are stored for.
  static let architectureKey = "gguf_architecture"

  private let metadata: [String: GGUFValue]
  private let architecture: String

  /// - Parameter factors: reads one of the file's small tensors of frequency factors; nil where there is none.
  init(
    _ file: GGUF, factors: (String) throws(ConfigurationError) -> [Double]?
  ) throws(ConfigurationError) {
    metadata = file.metadata
    guard let name = metadata["general.architecture"]?.text, !name.isEmpty else {
      if let count = file.partCount {
        throw ConfigurationError(
          .unsupported, "the file is one of \(count) parts of a model; join them first (llama-gguf-split --merge)")
      }
      throw ConfigurationError(
        .invalid, "the file has no text “general.architecture”: what it holds is no language model")
    }
    architecture = name
    let known = GGUFArchitecture.named(name)
    add("model_type", .string(known.modelType), from: "general.architecture")
    add(Self.architectureKey, .string(name), from: "general.architecture")
    add("rope_interleave", .bool(known.pairs == .interleaved), from: "general.architecture")
    if !GGUFArchitecture.isKnown(name) {
      notes.append("the architecture “\(name.excerpt(40))” is not known here; read as one that pairs halves")
    }
    try checkLayerLists()
    addSizes()
    addRotation()
    addScaling(try scalingFactors(factors))
  }

  // MARK: Sizes

  /// Entries of a list that is read at most; models have some hundred layers.
  private static let longestList = 65_536

  /// Lists of one entry a layer, held against the number of layers before they are read.
  private func checkLayerLists() throws(ConfigurationError) {
    let layers = min(metadata[key("block_count")]?.integer ?? Self.longestList, Self.longestList)
    for name in ["attention.head_count", "attention.head_count_kv", "attention.sliding_window_pattern"] {
      guard let list = metadata[key(name)]?.list, list.count > layers else { continue }
      throw ConfigurationError(
        .invalid, "“\(key(name))” is a list of \(list.count) entries, expected at most \(layers), one a layer",
        pointer: key(name))
    }
  }

  /// The numbers of a list that is no longer than a model can need.
  private func numbers(_ value: GGUFValue) -> [Double]? {
    guard let list = value.list, list.count <= Self.longestList else { return nil }
    return list.numbers
  }

  private mutating func addSizes() {
    addNumber(.layers)
    addNumber(.heads)
    addNumber(.keyValueHeads)
    addNumber(.hiddenSize)
    addNumber(.window)
    addNumber(.latentRank)
    addNumber(.slidingWindow)
    // A list of flags here says layer by layer what a number says as a period.
    if let pattern = metadata[key("attention.sliding_window_pattern")]?.list?.integers {
      let types = pattern.map { node(.string($0 == 0 ? "full_attention" : "sliding_attention")) }
      add("layer_types", .array(types), from: key("attention.sliding_window_pattern"))
    } else {
      addNumber("sliding_window_pattern", "attention.sliding_window_pattern")
    }
    for (name, stored) in StoredKeys.table {
      if let flag = metadata[key(stored)]?.flag {
        add(name, .bool(flag), from: key(stored))
      } else {
        addNumber(name, stored)
      }
    }
    if metadata[key("vocab_size")] != nil {
      addNumber("vocab_size", "vocab_size")
    } else if let tokens = metadata["tokenizer.ggml.tokens"]?.list {
      add("vocab_size", number(Double(tokens.count)), from: "tokenizer.ggml.tokens")
    }
  }

  // MARK: Rotation

  private mutating func addRotation() {
    if metadata[key("attention.kv_lora_rank")] != nil {
      addNumber("qk_rope_head_dim", "rope.dimension_count")
    } else if metadata[key("attention.key_length_swa")] != nil {
      // Heads of two sizes, each rotated whole.
      addNumber("head_dim", "attention.key_length_swa")
      addNumber("global_head_dim", "attention.key_length")
    } else {
      addNumber(.headDimension)
      addNumber(.rotaryDimension)
    }
    addNumber(.base)
    addNumber(.slidingBase)
  }

  // MARK: Scaling

  /// Frequency factors that converters store as tensors: one divisor a pair.
  private struct Factors {
    var plain: [Double]?
    var long: [Double]?
    var short: [Double]?
  }

  private func scalingFactors(
    _ read: (String) throws(ConfigurationError) -> [Double]?
  ) throws(ConfigurationError) -> Factors {
    Factors(
      plain: try read("rope_freqs.weight"), long: try read("rope_factors_long.weight"),
      short: try read("rope_factors_short.weight"))
  }

  private mutating func addScaling(_ factors: Factors) {
    if let plain = factors.plain, plain.contains(where: { $0 != 1 }) { return addFrequencyFactors(plain) }
    if let long = factors.long { return addLongRoPE(long: long, short: factors.short) }
    let type = metadata[key("rope.scaling.type")]?.text
    switch type {
    case nil:
      // Old files give a divisor of positions without a type.
      if let factor = metadata[key("rope.scale_linear")]?.number, factor != 1 {
        addDictionary(["rope_type": .string("linear"), "factor": number(factor)], ["factor": "rope.scale_linear"])
      } else if let factor = metadata[key("rope.scaling.factor")]?.number, factor > 1 {
        addDictionary(["rope_type": .string("linear"), "factor": number(factor)], ["factor": "rope.scaling.factor"])
        notes.append("rope.scaling.factor without rope.scaling.type means linear scaling to llama.cpp")
      }
    case "none": break
    case "linear":
      var (members, origins) = given([.factor])
      members["rope_type"] = .string("linear")
      addDictionary(members, origins)
    case "yarn": addYaRN()
    case let other?: addDictionary(["rope_type": .string(other)], ["rope_type": "rope.scaling.type"])
    }
  }

  private mutating func addYaRN() {
    var (members, origins) = given([.factor, .originalLength, .betaFast, .betaSlow])
    members["rope_type"] = .string("yarn")
    if let factor = metadata[key("rope.scaling.attn_factor")]?.number, factor != 1,
      let scale = metadata[key("rope.scaling.factor")]?.number, scale > 0
    {
      // ggml multiplies its own factor, which config.json's replaces.
      members["attention_factor"] = number(factor * YaRNTemperature.magnitude(scale: scale))
      origins["attention_factor"] = "rope.scaling.attn_factor"
    }
    if let multiplier = metadata[key("rope.scaling.yarn_log_multiplier")]?.number, multiplier != 0 {
      // Stored as 0.1 times the config's number.
      members["mscale"] = number((multiplier * 1e7).rounded() / 1e6)
      members["mscale_all_dim"] = members["mscale"]
      origins["mscale"] = "rope.scaling.yarn_log_multiplier"
      origins["mscale_all_dim"] = "rope.scaling.yarn_log_multiplier"
    }
    for unread in ["yarn_ext_factor", "yarn_attn_factor"] where metadata[key("rope.scaling." + unread)] != nil {
      notes.append("\(key("rope.scaling." + unread)) is not read: llama.cpp overrides it while YaRN is active")
    }
    addDictionary(members, origins)
  }

  private mutating func addLongRoPE(long: [Double], short: [Double]?) {
    var (members, origins) = given([.originalLength, .attentionFactor])
    members["rope_type"] = .string("longrope")
    members["long_factor"] = .array(long.map { node(number($0)) })
    members["short_factor"] = .array((short ?? [Double](repeating: 1, count: long.count)).map { node(number($0)) })
    origins["long_factor"] = "rope_factors_long.weight"
    origins["short_factor"] = "rope_factors_short.weight"
    addDictionary(members, origins)
  }

  /// Llama 3's scaling is stored as its result. The file does not tell its parameters; where the published ones give
  /// these very numbers they are named, otherwise the numbers themselves are the scaling.
  private mutating func addFrequencyFactors(_ factors: [Double]) {
    let base = metadata[key("rope.freq_base")]?.number ?? 10_000
    if let match = Llama3Factors.published(giving: factors, base: base) {
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
    let list = JSONNode.Value.array(factors.map { node(number($0)) })
    var members: [String: JSONNode.Value] = [
      "rope_type": .string("longrope"), "long_factor": list, "short_factor": list, "factor": number(1),
      "attention_factor": number(1),
    ]
    if let window = metadata[key("context_length")]?.number {
      members["original_max_position_embeddings"] = number(window)
    }
    addDictionary(members, ["": "rope_freqs.weight"])
    notes.append(
      "rope_freqs.weight holds divisors of the frequencies that no published scaling gives; read as they are")
  }

  // MARK: Writing

  private func key(_ name: String) -> String { architecture + "." + name }

  private func node(_ value: JSONNode.Value) -> JSONNode { JSONNode(value: value, bytes: 0..<0) }

  private func number(_ number: Double) -> JSONNode.Value {
    if let integer = Int(exactly: number) { return .number(number, literal: "\(integer)") }
    return .number(number, literal: "\(number)")
  }

  /// Members of the scaling that the file gives, and the file's key of each, given or not.
  private func given(_ keys: [ConfigurationKey]) -> (members: [String: JSONNode.Value], origins: [String: String]) {
    var members: [String: JSONNode.Value] = [:]
    var origins: [String: String] = [:]
    for entry in keys {
      guard let own = entry.gguf else { continue }
      origins[entry.name] = own
      if let value = metadata[key(own)] { members[entry.name] = translated(value) }
    }
    return (members, origins)
  }

  /// A value of the file; one of another kind than a number becomes a text or a list, for the resolver to refuse.
  private func translated(_ value: GGUFValue) -> JSONNode.Value {
    // float32 holds 1e-5 as 9.999999747e-6; whole numbers and those of few digits read as they were meant.
    if case .number(let double) = value, double.isFinite, let short = Double("\(Float(double))") {
      return number(short)
    }
    if let double = value.number { return number(double) }
    // Layers may differ (one number a layer): the largest stands for all, as config.json has one.
    if let largest = numbers(value)?.max() { return number(largest) }
    if case .list = value { return .array([]) }
    return .string(value.text ?? value.phrase)
  }

  private mutating func addNumber(_ entry: ConfigurationKey) {
    if let own = entry.gguf { addNumber(entry.name, own) }
  }

  private mutating func addNumber(_ name: String, _ own: String) {
    guard let value = metadata[key(own)] else { return }
    if let numbers = numbers(value), Set(numbers).count > 1 {
      notes.append("\(key(own)) differs from layer to layer; the largest is shown")
    }
    add(name, translated(value), from: key(own))
  }

  private mutating func add(_ name: String, _ value: JSONNode.Value, from origin: String) {
    members.append(JSONNode.Member(key: name, keyBytes: 0..<0, node: node(value)))
    origins["/" + name] = origin
  }

  /// `rope_scaling`, its members in alphabetical order.
  private mutating func addDictionary(_ values: [String: JSONNode.Value], _ own: [String: String]) {
    let members = values.sorted { $0.key < $1.key }.map {
      JSONNode.Member(key: $0.key, keyBytes: 0..<0, node: node($0.value))
    }
    let tensor = own[""]
    add("rope_scaling", .object(members), from: tensor ?? key("rope.scaling.type"))
    // Keys that the file lacks have an origin too: what is missing is told in the file's own words.
    for name in Set(members.map(\.key)).union(own.keys) where !name.isEmpty {
      let origin = own[name].map { $0.hasSuffix(".weight") ? $0 : key($0) }
      origins["/rope_scaling/" + name] = tensor ?? origin ?? key("rope.scaling.type")
    }
  }
}

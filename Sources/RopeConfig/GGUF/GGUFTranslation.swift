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
  var notes: [String] = []

  /// A key that config.json has not: the sizes beside it are those that the file's rows are stored for.
  static let architectureKey = "gguf_architecture"
  /// The name of the model that the file tells.
  static let nameKey = "_name_or_path"

  let metadata: [String: GGUFValue]
  let architecture: String
  let known: GGUFArchitecture

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
    known = GGUFArchitecture.named(name)
    let isWindowed = (metadata[name + ".attention.sliding_window"]?.number ?? 0) > 0
    add("model_type", .string(known.modelType(isWindowed: isWindowed)), from: "general.architecture")
    add(Self.architectureKey, .string(name), from: "general.architecture")
    if let own = metadata["general.name"]?.text { add(Self.nameKey, .string(own), from: "general.name") }
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
    addLayers()
    addNumber(.heads)
    addNumber(.keyValueHeads)
    addNumber(.hiddenSize)
    addNumber(.window)
    addNumber(.latentRank)
    if known.readsWindow(layers: metadata[key("block_count")]?.integer ?? 0) {
      addNumber(.slidingWindow)
      if known.notesWindow, (metadata[key("attention.sliding_window")]?.number ?? 0) > 0 {
        notes.append("\(key("attention.sliding_window")) holds, as in transformers; llama.cpp switches it off")
      }
    }
    // A list of flags here says layer by layer what a number says as a period.
    if let pattern = metadata[key("attention.sliding_window_pattern")]?.list?.integers {
      let types = pattern.map { node(.string($0 == 0 ? "full_attention" : "sliding_attention")) }
      add("layer_types", .array(types), from: key("attention.sliding_window_pattern"))
    } else {
      addNumber("sliding_window_pattern", "attention.sliding_window_pattern")
    }
    addNumbersByLayer()
    for (name, stored) in StoredKeys.table {
      if let flag = metadata[key(stored)]?.flag {
        add(name, .bool(flag), from: key(stored))
      } else {
        addNumber(name, stored)
      }
    }
    for (name, constant) in known.constants.sorted(by: { $0.key < $1.key })
    where !members.contains(where: { $0.key == name }) {
      add(name, constant.node.value, from: "general.architecture")
    }
    if metadata[key("vocab_size")] != nil {
      addNumber("vocab_size", "vocab_size")
    } else if let tokens = metadata["tokenizer.ggml.tokens"]?.list {
      add("vocab_size", number(Double(tokens.count)), from: "tokenizer.ggml.tokens")
    }
  }

  /// Widths that differ from layer to layer, and the key heads of layers that do not slide, which config.json has a key of
  /// their own for.
  private mutating func addNumbersByLayer() {
    if let widths = metadata[key("feed_forward_length")].flatMap(numbers), Set(widths).count > 1 {
      add(StoredKeys.widths, list(widths), from: key("feed_forward_length"))
    }
    for (name, stored) in StoredKeys.ofLayers {
      guard let value = metadata[stored], let values = numbers(value) ?? value.number.map({ [$0] }) else { continue }
      add(name, list(values), from: stored)
    }
    guard let heads = metadata[key("attention.head_count_kv")].flatMap(numbers), Set(heads).count > 1,
      let slides = metadata[key("attention.sliding_window_pattern")]?.list?.integers,
      let full = slides.firstIndex(of: 0), heads.indices.contains(full)
    else { return }
    add("num_global_key_value_heads", number(heads[full]), from: key("attention.head_count_kv"))
  }

  /// Blocks at the end that guess further tokens (`nextn_predict_layers`) are no layers of the model.
  private mutating func addLayers() {
    guard let all = metadata[key("block_count")]?.integer, let further = metadata[key("nextn_predict_layers")]?.integer,
      (1..<max(all, 1)).contains(further)
    else { return addNumber(.layers) }
    add(ConfigurationKey.layers.name, number(Double(all - further)), from: key("block_count"))
  }

  // MARK: Rotation

  private mutating func addRotation() {
    if metadata[key("attention.kv_lora_rank")] != nil {
      addNumber("qk_rope_head_dim", "rope.dimension_count")
      addLatentSizes()
    } else if metadata[key("attention.key_length_swa")] != nil {
      // Heads of two sizes, each rotated whole.
      addNumber("head_dim", "attention.key_length_swa")
      addNumber("global_head_dim", "attention.key_length")
    } else {
      addNumber(.headDimension)
      addNumber(.rotaryDimension)
    }
    if known.switchesRotation, metadata[key("rope.scaling.finetuned")]?.flag == false {
      add("position_embedding_type", .string("nope"), from: key("rope.scaling.finetuned"))
    }
    addNumber(.base)
    addNumber(.slidingBase)
    if metadata[key("rope.freq_base_swa")] == nil, known.slidesWithSameBase,
      let base = metadata[key("rope.freq_base")]
    {
      add(ConfigurationKey.slidingBase.name, translated(base), from: key("rope.freq_base"))
    }
  }

  /// Older files have the sizes of whole heads, newer ones those of the narrow row beside them.
  private mutating func addLatentSizes() {
    let head = ["attention.key_length_mla", "attention.key_length"].first { metadata[key($0)] != nil }
    if let head, let size = metadata[key(head)]?.integer, let rotated = metadata[key("rope.dimension_count")]?.integer,
      size > rotated
    {
      add("qk_nope_head_dim", number(Double(size - rotated)), from: key(head))
    }
    let value = ["attention.value_length_mla", "attention.value_length"].first { metadata[key($0)] != nil }
    if let value { addNumber("v_head_dim", value) }
  }

  // MARK: Writing

  func key(_ name: String) -> String { architecture + "." + name }

  func node(_ value: JSONNode.Value) -> JSONNode { JSONNode(value: value, bytes: 0..<0) }

  func list(_ numbers: [Double]) -> JSONNode.Value { .array(numbers.map { node(number($0)) }) }

  func number(_ number: Double) -> JSONNode.Value {
    if let integer = Int(exactly: number) { return .number(number, literal: "\(integer)") }
    return .number(number, literal: "\(number)")
  }

  /// Members of the scaling that the file gives, and the file's key of each, given or not.
  func given(_ keys: [ConfigurationKey]) -> (members: [String: JSONNode.Value], origins: [String: String]) {
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
  func translated(_ value: GGUFValue) -> JSONNode.Value {
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

  mutating func add(_ name: String, _ value: JSONNode.Value, from origin: String) {
    members.append(JSONNode.Member(key: name, keyBytes: 0..<0, node: node(value)))
    origins["/" + name] = origin
  }

  /// `rope_scaling`, its members in alphabetical order; none where there are no members.
  mutating func addDictionary(_ values: [String: JSONNode.Value], _ own: [String: String]) {
    guard !values.isEmpty else { return }
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

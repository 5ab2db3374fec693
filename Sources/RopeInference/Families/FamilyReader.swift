import RopeConfig
import RopeJSON
import RopeMath
import RopeTensors

/// Reads what a family's layers need of a model: the file's values, else those of its class.
struct FamilyReader: Sendable {
  let model: Reading
  private let weights: (any WeightSource)?
  private let naming: WeightNaming

  /// Smaller caps of logits would leave nothing of them.
  static let smallestSoftCap = 1e-3

  /// - Throws: `InferenceError` where the file is one that the forward pass cannot follow at all.
  init(_ model: Reading, weights: (any WeightSource)? = nil, naming: WeightNaming = .gguf) throws(InferenceError) {
    self.model = model
    self.weights = weights
    self.naming = naming
    if let quantisation = model.value(["quantization_config"])?.member("quant_method")?.node.string,
      !["fp8", "mxfp4"].contains(quantisation)
    {
      throw .unsupported(
        "the weights of “\(model.name)” are quantised by \(quantisation), which is not read; take the unquantised model or a GGUF file"
      )
    }
    if let value = model.value(["use_bidirectional_attention"]), value.node.boolean != false, !value.node.isNull,
      value.node.string != "vision"
    {
      throw .unsupported(
        "“\(model.name)” lets every token see later ones (use_bidirectional_attention), which the forward pass does not have"
      )
    }
    if let value = model.value(["is_causal"]), value.node.boolean == false {
      throw .unsupported(
        "“\(model.name)” lets every token see later ones (\(model.isStored ? "attention.causal" : "is_causal")), which the "
          + "forward pass does not have")
    }
    try checkLayerTypes()
  }

  // MARK: Values

  /// Whether a GGUF file has a role's tensor in a layer.
  func stores(_ role: WeightRole, layer: Int) -> Bool {
    guard model.isStored, let weights, let name = naming.names[role] else { return false }
    return weights.contains("blk.\(layer).\(name).weight")
  }

  /// Whether a GGUF file has the first name of a role's tensor in any of its layers: what llama.cpp takes for a sign that
  /// the model has it. False in other files.
  func stores(_ role: WeightRole) -> Bool {
    guard model.isStored, let weights, let name = naming.names[role] else { return false }
    return weights.tensorNames.contains {
      $0.hasPrefix("blk.") && ($0.hasSuffix("." + name) || $0.hasSuffix("." + name + ".weight"))
    }
  }

  func number(_ keys: String...) throws(InferenceError) -> Double {
    guard let number = try optionalNumber(keys) else { throw missing(keys) }
    return number
  }

  func optionalNumber(_ keys: [String]) throws(InferenceError) -> Double? {
    guard let value = model.value(keys) else { return nil }
    return try declared { declaration throws(ConfigurationError) in try declaration.number(value) }
  }

  /// A whole number above 0.
  func size(_ keys: String...) throws(InferenceError) -> Int {
    guard let size = try optionalSize(keys) else { throw missing(keys) }
    return size
  }

  func optionalSize(_ keys: [String], from smallest: Int = 1) throws(InferenceError) -> Int? {
    guard let value = model.value(keys) else { return nil }
    return try declared { declaration throws(ConfigurationError) in
      try declaration.integer(value, in: smallest...1 << 24)
    }
  }

  /// False where neither the file nor the class says anything.
  func flag(_ keys: String...) throws(InferenceError) -> Bool {
    guard let value = model.value(keys) else { return false }
    return try declared { declaration throws(ConfigurationError) in try declaration.flag(value) } ?? false
  }

  func text(_ key: String) throws(InferenceError) -> String? {
    guard let value = model.value([key]) else { return nil }
    return try declared { declaration throws(ConfigurationError) in try declaration.text(value) }
  }

  /// Whole numbers of a list, such as layers; nil where there is no list.
  func numbers(_ key: String) throws(InferenceError) -> [Int]? { try reals(key)?.compactMap { Int(exactly: $0) } }

  /// Numbers of a list; nil where there is no list.
  func reals(_ key: String) throws(InferenceError) -> [Double]? {
    guard let value = model.value([key]) else { return nil }
    return try declared { declaration throws(ConfigurationError) in try declaration.numbers(value) }
  }

  /// A number in a range.
  func number(_ keys: [String], in range: ClosedRange<Double>) throws(InferenceError) -> Double {
    let found = try optionalNumber(keys)
    guard let number = found else { throw missing(keys) }
    guard range.contains(number) else {
      throw refusal(keys, "\(range.lowerBound.formattedShortest) … \(range.upperBound.formattedShortest)")
    }
    return number
  }

  /// The cap of a kind of logits; nil where it is absent, null or 0.
  func softCap(_ key: String) throws(InferenceError) -> Double? {
    guard let cap = try optionalNumber([key]), cap != 0 else { return nil }
    guard cap >= Self.smallestSoftCap else {
      throw refusal([key], "\(Self.smallestSoftCap.formattedShortest) or more, or 0 for none")
    }
    return cap
  }

  /// The `ε` of a norm, 0 … 1.
  func norm(_ kind: NormDescription.Kind = .rootMeanSquare, _ key: String? = nil) throws(InferenceError)
    -> NormDescription
  {
    let own = kind == .layer ? "layer_norm_eps" : "rms_norm_eps"
    let epsilon = try number(model.isStored ? [own] : [key ?? own], in: 0...1)
    return NormDescription(kind: kind, epsilon: epsilon)
  }

  /// - Parameter default: where neither the file nor the class names one, as no GGUF file does.
  func activation(_ key: String = "hidden_act", default: Activation = .silu) throws(InferenceError) -> Activation {
    guard let name = try text(key) else { return `default` }
    switch name {
    case "silu", "swish": return .silu
    case "gelu_pytorch_tanh", "gelu_new", "gelu_fast": return .geluTanh
    case "gelu": return .gelu
    case "relu": return .relu
    case "relu2": return .reluSquared
    case "xielu": return .xielu
    default: throw refusal([key], "silu, gelu, gelu_pytorch_tanh, relu, relu2 or xielu")
    }
  }

  // MARK: Layers

  /// A feed-forward part of the size and with the activation that the file names; one of experts alone where there is a
  /// mixture.
  ///
  /// - Parameter default: the activation where nothing names one.
  func feedForward(
    _ layout: FeedForwardDescription.Layout = .gated, hasBias: Bool = false, default: Activation = .silu,
    mixture: MixtureDescription? = nil
  ) throws(InferenceError) -> FeedForwardDescription {
    FeedForwardDescription(
      layout: layout, size: try mixture == nil ? size("intermediate_size") : 0,
      activation: try activation(default: `default`), hasBias: hasBias, mixture: mixture)
  }

  var layers: Int {
    get throws(InferenceError) {
      if let layers = model.layers { return layers }
      guard let size = try optionalSize(ConfigurationKey.layers.spellings) else {
        throw missing(ConfigurationKey.layers.spellings)
      }
      return size
    }
  }

  var hiddenSize: Int {
    get throws(InferenceError) {
      guard let size = try optionalSize(ConfigurationKey.hiddenSize.spellings) else {
        throw missing(ConfigurationKey.hiddenSize.spellings)
      }
      return size
    }
  }

  /// Rows of the embedding: in a GGUF file those that are there.
  private var vocabularySize: Int {
    get throws(InferenceError) {
      if model.isStored, let rows = try? weights?.shape(of: "token_embd.weight").first { return rows }
      return try size("vocab_size")
    }
  }

  /// A decoder of Llama's kind with the sizes of this model: the norm before attention and before a gated feed-forward
  /// layer, rotation and windows as the model was read. A family changes what it does otherwise.
  ///
  /// - Parameters:
  ///   - hasBiases: whether all projections of attention have one.
  ///   - change: sees each layer with its index.
  func decoder(
    norm: NormDescription? = nil, feedForward: FeedForwardDescription? = nil, hasBiases: Bool = false,
    _ change: (inout LayerDescription, Int) throws(InferenceError) -> Void = { _, _ in }
  ) throws(InferenceError) -> Decoder {
    let count = try layers, classNorm = try self.classNorm(norm)
    // A model in which nothing rotates has no layers of several types.
    let windows = model.rotates ? model.layerWindows : [Int?](repeating: nil, count: count)
    guard windows.count == count else {
      // A whole file that does not count its layers has none with a window.
      if windows.isEmpty, model.layers == nil { throw missing(ConfigurationKey.layers.spellings) }
      throw .unsupported("“\(model.name)” tells \(windows.count) layers by their types, it has \(count)")
    }
    guard let heads = try optionalSize(ConfigurationKey.heads.spellings) else {
      throw missing(ConfigurationKey.heads.spellings)
    }
    let keyValueHeads = try optionalSize(ConfigurationKey.keyValueHeads.spellings) ?? heads
    let feed: FeedForwardDescription
    if let feedForward { feed = feedForward } else { feed = try self.feedForward() }
    if model.layerTypes.isEmpty, model.noRotationReason == nil {
      if model.isStored, model.window == nil { throw missing(ConfigurationKey.window.spellings) }
      throw .unsupported("“\(model.name)” does not tell its rotation: \(model.missing.joined(separator: "; "))")
    }
    guard let head = model.headDimension ?? model.layerTypes.first?.geometry.headDimension else {
      throw missing(ConfigurationKey.headDimension.spellings)
    }
    let widths = try numbers(StoredKeys.widths), ownKeyValueHeads = try ownKeyValueHeads()
    var described: [LayerDescription] = []
    for index in 0..<count {
      let rotary = model.layerTypes.first { $0.layerIndices.contains(index) }
      var attention = AttentionDescription(
        rotation: rotary?.name, heads: heads, keyValueHeads: ownKeyValueHeads[index] ?? keyValueHeads,
        headDimension: rotary?.geometry.headDimension ?? head, window: windows[index])
      (attention.hasBias, attention.hasOutputBias) = (hasBiases, hasBiases)
      var layer = LayerDescription(attention: attention, feedForward: feed, norm: classNorm)
      if let widths, widths.indices.contains(index) { layer.feedForward.size = widths[index] }
      try change(&layer, index)
      described.append(layer)
    }
    var decoder = Decoder(
      family: model.classType ?? model.family ?? "", vocabularySize: try vocabularySize,
      hiddenSize: try hiddenSize, layers: described, finalNorm: classNorm)
    let isTied = try flag("tie_word_embeddings")
    decoder.tiesEmbeddings = isTied || model.isStored
    return decoder
  }

  private func classNorm(_ norm: NormDescription?) throws(InferenceError) -> NormDescription {
    if let norm { return norm }
    return try self.norm()
  }

  /// `layer_types`, where it stands and the class reads it, names one type a layer that the forward pass has.
  private func checkLayerTypes() throws(InferenceError) {
    guard let value = model.value(["layer_types"]), !value.node.isNull, let layers = model.layers else { return }
    guard let declaration = model.declaration, !Self.withoutTypes.contains(model.classType ?? "") else { return }
    guard let elements = value.node.elements else {
      throw .configuration(
        declaration.error("“layer_types” is \(value.node.phrase), expected a list of one text a layer", at: value))
    }
    guard elements.count == layers else {
      throw .configuration(
        declaration.error("“layer_types” names \(elements.count) layers, the model has \(layers)", at: value))
    }
    for (index, element) in elements.enumerated() {
      let known = ["full_attention", "sliding_attention", "chunked_attention"]
      guard let type = element.string, known.contains(type) else {
        let entry = DeclaredValue(key: "layer_types[\(index)]", node: element, pointer: "\(value.pointer)/\(index)")
        throw .configuration(
          declaration.error(
            "“\(entry.key)” is \(element.phrase), expected full_attention or sliding_attention", at: entry))
      }
    }
  }

  /// Classes that ignore `layer_types`.
  private static let withoutTypes: Set = ["llama", "mistral", "phi3", "gpt_neox"]

  // MARK: Errors

  func declared<Value>(
    _ body: (Declaration) throws(ConfigurationError) -> Value
  ) throws(InferenceError) -> Value {
    guard let declaration = model.declaration else {
      throw .unsupported("“\(model.name)” has no configuration to read")
    }
    do throws(ConfigurationError) { return try body(declaration) } catch { throw .configuration(error) }
  }

  func missing(_ keys: [String]) -> InferenceError {
    let key = keys.first ?? ""
    if model.isStored {
      let stored = ConfigurationKey.all.first { $0.name == key }?.gguf ?? StoredKeys.name(of: key)
      return .unsupported("the file has no “\(model.storedArchitecture ?? "").\(stored)”, which the forward pass needs")
    }
    guard let declaration = model.declaration else {
      return .unsupported("“\(key)” is missing, which the forward pass needs")
    }
    return .configuration(declaration.error("“\(key)” is missing, which the forward pass needs", at: declaration.text))
  }

  func refusal(_ keys: [String], _ expected: String) -> InferenceError {
    guard let declaration = model.declaration, let value = model.value(keys) else { return missing(keys) }
    let name = declaration.writtenKeys[value.pointer] ?? value.key
    return .configuration(declaration.error("“\(name)” is \(value.node.phrase), expected \(expected)", at: value))
  }
}

import RopeConfig
import RopeTensors

extension Architecture {
  /// What the metadata of a GGUF file say of a model, as llama.cpp reads them.
  ///
  /// - Parameter model: the same file as it was resolved: heads, head size, layer types.
  /// - Throws: `InferenceError.unsupported` for other architectures or where sizes are missing.
  public init(_ file: GGUF, model: Reading) throws(InferenceError) {
    let name = file.metadata["general.architecture"]?.text ?? "unnamed"
    let known = ["llama", "qwen2", "qwen3", "gemma3", "phi3", "gptneox"]
    guard known.contains(name) else {
      throw .unsupported(
        "GGUF models of the architecture “\(name)” cannot be run; those of \(known.joined(separator: ", ")) can")
    }
    guard let rotary = model.layerTypes.first, let layers = model.layers, let heads = model.heads else {
      throw .unsupported("“\(model.name)” does not tell its layers, heads and head size")
    }
    func number(_ key: String) -> Double? { file.metadata["\(name).\(key)"]?.number }
    func softCap(_ key: String) throws(InferenceError) -> Double? {
      guard let value = file.metadata["\(name).\(key)"], value.number != 0 else { return nil }
      guard let cap = value.number, cap.isFinite, cap >= ConfigurationReader.smallestSoftCap else {
        throw .unsupported(
          "“\(name).\(key)” is \(value.phrase), expected \(ConfigurationReader.smallestSoftCap) or more, or 0 for none")
      }
      return cap
    }
    func size(_ key: String) throws(InferenceError) -> Int {
      if let size = number(key), let whole = Int(exactly: size), (1...1 << 24).contains(whole) { return whole }
      throw .unsupported(
        "the file has no whole number “\(name).\(key)” in 1 … \(1 << 24), which the forward pass needs")
    }
    let isGemma = name == "gemma3", isNeoX = name == "gptneox", isPhi = name == "phi3"
    let epsilonKey = isNeoX ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon"
    guard let epsilon = number(epsilonKey), (0...1).contains(epsilon) else {
      throw .unsupported("the file has no number “\(name).\(epsilonKey)” in 0 … 1, which the forward pass needs")
    }
    var block = BlockDescription(norm: NormDescription(kind: isNeoX ? .layer : .rootMeanSquare, epsilon: epsilon))
    block.normsOutputs = isGemma
    block.normsQueriesAndKeys = isGemma || name == "qwen3"
    block.isParallel = isNeoX && file.metadata["\(name).use_parallel_residual"]?.flag != false
    block.projections = isPhi || isNeoX ? .stacked : .separate
    block.hasProjectionBias = file.contains("blk.0.attn_q.bias") || file.contains("blk.0.attn_qkv.bias")
    block.hasOutputBias = file.contains("blk.0.attn_output.bias")
    block.feedForward = isNeoX ? .plain : isPhi ? .gatedStacked : .gated
    block.activation = isGemma ? .geluTanh : isNeoX ? .gelu : .silu
    block.hasFeedForwardBias = file.contains("blk.0.ffn_down.bias")
    let hidden = try size("embedding_length"), dimension = rotary.geometry.headDimension
    // The 27-billion one is the only Gemma 3 that scales by hidden size over heads; it alone has 62 layers.
    if isGemma { block.attentionScale = 1 / Double(layers == 62 ? hidden / heads : dimension).squareRoot() }

    let sequence = try model.layerSequence(layers)
    guard let vocabulary = try? file.shape(of: "token_embd.weight").first else {
      throw .weights(.missing(name: "token_embd.weight", known: file.tensorNames))
    }
    self.init(
      family: name, vocabularySize: vocabulary, hiddenSize: hidden, intermediateSize: try size("feed_forward_length"),
      heads: heads, keyValueHeads: model.keyValueHeads ?? heads, headDimension: dimension, block: block,
      slidingLayers: sequence.sliding, windows: sequence.windows,
      embeddingScale: isGemma ? Double(hidden).squareRoot() : 1, tiesEmbeddings: !file.contains("output.weight"),
      finalSoftCap: try softCap("final_logit_softcapping"))
    try check()
  }
}

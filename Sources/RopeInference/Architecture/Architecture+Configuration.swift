import RopeConfig
import RopeJSON
import RopeMath

extension Architecture {
  /// Families whose forward pass is described here, by their `model_type`.
  public static let families = [
    "llama", "mistral", "qwen2", "qwen3", "gemma3_text", "gemma3", "phi3", "gpt_neox",
  ]

  /// What a Hugging Face configuration says of a model, as transformers 5.24 reads it.
  ///
  /// - Parameter model: the same configuration as it was resolved: heads, head size, layer types.
  /// - Throws: `InferenceError.unsupported` for other families, `.configuration` for values that do not read.
  public init(_ declaration: Declaration, model: Reading) throws(InferenceError) {
    let family = model.family ?? "unnamed"
    guard Self.families.contains(family) else {
      throw .unsupported(
        "models of the family “\(family)” cannot be run; those of \(Self.families.joined(separator: ", ")) can")
    }
    let reader = ConfigurationReader(declaration: declaration)
    if let layers = model.layers {
      do throws(ConfigurationError) { try reader.checkLayerTypes(layers) } catch { throw .configuration(error) }
    }
    guard let rotary = model.layerTypes.first, let layers = model.layers, let heads = model.heads else {
      throw .unsupported("“\(model.name)” does not tell its layers, heads and head size")
    }
    let sequence = try model.layerSequence(layers)
    do throws(ConfigurationError) {
      self = try Self.read(reader, family: family, model: model, rotary: rotary, sequence, heads: heads)
    } catch {
      throw .configuration(error)
    }
    try check()
  }

  private static func read(
    _ reader: ConfigurationReader, family: String, model: Reading, rotary: LayerRotary,
    _ sequence: (sliding: [Bool], windows: [Int?]), heads: Int
  ) throws(ConfigurationError) -> Architecture {
    let isGemma = family.hasPrefix("gemma3"), isNeoX = family == "gpt_neox", isPhi = family == "phi3"
    let epsilon = try reader.number(["rms_norm_eps", "layer_norm_eps"], in: 0...1) ?? (isNeoX || isPhi ? 1e-5 : 1e-6)
    let attentionBias = try reader.flag(["attention_bias"]) ?? isNeoX
    var block = BlockDescription(
      norm: NormDescription(kind: isNeoX ? .layer : .rootMeanSquare, epsilon: epsilon, offset: isGemma ? 1 : 0))
    block.normsOutputs = isGemma
    block.normsQueriesAndKeys = isGemma || family == "qwen3"
    block.isParallel = isNeoX ? try reader.flag(["use_parallel_residual"]) ?? true : false
    block.projections = isPhi ? .stacked : isNeoX ? .byHead : .separate
    block.hasProjectionBias = family == "qwen2" || attentionBias
    block.hasOutputBias = attentionBias && family != "qwen2"
    block.feedForward = isNeoX ? .plain : isPhi ? .gatedStacked : .gated
    block.activation = try reader.activation(default: isGemma ? .geluTanh : isNeoX ? .gelu : .silu)
    block.hasFeedForwardBias = try reader.flag(["mlp_bias"]) ?? isNeoX
    if isGemma {
      let scalar = try reader.number(["query_pre_attn_scalar"], in: 1e-3...1e9) ?? 256
      block.attentionScale = 1 / scalar.squareRoot()
    }
    let hidden = try reader.size(["hidden_size"])
    let tiesEmbeddings = try reader.flag(["tie_word_embeddings"])
    return Architecture(
      family: family, vocabularySize: try reader.size(["vocab_size"]), hiddenSize: hidden,
      intermediateSize: try reader.size(["intermediate_size"]), heads: heads,
      keyValueHeads: model.keyValueHeads ?? heads, headDimension: rotary.geometry.headDimension, block: block,
      slidingLayers: sequence.sliding, windows: sequence.windows,
      embeddingScale: isGemma ? Double(hidden).squareRoot() : 1,
      tiesEmbeddings: tiesEmbeddings ?? isGemma, needsOutputHead: tiesEmbeddings == false,
      finalSoftCap: isGemma ? try reader.softCap("final_logit_softcapping") : nil)
  }

  /// - Throws: `InferenceError.unsupported` for sizes below 1, beyond any model, or that contradict each other.
  func check() throws(InferenceError) {
    let sizes = [
      ("vocabulary", vocabularySize), ("hidden size", hiddenSize), ("feed-forward size", intermediateSize),
      ("number of query heads", heads), ("number of key heads", keyValueHeads), ("head size", headDimension),
      ("number of layers", layers),
    ]
    for (name, size) in sizes where size < 1 {
      throw .unsupported("the model's \(name) is \(size), expected 1 or more")
    }
    guard windows.count == layers else {
      throw .unsupported("windows are given for \(windows.count) layers, the model has \(layers)")
    }
    guard heads.isMultiple(of: keyValueHeads) else {
      throw .unsupported("\(heads) query heads cannot share \(keyValueHeads) key heads evenly")
    }
    guard block.projections != .byHead || heads == keyValueHeads else {
      throw .unsupported(
        "projections that lie head by head have as many key heads as query heads, not \(keyValueHeads)")
    }
    let largest = [vocabularySize, hiddenSize, intermediateSize, queryFeatures].max() ?? 0
    guard largest <= 1 << 24, layers <= 4096 else {
      throw .unsupported("the sizes that the configuration gives (\(largest), \(layers) layers) are beyond any model")
    }
  }
}

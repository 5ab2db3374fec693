/// GLM-4.5 and later: experts in groups beside a shared one, the first layers dense.
extension DecoderFamily {
  static let glm4MoE = DecoderFamily(
    "glm4_moe", architectures: ["glm4moe"], storedNaming: .ggufNormedAfter
  ) { reader throws(InferenceError) in
    let mixture = try reader.groupedMixture(hasCorrection: true), activation = try reader.activation()
    let shared = try reader.optionalSize(["n_shared_experts"], from: 0) ?? 0
    let dense = try reader.optionalSize(["first_k_dense_replace"], from: 0) ?? 0
    let bias = try reader.flag("attention_bias"), norm = try reader.norm(), flag = try reader.flag("use_qk_norm")
    let normsHeads = flag || reader.stores(.queryNorm)
    return try reader.decoder { layer, index in
      layer.attention.hasBias = bias
      if normsHeads { layer.attention.headNorm = .init(norm) }
      if index >= dense {
        layer.feedForward = FeedForwardDescription(
          size: shared * mixture.size, activation: activation, mixture: mixture)
      }
    }
  }
}

extension FamilyReader {
  /// Experts of DeepSeek's kind, chosen among the best groups.
  func groupedMixture(hasCorrection: Bool) throws(InferenceError) -> MixtureDescription {
    var mixture = MixtureDescription(
      experts: try size("n_routed_experts", "num_local_experts", "num_experts"),
      chosen: try size("num_experts_per_tok"), size: try size("moe_intermediate_size"),
      scoring: try storedScoring() ?? (hasCorrection ? .sigmoid : .softmax))
    mixture.hasCorrection = model.isStored ? stores(.routerCorrection) : hasCorrection
    mixture.normalises = try flag("norm_topk_prob")
    let scale = try number("routed_scaling_factor")
    mixture.scale = model.isStored && scale == 0 ? 1 : scale
    mixture.groups = .init(
      count: try optionalSize(["n_group"]) ?? 1, chosen: try optionalSize(["topk_group"]) ?? 1, score: .sumOfTwo)
    return mixture
  }

  /// How a GGUF file says that shares are made; nil where it does not, and in other files.
  func storedScoring() throws(InferenceError) -> MixtureDescription.Scoring? {
    guard model.isStored, let number = try optionalSize(["scoring_func"], from: 0) else { return nil }
    switch number {
    case 0: return nil
    case 1: return .softmax
    case 2: return .sigmoid
    case 3: return .softmaxOfChosen
    default: throw refusal(["scoring_func"], "1 (softmax), 2 (sigmoid) or 3 (softmax of the chosen)")
    }
  }
}

/// What a tensor of a decoder is for.
enum WeightRole: String, Sendable, Hashable, CaseIterable {
  // MARK: Of the model

  case embedding
  /// Rows of learned positions.
  case positions
  case outputHead
  case finalNorm
  /// Gemma 4: a row for each layer of each token of the vocabulary, and what joins the embedding to it.
  case tokenInputs
  case tokenInputProjection
  case tokenInputNorm

  // MARK: Of a layer: attention

  case attentionNorm
  case attentionOutputNorm
  case queryNorm
  case keyNorm
  case query
  case key
  case value
  case queryKeyValue
  case attentionOutput
  case sinks
  case queryDown
  case queryDownNorm
  case queryUp
  case keyValueDown
  case keyValueDownNorm
  case keyValueUp
  /// The two halves of it, which newer files of llama.cpp have: `[heads, rank, plain]`, `[heads, value, rank]`.
  case keyUp
  case valueUp

  // MARK: Of a layer: feed-forward

  case feedForwardNorm
  case feedForwardOutputNorm
  case gate
  case up
  case gateUp
  case down
  case router
  case routerCorrection
  case expertGate
  case expertUp
  case expertGateUp
  case expertDown
  case sharedGate
  case sharedUp
  case sharedDown
  case sharedRouter
  /// Gemma 4, whose experts stand beside the dense part: what multiplies the router's features and each expert's share,
  /// and the norms after the dense part, before the experts and after them.
  case routerScale
  case expertScale
  case denseOutputNorm
  case expertNorm
  case expertOutputNorm
  /// The four numbers of xIELU.
  case slopeAbove
  case slopeBelow
  case slopeCommon
  case slopeLimit

  // MARK: Of a layer: its end

  case tokenInputGate
  case tokenInputOutput
  case tokenInputOutputNorm
  case scale

  var isOfModel: Bool {
    switch self {
    case .embedding, .positions, .outputHead, .finalNorm, .tokenInputs, .tokenInputProjection, .tokenInputNorm: true
    default: false
    }
  }
}

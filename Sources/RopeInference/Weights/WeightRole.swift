/// What a tensor of a decoder is for.
enum WeightRole: String, Sendable, Hashable, CaseIterable {
  case embedding
  case outputHead
  case finalNorm
  /// Before attention.
  case attentionNorm
  /// On the output of attention.
  case attentionOutputNorm
  /// Before the feed-forward layer.
  case feedForwardNorm
  /// The same in blocks that norm the outputs too, where another norm has its usual name (Gemma 2 and 3).
  case feedForwardNormBetween
  /// On the output of the feed-forward layer.
  case feedForwardOutputNorm
  case queryNorm
  case keyNorm
  case query
  case key
  case value
  case queryKeyValue
  case attentionOutput
  case gate
  case up
  case gateUp
  case down
}

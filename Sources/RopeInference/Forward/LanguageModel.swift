/// A model that can be asked for logits, losses and its un-rotated queries and keys, whatever it computes in.
public protocol LanguageModel: Sendable {
  var decoder: Decoder { get }

  /// Hands over the logits that follow each of the positions of each text, in order; layers compute no more rows than
  /// these need. What a text shares with the one before it is computed once: they are best sorted so that they share most.
  /// The logits are those of each text alone.
  ///
  /// - Throws: `InferenceError.option` for tokens beyond the vocabulary or positions beyond the tokens.
  func forEachLogits(
    of texts: [AskedText], plans: LayerPlans, options: RunOptions,
    _ body: (_ text: Int, _ position: Int, _ logits: [Double]) throws(InferenceError) -> Void
  ) throws(InferenceError)

  /// `−ln p(tokens[i + 1] | tokens[0 … i])` for i in 0 ..< n − 1, nats.
  func losses(of tokens: [Int], plans: LayerPlans, options: RunOptions) throws(InferenceError) -> [Double]

  /// Hands over the un-rotated queries and keys of each layer, chunk by chunk, as they enter attention; no keys of a layer
  /// that reads those of an earlier one.
  func forEachQueryKey(
    of tokens: [Int], plans: LayerPlans, options: RunOptions,
    _ body: (_ layer: Int, _ tokens: Range<Int>, _ queries: QueryKeyRows, _ keys: QueryKeyRows?) -> Void
  ) throws(InferenceError)

  /// Learned numbers of a layer's attention.
  func extras(_ layer: Int) throws(InferenceError) -> AttentionExtras

  /// A text that grows token by token.
  ///
  /// - Parameter capacity: tokens that it may reach.
  func session(plans: LayerPlans, capacity: Int, options: RunOptions) throws(InferenceError) -> any DecodingSession
}

extension LanguageModel {
  /// Hands over the logits that follow each of `positions`, in order.
  ///
  /// - Throws: `InferenceError.option` for tokens beyond the vocabulary or positions beyond the tokens.
  public func forEachLogits(
    of tokens: [Int], plans: LayerPlans, at positions: Range<Int>, options: RunOptions,
    _ body: (_ position: Int, _ logits: [Double]) throws(InferenceError) -> Void
  ) throws(InferenceError) {
    let text = AskedText(tokens: tokens, positions: positions)
    try forEachLogits(of: [text], plans: plans, options: options) { _, position, logits throws(InferenceError) in
      try body(position, logits)
    }
  }
}

/// A text that grows: its keys and values are kept.
public protocol DecodingSession: AnyObject {
  /// Tokens that were read.
  var count: Int { get }

  /// Reads tokens and returns the logits that follow the last of them.
  func read(_ tokens: [Int]) throws(InferenceError) -> [Double]
}

/// A model that can be asked for logits, losses and its un-rotated queries and keys, whatever it computes in.
public protocol LanguageModel: Sendable {
  var decoder: Decoder { get }

  /// Hands over the logits that follow each of `positions`, in order; layers compute no more rows than these need.
  ///
  /// - Throws: `InferenceError.option` for tokens beyond the vocabulary or positions beyond the tokens.
  func forEachLogits(
    of tokens: [Int], plans: LayerPlans, at positions: Range<Int>, options: RunOptions,
    _ body: (_ position: Int, _ logits: [Double]) throws(InferenceError) -> Void
  ) throws(InferenceError)

  /// `−ln p(tokens[i + 1] | tokens[0 … i])` for i in 0 ..< n − 1, nats.
  func losses(of tokens: [Int], plans: LayerPlans, options: RunOptions) throws(InferenceError) -> [Double]

  /// Hands over the un-rotated queries and keys of each layer, chunk by chunk, as they enter attention.
  func forEachQueryKey(
    of tokens: [Int], plans: LayerPlans, options: RunOptions,
    _ body: (_ layer: Int, _ tokens: Range<Int>, _ queries: QueryKeyRows, _ keys: QueryKeyRows) -> Void
  ) throws(InferenceError)

  /// A text that grows token by token.
  ///
  /// - Parameter capacity: tokens that it may reach.
  func session(plans: LayerPlans, capacity: Int, options: RunOptions) throws(InferenceError) -> any DecodingSession
}

/// A text that grows: its keys and values are kept.
public protocol DecodingSession: AnyObject {
  /// Tokens that were read.
  var count: Int { get }

  /// Reads tokens and returns the logits that follow the last of them.
  func read(_ tokens: [Int]) throws(InferenceError) -> [Double]
}

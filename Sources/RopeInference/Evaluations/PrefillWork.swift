import RopeMath

/// A prefill of a given length, as llama-bench measures it: arbitrary tokens, the logits of the last position only.
public struct PrefillWork: Sendable {
  public let model: any LanguageModel
  public let length: Int
  private let plans: LayerPlans
  private let tokens: [Int]

  /// - Throws: `InferenceError` where the method is not defined for the model at that length.
  public init(_ model: any LanguageModel, method: MethodRun, length: Int) throws(InferenceError) {
    guard length >= 1 else { throw .option("the length of a prefill is \(length); it must be at least 1") }
    self.model = model
    self.length = length
    plans = try method.planner.plans(length: length)
    var generator = SeededGenerator(seed: 1)
    tokens = (0..<length).map { _ in Int.random(in: 0..<model.decoder.vocabularySize, using: &generator) }
  }

  /// Floating-point operations of the products: weights, causal attention of the layers' own windows, the head once.
  public var operations: Double {
    let decoder = model.decoder, n = Double(length)
    let attention = decoder.layers.reduce(0.0) { sum, layer in
      let reach = Double(min(layer.attention.window ?? length, length))
      return sum + 4 * Double(layer.attention.queryFeatures) * (reach * (reach + 1) / 2 + (n - reach) * reach)
    }
    return Double(decoder.operationsPerToken) * n + attention
      + 2 * Double(decoder.vocabularySize * decoder.hiddenSize)
  }

  /// - Throws: `InferenceError` as the model does.
  public func run() throws(InferenceError) {
    try model.forEachLogits(of: tokens, plans: plans, at: length - 1..<length, options: RunOptions()) { _, _ in }
  }
}

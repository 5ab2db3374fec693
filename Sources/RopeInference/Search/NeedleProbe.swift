import RopeMath
import RopeRecords

/// Windows of texts with a number hidden in each and asked for at the end: one pass tells the loss of the text and that of
/// the number, as LongRoPE2's needle-driven perplexity has it (arXiv 2502.20082, §3.2).
public struct NeedleProbe: Sendable {
  /// What one window showed.
  public struct Measurement: Sendable, Hashable {
    /// Mean loss of all tokens but the answer's, nats.
    public var loss: Double
    /// Mean loss of the answer's tokens, nats.
    public var needleLoss: Double
    /// Whether each of them ranks first when the right ones stand before it, as greedy decoding finds it.
    public var isFound: Bool
  }

  public let model: any LanguageModel
  /// The texts, and how a needle becomes tokens.
  public let source: EvaluationSource
  public var seed: UInt64
  public var checkpoint: EvaluationCheckpoint
  public var options: RunOptions

  /// - Parameters:
  ///   - source: with at least one text, of tokens enough for every window that is asked for.
  ///   - checkpoint: windows that are known from before.
  public init(
    _ model: any LanguageModel, _ source: EvaluationSource, seed: UInt64 = 0,
    checkpoint: EvaluationCheckpoint = .none, options: RunOptions = RunOptions()
  ) {
    self.model = model
    self.source = source
    self.seed = seed
    self.checkpoint = checkpoint
    self.options = options
  }

  public var documents: [EvaluationSource.Document] { source.documents }

  /// - Throws: `InferenceError.option` where a text is shorter than a window, or a window has no room for a needle.
  public func check(length: Int) throws(InferenceError) {
    guard !documents.isEmpty else { throw .option("there is no text to measure on") }
    for document in documents {
      let count = source.tokens(of: document).count
      guard count >= length else {
        throw .option("“\(document.name)” has \(count) tokens, too few for a window of \(length)")
      }
    }
    _ = try prompt(length: length, document: 0, item: 0, of: 1)
  }

  /// Where the needle of a window stands: in the middle of its share of the depths.
  public static func depth(of item: Int, of count: Int) -> Double { (Double(item) + 0.5) / Double(max(1, count)) }

  /// One window under plans.
  ///
  /// - Parameters:
  ///   - document: its place among the texts.
  ///   - item: number of the window among the `count` that are read; it chooses place, number and depth.
  public func measurement(
    length: Int, document: Int, item: Int, of count: Int, plans: LayerPlans,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(InferenceError) -> Measurement {
    let prompt = try prompt(length: length, document: document, item: item, of: count)
    let tokens = prompt.tokens + prompt.answer
    let name = "needle window \(item) of \(length) tokens in \(documents[document].name)"
    let values = try checkpoint.values(name, tokens: tokens, plans: plans, count: 3) {
      () throws(InferenceError) -> [Double] in
      var options = options
      options.control.progress = progress
      return try read(tokens, answer: prompt.tokens.count, plans, options)
    }
    progress(1)
    return Measurement(loss: values[0], needleLoss: values[1], isFound: values[2] == 1)
  }

  private func prompt(length: Int, document: Int, item: Int, of count: Int) throws(InferenceError) -> PasskeyPrompt {
    try PasskeyEvaluation(EvaluationRequest(lengths: [length], seed: seed)).prompt(
      length: length, depth: Self.depth(of: item, of: count), trial: item,
      haystack: source.tokens(of: documents[document]), source: source)
  }

  /// Mean losses before and from the answer on, and 1 where it is found.
  private func read(
    _ tokens: [Int], answer: Int, _ plans: LayerPlans, _ options: RunOptions
  ) throws(InferenceError) -> [Double] {
    var sums = (text: 0.0, answer: 0.0), isFound = true
    try model.forEachLogits(of: tokens, plans: plans, at: 0..<tokens.count - 1, options: options) { position, logits in
      let target = tokens[position + 1], loss = AnswerScores.loss(of: target, in: logits)
      guard position + 1 >= answer else {
        sums.text += loss
        return
      }
      sums.answer += loss
      if isFound { isFound = AnswerScores.rank(of: target, in: logits) == 1 }
    }
    return [
      sums.text / Double(max(1, answer - 1)), sums.answer / Double(max(1, tokens.count - answer)), isFound ? 1 : 0,
    ]
  }

  /// Floating-point operations of a window: layers, attention, and the head at every position.
  public func operations(length: Int, method: MethodRun) throws(InferenceError) -> Double {
    let decoder = model.decoder
    return try PrefillWork(model, method: method, length: length).operations
      + 2 * Double(decoder.vocabularySize * decoder.hiddenSize) * Double(length - 1)
  }
}

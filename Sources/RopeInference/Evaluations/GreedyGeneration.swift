/// Greedy decoding: the likeliest token, again and again.
public struct GreedyGeneration: Sendable {
  public static let mostTokens = 1 << 20

  /// Tokens to add at most; 1 … `mostTokens`.
  public var count: Int
  /// Tokens at which it stops; they are not part of the result.
  public var stops: Set<Int>
  public var options: RunOptions

  public init(count: Int, stops: Set<Int> = [], options: RunOptions = .init()) {
    self.count = count
    self.stops = stops
    self.options = options
  }

  /// The tokens that follow a prompt, under the plans of prompt and result together.
  ///
  /// - Parameter emitted: sees each token as it is found.
  public func run(
    _ model: any LanguageModel, prompt: [Int], method: MethodRun, emitted: (Int) -> Void = { _ in }
  ) throws(InferenceError) -> [Int] {
    guard !prompt.isEmpty else { throw .option("there is no prompt to continue; it needs at least one token") }
    guard (1...Self.mostTokens).contains(count) else {
      throw .option("\(count) tokens were asked for; 1 … \(Self.mostTokens) are possible")
    }
    let length = prompt.count + count
    let session = try model.session(
      plans: try method.planner.plans(length: length), capacity: length, options: options)
    var logits = try session.read(prompt)
    var result: [Int] = []
    while result.count < count, let best = LogitsEvaluation.largest(logits, count: 1).first, !stops.contains(best.id) {
      result.append(best.id)
      emitted(best.id)
      options.control.progress(Double(result.count) / Double(count))
      if result.count < count { logits = try session.read([best.id]) }
    }
    return result
  }
}

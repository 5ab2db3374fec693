/// Greedy decoding: the likeliest token, again and again.
///
/// Each token is decided as a full pass over the text so far decides it: under the plans of that length, all keys
/// rotated alike. Where the plans stay the same from token to token, keys and values are kept; where they change, as
/// dynamic ones do at each token beyond the window, the text is read anew.
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

  /// The tokens that follow a prompt; the first n of them do not depend on `count`.
  ///
  /// - Parameter emitted: sees each token as it is found.
  public func run(
    _ model: any LanguageModel, prompt: [Int], method: MethodRun, emitted: (Int) -> Void = { _ in }
  ) throws(InferenceError) -> [Int] {
    guard !prompt.isEmpty else { throw .option("there is no prompt to continue; it needs at least one token") }
    guard (1...Self.mostTokens).contains(count) else {
      throw .option("\(count) tokens were asked for; 1 … \(Self.mostTokens) are possible")
    }
    var tokens = prompt
    var reading: (session: any DecodingSession, plans: LayerPlans)?
    while tokens.count - prompt.count < count {
      let plans = try method.planner.plans(length: tokens.count)
      if reading?.plans.isSameRotation(as: plans) != true {
        reading = (try model.session(plans: plans, capacity: prompt.count + count, options: options), plans)
      }
      guard let session = reading?.session else { break }
      let logits = try session.read(Array(tokens[session.count...]))
      guard let best = LogitsEvaluation.largest(logits, count: 1).first, !stops.contains(best.id) else { break }
      tokens.append(best.id)
      emitted(best.id)
      options.control.progress(Double(tokens.count - prompt.count) / Double(count))
    }
    return Array(tokens[prompt.count...])
  }
}

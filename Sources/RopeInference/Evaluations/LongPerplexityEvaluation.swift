import RealModule
import RopeRecords

/// LongPPL (arXiv 2410.23771): the perplexity of the tokens that need a long context.
///
/// A token is a key one where an evaluator's loss falls by more than α = 2 nats from a short context to the whole one
/// (the paper's long–short difference), and is below −β = 2 nats with the whole (its long-context likelihood). The short
/// contexts are those of the authors' code: from every `step`-th token on, `shortContext` tokens are read before `step`
/// ones that are looked at. The paper's evaluator is another, stronger model; here it is the model itself under the
/// first method that is named, so every method is asked about the same tokens, and that method has chosen them. What the
/// model wants before every text stands before short contexts too, which the authors' code leaves out.
public struct LongPerplexityEvaluation: Sendable {
  /// Loss that the long context must save, and loss that it must leave at most, nats.
  public static let leastGain = 2.0
  public static let largestLoss = 2.0

  public var lengths: [Int]
  /// Windows at most; nil for all that the text has.
  public var windows: Int?
  /// Tokens; 4,096 in the paper.
  public var shortContext: Int
  /// Tokens that share a short context: a quarter of it, 1,024 in the paper.
  public var step: Int { max(1, shortContext / 4) }
  public var options = RunOptions()

  public init(_ request: EvaluationRequest) {
    lengths = request.lengths
    windows = request.windows
    shortContext = request.shortContext ?? 4096
  }

  /// Which of the losses that the long context was given are those of key tokens.
  ///
  /// - Parameters:
  ///   - long: loss of each token with the whole context before it, nats.
  ///   - short: with the short one; nil where the short one is the whole.
  static func keyTokens(long: [Double], short: [Double?]) -> [Int] {
    long.indices.filter { place in
      guard short.indices.contains(place), let short = short[place] else { return false }
      return short - long[place] > leastGain && long[place] < largestLoss
    }
  }

  private func check(_ source: EvaluationSource, tokens: Int) throws(InferenceError) {
    guard let shortest = lengths.min(), let longest = lengths.max() else { throw .option("no length was given") }
    guard shortContext >= 1, shortest > source.beginning.count + shortContext else {
      throw .option(
        "a short context of \(shortContext) tokens leaves nothing of a window of \(shortest); it must lie in 1 … \(max(1, shortest - source.beginning.count - 1))"
      )
    }
    guard longest <= tokens + source.beginning.count else {
      throw .option("the text has \(tokens + source.beginning.count) tokens, too few for a window of \(longest)")
    }
    if let windows, windows < 1 { throw .option("\(windows) windows were asked for; at least 1 is needed") }
  }

  /// The text's tokens window by window.
  private func texts(_ length: Int, _ source: EvaluationSource, _ tokens: [Int]) -> [ArraySlice<Int>] {
    let own = length - source.beginning.count
    return Array(
      stride(from: 0, through: tokens.count - own, by: own).map { tokens[$0..<$0 + own] }.prefix(windows ?? .max))
  }
}

extension LongPerplexityEvaluation: Evaluation {
  public static let card = EvaluationCard(
    id: "longppl", title: "LongPPL", summary: "Perplexity of the tokens that need a long context, by method and length",
    details:
      "After Fang et al. (arXiv 2410.23771): a token counts where its loss falls by more than 2 nats from a short context to the whole one and is below 2 nats with it. The evaluator is the model itself under the first method named, not a stronger model as in the paper: name the method first that is known to hold.",
    options: [.text, .tokenIDs, .lengths, .windows, .shortContext],
    references: [.arXiv("2410.23771", "What is Wrong with Perplexity for Long-context Language Modeling?", "§3")])

  /// Every method reads the windows; the evaluator reads its short contexts besides.
  public var tokensPerMethod: Double { lengths.reduce(0.0) { $0 + Double($1) } * Double(windows ?? 1) }

  public func tokens(methods: Int, source: EvaluationSource) -> Double {
    let tokens = source.tokens
    return lengths.reduce(0.0) { sum, length in
      sum + Double(texts(length, source, tokens).count * (methods * length + shortTokens(length, source)))
    }
  }

  /// Tokens that the evaluator reads in the short contexts of a window.
  private func shortTokens(_ length: Int, _ source: EvaluationSource) -> Int {
    let own = length - source.beginning.count
    return stride(from: 0, to: own - shortContext, by: step).reduce(0) { sum, start in
      sum + source.beginning.count + min(shortContext + step, own - start)
    }
  }

  public func outlook(methods: Int, source: EvaluationSource) throws(InferenceError) -> [String] {
    let tokens = source.tokens
    try check(source, tokens: tokens.count)
    return lengths.map { length in
      let count = texts(length, source, tokens).count, short = count * shortTokens(length, source)
      return
        "\(length): \(Outlook.counted(count, "window")); the first method also reads \(short) tokens in short contexts of \(shortContext)."
    } + ["The first method chooses the key tokens, which favours it."]
  }

  public func run(
    _ model: any LanguageModel, _ source: EvaluationSource, methods: [MethodRun],
    checkpoint: EvaluationCheckpoint = .none, finished: (LongPerplexityRecord.Run) -> Void = { _ in }
  ) throws(InferenceError) -> LongPerplexityRecord {
    let tokens = source.tokens
    try check(source, tokens: tokens.count)
    guard let evaluator = methods.first else { return record(of: []) }
    var runs: [LongPerplexityRecord.Run] = [], done = 0.0
    var reading = Reading(model: model, beginning: source.beginning, checkpoint: checkpoint)
    let total = lengths.reduce(0.0) { sum, length in
      let count = Double(texts(length, source, tokens).count * length)
      return sum + count * (Double(methods.count) + Double(shortContext + step) / Double(step))
    }
    func part(_ share: Double) -> RunOptions { options.part(from: done / total, to: (done + share) / total) }
    for length in lengths {
      let texts = texts(length, source, tokens)
      var keys: [[Int]] = []
      for text in texts {
        let long = try reading.losses(of: text, under: evaluator, part(0))
        let work = Double(length) * Double(shortContext + step) / Double(step)
        let short = try shortLosses(text, under: evaluator, &reading, part(work))
        done += work
        keys.append(Self.keyTokens(long: long, short: short))
      }
      for method in methods {
        var losses: [[Double]] = []
        for text in texts {
          losses.append(try reading.losses(of: text, under: method, part(Double(length))))
          done += Double(length)
          options.control.progress(min(1, done / total))
        }
        let run = run(method.name, length, evaluator.name, losses, keys)
        runs.append(run)
        finished(run)
      }
    }
    return record(of: runs)
  }

  public func record(of parts: [LongPerplexityRecord.Run]) -> LongPerplexityRecord {
    LongPerplexityRecord(runs: parts)
  }

  private func shortLosses(
    _ text: ArraySlice<Int>, under method: MethodRun, _ reading: inout Reading, _ options: RunOptions
  ) throws(InferenceError) -> [Double?] {
    var result = [Double?](repeating: nil, count: text.count)
    for start in stride(from: 0, to: text.count - shortContext, by: step) {
      let part = text.dropFirst(start).prefix(shortContext + step)
      let losses = try reading.losses(of: part, under: method, options)
      for place in shortContext..<part.count { result[start + place] = losses[place] }
    }
    return result
  }

  private func run(
    _ method: String, _ length: Int, _ evaluator: String, _ losses: [[Double]], _ keys: [[Int]]
  ) -> LongPerplexityRecord.Run {
    let chosen = zip(losses, keys).map { losses, keys in keys.map { losses[$0] } }.filter { !$0.isEmpty }
    let values = chosen.flatMap { $0 }, all = losses.flatMap { $0.filter(\.isFinite) }
    let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    let error =
      chosen.count > 1
      ? PerplexityEvaluation.standardError(
        chosen.map { $0.reduce(0, +) / Double($0.count) }, weights: chosen.map { Double($0.count) })
      : PerplexityEvaluation.standardError(values)
    return LongPerplexityRecord.Run(
      method: method, length: length, windows: losses.count, evaluator: evaluator, shortContext: shortContext,
      step: step, tokensScored: losses.reduce(0) { $0 + max(0, $1.count - shortContext) }, keyTokens: values.count,
      nll: mean, standardError: error > 0 ? error : nil, perplexity: mean.map { .exp($0) },
      meanLoss: all.reduce(0, +) / Double(max(1, all.count)))
  }

  /// Losses of texts, each computed once for all methods that rotate alike.
  private struct Reading {
    let model: any LanguageModel
    let beginning: [Int]
    let checkpoint: EvaluationCheckpoint
    private var answered = AnsweredPrompts()

    init(model: any LanguageModel, beginning: [Int], checkpoint: EvaluationCheckpoint) {
      self.model = model
      self.beginning = beginning
      self.checkpoint = checkpoint
    }

    /// The loss of every token of a text; not a number for the first where nothing stands before it.
    mutating func losses(
      of text: ArraySlice<Int>, under method: MethodRun, _ options: RunOptions
    ) throws(InferenceError) -> [Double] {
      let tokens = beginning + text, model = model
      let plans = try method.planner.plans(length: tokens.count)
      let piece = EvaluationCheckpoint.Piece(
        name: "\(method.name), \(tokens.count) tokens", tokens: tokens, count: tokens.count - 1)
      let losses =
        try answered.values(of: [piece], under: plans, checkpoint) { (_) throws(InferenceError) in
          [try model.losses(of: tokens, plans: plans, options: options)]
        }.first ?? []
      return beginning.isEmpty ? [.nan] + losses : Array(losses.dropFirst(beginning.count - 1))
    }
  }
}

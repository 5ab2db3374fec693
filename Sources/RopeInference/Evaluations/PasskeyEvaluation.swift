import RopeMath
import RopeRecords

/// Retrieval: a five-digit number, or a sentence, hidden in prose and asked for at the end.
///
/// One pass reads prompt and answer together. Each token of the answer has a rank and a loss; greedy decoding gives the
/// number exactly when every one of them ranks first, so it needs no pass of its own.
public struct PasskeyEvaluation: Sendable {
  public static let mostTrials = 1_000_000
  /// Tokens of a prompt at most.
  public static let longest = 1 << 24

  public var lengths: [Int]
  public var depths: [Double]
  public var trials: Int
  public var needle: PasskeyPrompt.Needle
  public var seed: UInt64
  public var options: RunOptions

  public init(
    lengths: [Int], depths: [Double] = [0, 0.25, 0.5, 0.75, 1], trials: Int = 1,
    needle: PasskeyPrompt.Needle = .passkey, seed: UInt64 = 0, options: RunOptions = .init()
  ) {
    self.lengths = lengths
    self.depths = depths
    self.trials = trials
    self.needle = needle
    self.seed = seed
    self.options = options
  }

  /// Every method answers the same prompts.
  ///
  /// - Parameters:
  ///   - haystack: tokens of long prose.
  ///   - beginning: tokens that the model wants before every text.
  ///   - tokenize: turns a text into tokens without a beginning of text.
  ///   - checkpoint: trials that are known from before.
  ///   - finished: sees each cell as it is done.
  public func run(
    _ model: any LanguageModel, haystack: [Int], methods: [MethodRun], beginning: [Int] = [],
    frame: EvaluationSource.Frame? = nil, checkpoint: EvaluationCheckpoint = .none, tokenize: (String) -> [Int],
    finished: (PasskeyRecord.Cell) -> Void = { _ in }
  ) throws(InferenceError) -> PasskeyRecord {
    try Self.check(trials: trials, lengths: lengths)
    var cells: [PasskeyRecord.Cell] = []
    let total = Double(methods.count * depths.count) * Double(trials) * lengths.reduce(0.0) { $0 + Double($1) }
    var done = 0.0
    var answered = AnsweredPrompts()
    for method in methods {
      for length in lengths {
        let plans = try method.planner.plans(length: length)
        for depth in depths {
          var ranks: [Double] = [], losses: [Double] = [], found: [Bool] = []
          for trial in 0..<trials {
            let prompt = try prompt(
              length: length, depth: depth, trial: trial, haystack: haystack, beginning: beginning, frame: frame,
              tokenize: tokenize)
            var options = options
            let progress = options.control.progress, before = done
            options.control.progress = { progress((before + $0 * Double(length)) / total) }
            let tokens = prompt.tokens + prompt.answer
            let score = try answered.values(of: tokens, under: plans) { () throws(InferenceError) -> [Double] in
              try checkpoint.values(
                "\(method.name), \(needle.rawValue) \(trial) at \(depth) of \(length)", tokens: tokens, plans: plans,
                count: prompt.answer.count + 1
              ) { () throws(InferenceError) in
                let scores = try AnswerScores(
                  model, prompt: prompt.tokens, answer: prompt.answer, plans: plans, options: options)
                return scores.ranks + [scores.losses.reduce(0, +)]
              }
            }
            ranks += score.dropLast()
            losses.append(score.last ?? .nan)
            found.append(score.dropLast().allSatisfy { $0 == 1 })
            done += Double(length)
            self.options.control.progress(done / total)
          }
          let cell = PasskeyRecord.Cell(
            method: method.name, length: length, depth: depth, trials: trials, correct: found.count { $0 },
            meanRank: ranks.reduce(0, +) / Double(max(1, ranks.count)),
            nll: losses.reduce(0, +) / Double(trials),
            standardError: PerplexityEvaluation.standardError(losses), byTrial: found)
          cells.append(cell)
          finished(cell)
        }
      }
    }
    return PasskeyRecord(cells: cells, needle: needle)
  }

  /// The limits of every evaluation whose prompts are made.
  static func check(trials: Int, lengths: [Int]) throws(InferenceError) {
    guard (1...mostTrials).contains(trials) else {
      throw .option("\(trials) trials were asked for; 1 … \(mostTrials) are possible")
    }
    if let length = lengths.first(where: { $0 > longest }) {
      throw .option("a prompt of \(length) tokens is not possible; at most \(longest) are")
    }
  }

  /// What a cell's trial asks: every method is asked the same, every length, depth and trial hides something of its own
  /// in prose that begins elsewhere, so that the cells are independent.
  ///
  /// - Throws: `InferenceError.option` as `PasskeyPrompt` does.
  public func prompt(
    length: Int, depth: Double, trial: Int, haystack: [Int], beginning: [Int] = [],
    frame: EvaluationSource.Frame? = nil, tokenize: (String) -> [Int]
  ) throws(InferenceError) -> PasskeyPrompt {
    var mixed = seed
    for word in [UInt64(truncatingIfNeeded: trial), UInt64(truncatingIfNeeded: length), depth.bitPattern] {
      mixed = (mixed ^ word) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= mixed >> 32
    }
    var generator = SeededGenerator(seed: mixed)
    return try PasskeyPrompt(
      haystack: haystack, length: length, depth: depth, needle: needle, beginning: beginning, frame: frame,
      tokenize: tokenize, generator: &generator)
  }
}

extension PasskeyEvaluation: Evaluation {
  public static let card = EvaluationCard(
    id: "passkey", title: "Passkey", summary: "Whether a number or a sentence hidden in prose is found",
    details: "A number of five digits said twice, or an ordinary sentence said once, by length and depth.",
    options: [.text, .lengths, .depths, .trials],
    references: [.arXiv("2305.16300", "Landmark Attention", "§4.2")])

  public init(_ request: EvaluationRequest) {
    self.init(
      lengths: request.lengths, depths: request.depths ?? [0, 0.25, 0.5, 0.75, 1], trials: request.trials ?? 1,
      needle: request.needle, seed: request.seed)
  }

  public var tokensPerMethod: Double {
    lengths.reduce(0.0) { $0 + Double($1) } * Double(depths.count) * Double(trials)
  }

  public func outlook(methods: Int, source: EvaluationSource) throws(InferenceError) -> [String] {
    let haystack = source.tokens
    for length in lengths {
      _ = try prompt(
        length: length, depth: depths.first ?? 0, trial: 0, haystack: haystack, beginning: source.beginning,
        frame: source.frame, tokenize: source.encode)
    }
    return Outlook.items(depths.count * trials, methods: methods)
  }

  public func run(
    _ model: any LanguageModel, _ source: EvaluationSource, methods: [MethodRun], checkpoint: EvaluationCheckpoint,
    finished: (PasskeyRecord.Cell) -> Void
  ) throws(InferenceError) -> PasskeyRecord {
    try run(
      model, haystack: source.tokens, methods: methods, beginning: source.beginning, frame: source.frame,
      checkpoint: checkpoint, tokenize: source.encode, finished: finished)
  }

  public func record(of parts: [PasskeyRecord.Cell]) -> PasskeyRecord { PasskeyRecord(cells: parts, needle: needle) }
}

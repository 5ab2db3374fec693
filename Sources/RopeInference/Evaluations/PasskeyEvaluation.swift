import RopeMath
import RopeRecords

/// Retrieval: a five-digit number, or a sentence, hidden in prose and asked for at the end.
///
/// One pass reads prompt and answer together. Each token of the answer has a rank and a loss; greedy decoding gives the
/// number exactly when every one of them ranks first, so it needs no pass of its own.
public struct PasskeyEvaluation: Evaluation {
  public static let card = EvaluationCard(
    id: "passkey", title: "Passkey", summary: "Whether a number or a sentence hidden in prose is found",
    details: "A number of five digits said twice, or an ordinary sentence said once, by length and depth.",
    options: [.text, .lengths, .depths, .trials, .sharedProse],
    references: [.arXiv("2305.16300", "Landmark Attention", "§4.2")])

  public static let mostTrials = 1_000_000
  /// Tokens of a prompt at most.
  public static let longest = 1 << 24

  public var lengths: [Int]
  public var depths: [Double]
  public var trials: Int
  public var needle: PasskeyPrompt.Needle
  /// A trial hides the same in the same prose at every depth of a length, and what stands before it is read once.
  public var sharesProse: Bool
  public var seed: UInt64
  public var options = RunOptions()

  public init(_ request: EvaluationRequest) {
    lengths = request.lengths
    depths = request.depths ?? [0, 0.25, 0.5, 0.75, 1]
    trials = request.trials ?? 1
    needle = request.needle
    sharesProse = request.sharesProse ?? false
    seed = request.seed
  }

  public var tokensPerMethod: Double {
    lengths.reduce(0.0) { $0 + Double($1) } * Double(depths.count) * Double(trials)
  }

  public func outlook(methods: Int, source: EvaluationSource) throws(InferenceError) -> [String] {
    let haystack = source.tokens
    for length in lengths {
      _ = try prompt(length: length, depth: depths.first ?? 0, trial: 0, haystack: haystack, source: source)
    }
    return Outlook.items(depths.count * trials, methods: methods)
  }

  public func record(of parts: [PasskeyRecord.Cell]) -> PasskeyRecord { PasskeyRecord(cells: parts, needle: needle) }

  public func run(
    _ model: any LanguageModel, _ source: EvaluationSource, methods: [MethodRun],
    checkpoint: EvaluationCheckpoint = .none, finished: (PasskeyRecord.Cell) -> Void = { _ in }
  ) throws(InferenceError) -> PasskeyRecord {
    try Self.check(trials: trials, lengths: lengths)
    var cells: [PasskeyRecord.Cell] = []
    let haystack = source.tokens
    let total = Double(methods.count * depths.count) * Double(trials) * lengths.reduce(0.0) { $0 + Double($1) }
    var done = 0.0
    var answered = AnsweredPrompts()
    let groups = DepthGroups(depths: depths, items: trials, isShared: sharesProse)
    for method in methods {
      for length in lengths {
        let plans = try method.planner.plans(length: length)
        var trials = Array(repeating: [Trial](), count: depths.count)
        for group in groups.groups {
          var prompts: [PasskeyPrompt] = []
          for place in group {
            prompts.append(
              try prompt(
                length: length, depth: depths[place.depth], trial: place.item, haystack: haystack, source: source))
          }
          let share = Double(length * group.count), part = options.part(from: done / total, to: (done + share) / total)
          let pieces = zip(group, prompts).map { place, prompt in
            EvaluationCheckpoint.Piece(
              name: "\(method.name), \(needle.rawValue) \(place.item) at \(depths[place.depth]) of \(length)",
              tokens: prompt.tokens + prompt.answer, count: prompt.answer.count + 1)
          }
          let found = try answered.values(of: pieces, under: plans, checkpoint) { (places) throws(InferenceError) in
            let questions = places.map {
              AnswerScores.Question(prompt: prompts[$0].tokens, answer: prompts[$0].answer)
            }
            return try AnswerScores.all(of: questions, model, plans: plans, options: part)
              .map { $0.ranks + [$0.losses.reduce(0, +)] }
          }
          for (place, values) in zip(group, found) {
            trials[place.depth].append(Trial(ranks: Array(values.dropLast()), loss: values.last ?? .nan))
          }
          done += share
          options.control.progress(done / total)
          for depth in groups.finished(by: group) {
            let cell = Self.cell(method.name, length: length, depth: depths[depth], trials[depth])
            cells.append(cell)
            finished(cell)
          }
        }
      }
    }
    return record(of: cells)
  }

  /// What one prompt showed: the rank of each token of the answer, and their loss.
  private struct Trial {
    let ranks: [Double]
    let loss: Double
  }

  private static func cell(_ method: String, length: Int, depth: Double, _ trials: [Trial]) -> PasskeyRecord.Cell {
    let ranks = trials.flatMap(\.ranks), losses = trials.map(\.loss)
    let found = trials.map { $0.ranks.allSatisfy { $0 == 1 } }
    return PasskeyRecord.Cell(
      method: method, length: length, depth: depth, trials: trials.count, correct: found.count { $0 },
      meanRank: ranks.reduce(0, +) / Double(max(1, ranks.count)),
      nll: losses.reduce(0, +) / Double(max(1, trials.count)),
      standardError: PerplexityEvaluation.standardError(losses), byTrial: found)
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
  /// in prose that begins elsewhere, so that the cells are independent; with `sharesProse` a trial is the same at every
  /// depth.
  ///
  /// - Throws: `InferenceError.option` as `PasskeyPrompt` does.
  public func prompt(
    length: Int, depth: Double, trial: Int, haystack: [Int], source: EvaluationSource
  ) throws(InferenceError) -> PasskeyPrompt {
    var mixed = seed
    let words = [UInt64(truncatingIfNeeded: trial), UInt64(truncatingIfNeeded: length)]
    for word in words + (sharesProse ? [] : [depth.bitPattern]) {
      mixed = (mixed ^ word) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= mixed >> 32
    }
    var generator = SeededGenerator(seed: mixed)
    return try PasskeyPrompt(
      haystack: haystack, length: length, depth: depth, needle: needle, source: source, generator: &generator)
  }
}

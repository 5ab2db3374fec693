import RopeMath
import RopeRecords

/// A generated task as an evaluation: every method answers the same items, scored by the likelihood of the right answer,
/// and by greedy text where asked.
public struct TaskEvaluation<Task: SyntheticTask>: Evaluation {
  public var lengths: [Int]
  /// 0 … 1; one entry that is left aside for tasks without a depth.
  public var depths: [Double]
  public var trials: Int
  public var seed: UInt64
  public var writesText: Bool
  public var options = RunOptions()

  public static var card: EvaluationCard {
    EvaluationCard(
      id: Task.id, title: Task.title, summary: Task.summary, details: Task.details,
      options: [.text, .lengths] + (Task.hasDepth ? [.depths] : []) + [.trials], references: Task.references)
  }

  public init(_ request: EvaluationRequest) {
    lengths = request.lengths
    depths = Task.hasDepth ? request.depths ?? [0, 0.25, 0.5, 0.75, 1] : [0]
    trials = request.trials ?? (Task.hasDepth ? 1 : 5)
    seed = request.seed
    writesText = request.writesText ?? false
  }

  public var tokensPerMethod: Double {
    lengths.reduce(0.0) { $0 + Double($1) } * Double(depths.count) * Double(trials) * (writesText ? 2 : 1)
  }

  public func outlook(methods: Int, source: EvaluationSource) throws(InferenceError) -> [String] {
    try check()
    var sentences: [String] = []
    for length in lengths {
      let item = try prompt(length: length, depth: depths.first ?? 0, item: 0, source: source)
      sentences.append("\(length): the first item has \(item.tokens.count + item.answer.count) tokens.")
    }
    return sentences + Outlook.items(depths.count * trials, methods: methods)
  }

  public func record(of parts: [ScoreRecord.Item]) -> ScoreRecord {
    ScoreRecord(task: Task.id, seed: seed, items: parts)
  }

  /// The item of a cell in the model's tokens; every method is asked the same, every length, depth and item something of
  /// its own.
  ///
  /// - Throws: `InferenceError.option` where the length has no room for it.
  public func prompt(
    length: Int, depth: Double, item: Int, source: EvaluationSource
  ) throws(InferenceError) -> TaskPrompt {
    var hash = StableHash()
    hash.add(Task.id)
    for word in [seed, UInt64(truncatingIfNeeded: length), depth.bitPattern, UInt64(truncatingIfNeeded: item)] {
      hash.add(word)
    }
    return try TaskPrompt(
      Task.self, length: length, depth: depth, seed: hash.value, prose: prose(of: item, source).prose, source: source)
  }

  /// The prose that an item is hidden in, and the name of its text; none for the product's own.
  private func prose(
    of item: Int, _ source: EvaluationSource
  ) throws(InferenceError) -> (prose: TaskProse, document: String?) {
    guard !source.documents.isEmpty else { return (TaskProse(), nil) }
    let document = source.documents[item % source.documents.count]
    guard case .text(let text) = document.content else {
      throw .option("“\(Task.id)” hides its facts in a text; token ids cannot be read as one")
    }
    return (TaskProse(text), document.name)
  }

  public func run(
    _ model: any LanguageModel, _ source: EvaluationSource, methods: [MethodRun],
    checkpoint: EvaluationCheckpoint = .none, finished: (ScoreRecord.Item) -> Void = { _ in }
  ) throws(InferenceError) -> ScoreRecord {
    try check()
    var items: [ScoreRecord.Item] = [], answered = AnsweredPrompts(), prompts: [Cell: TaskPrompt] = [:]
    let total = max(1, tokensPerMethod * Double(methods.count))
    var done = 0.0
    for method in methods {
      for length in lengths {
        let plans = try method.planner.plans(length: length)
        for depth in depths {
          for item in 0..<trials {
            let cell = Cell(length: length, depth: depth, item: item)
            let prompt: TaskPrompt
            if let known = prompts[cell] {
              prompt = known
            } else {
              prompt = try self.prompt(length: length, depth: depth, item: item, source: source)
              prompts[cell] = prompt
            }
            var part = options
            let progress = options.control.progress, before = done
            part.control.progress = { progress(min(1, (before + $0 * Double(length)) / total)) }
            let tokens = prompt.tokens + prompt.answer,
              name = "\(method.name), \(Task.id) \(item) at \(depth) of \(length)"
            let scores = try answered.scores(
              model, prompt: prompt.tokens, answer: prompt.answer, wrong: prompt.wrong, plans: plans, named: name,
              checkpoint: checkpoint, options: part)
            var entry = Self.item(prompt, scores)
            entry.method = method.name
            entry.length = length
            entry.depth = Task.hasDepth ? depth : nil
            entry.item = item
            entry.document = try prose(of: item, source).document
            if writesText {
              let written = try checkpoint.values(
                name + ", greedy", tokens: tokens, plans: plans, count: prompt.answer.count
              ) { () throws(InferenceError) in
                // As many tokens as the right answer has.
                try model.greedy(after: prompt.tokens, most: prompt.answer.count, plans: plans, options: part)
                  .map { Double($0) }
              }
              let text = source.decode(written.compactMap { Int(exactly: $0) })
              entry.text = text
              entry.textScore =
                Double(prompt.draft.answers.count { text.contains($0) }) / Double(prompt.draft.answers.count)
            }
            items.append(entry)
            finished(entry)
            done += Double(length) * (writesText ? 2 : 1)
            options.control.progress(min(1, done / total))
          }
        }
      }
    }
    return record(of: items)
  }

  private struct Cell: Hashable {
    let length: Int
    let depth: Double
    let item: Int
  }

  private func check() throws(InferenceError) {
    guard !lengths.isEmpty else { throw .option("no length was given") }
    try PasskeyEvaluation.check(trials: trials, lengths: lengths)
    if let depth = depths.first(where: { !(0...1).contains($0) }) {
      throw .option("a depth of \(depth) is not possible; it must lie in 0 … 1")
    }
  }

  private static func item(_ prompt: TaskPrompt, _ scores: AnswerScores) -> ScoreRecord.Item {
    let places = prompt.parts.flatMap { Array($0) }
    let found = prompt.parts.count { part in part.allSatisfy { scores.ranks[$0] == 1 } }
    return ScoreRecord.Item(
      method: "", length: 0, depth: nil, item: 0, tokens: prompt.tokens.count + prompt.answer.count,
      score: Double(found) / Double(max(1, prompt.parts.count)), nll: places.reduce(0) { $0 + scores.losses[$1] },
      meanRank: places.reduce(0) { $0 + scores.ranks[$1] } / Double(max(1, places.count)), choice: scores.choice,
      choices: prompt.wrong.count + 1)
  }
}

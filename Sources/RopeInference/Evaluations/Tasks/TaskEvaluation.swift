import RopeMath
import RopeRecords

/// A generated task as an evaluation: every method answers the same items, scored by the likelihood of the right answer,
/// and by greedy text where asked.
public struct TaskEvaluation<Task: SyntheticTask>: Evaluation {
  public var lengths: [Int]
  /// 0 … 1; one entry that is left aside for tasks without a depth.
  public var depths: [Double]
  public var trials: Int
  /// An item is the same at every depth of a length but for the place of what is hidden, and what stands before it is read
  /// once.
  public var sharesProse: Bool
  public var seed: UInt64
  public var writesText: Bool
  public var options = RunOptions()

  public static var card: EvaluationCard {
    EvaluationCard(
      id: Task.id, title: Task.title, summary: Task.summary, details: Task.details,
      options: [.text, .lengths] + (Task.hasDepth ? [.depths, .sharedProse] : []) + [.trials],
      references: Task.references)
  }

  public init(_ request: EvaluationRequest) {
    lengths = request.lengths
    depths = Task.hasDepth ? request.depths ?? [0, 0.25, 0.5, 0.75, 1] : [0]
    trials = request.trials ?? (Task.hasDepth ? 1 : 5)
    sharesProse = Task.hasDepth && request.sharesProse ?? false
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
    let place = sharesProse ? [] : [depth.bitPattern]
    for word in [seed, UInt64(truncatingIfNeeded: length)] + place + [UInt64(truncatingIfNeeded: item)] {
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
    let groups = DepthGroups(depths: depths, items: trials, isShared: sharesProse)
    for method in methods {
      for length in lengths {
        let plans = try method.planner.plans(length: length)
        var byDepth = Array(repeating: [ScoreRecord.Item](), count: depths.count)
        for group in groups.groups {
          var asked: [TaskPrompt] = []
          for place in group {
            let cell = Cell(length: length, depth: depths[place.depth], item: place.item)
            if prompts[cell] == nil {
              prompts[cell] = try prompt(length: length, depth: cell.depth, item: cell.item, source: source)
            }
            if let prompt = prompts[cell] { asked.append(prompt) }
          }
          let part = options.part(from: done / total, to: (done + Double(length * group.count)) / total)
          let names = group.map { "\(method.name), \(Task.id) \($0.item) at \(depths[$0.depth]) of \(length)" }
          let scores = try answered.scores(
            of: asked.map { AnswerScores.Question(prompt: $0.tokens, answer: $0.answer, wrong: $0.wrong) },
            named: names, model, plans: plans, checkpoint: checkpoint, options: part)
          for (index, place) in group.enumerated() {
            var entry = Self.item(asked[index], scores[index])
            entry.method = method.name
            entry.length = length
            entry.depth = Task.hasDepth ? depths[place.depth] : nil
            entry.item = place.item
            entry.document = try prose(of: place.item, source).document
            if writesText {
              let text = try self.text(after: asked[index], named: names[index], model, source, plans, checkpoint, part)
              let answers = asked[index].draft.answers
              entry.text = text
              entry.textScore = Double(answers.count { text.contains($0) }) / Double(answers.count)
            }
            byDepth[place.depth].append(entry)
            finished(entry)
            done += Double(length) * (writesText ? 2 : 1)
          }
          options.control.progress(min(1, done / total))
        }
        items += byDepth.joined()
      }
    }
    return record(of: items)
  }

  /// As many tokens as the right answer has, the likeliest after one another.
  private func text(
    after prompt: TaskPrompt, named name: String, _ model: any LanguageModel, _ source: EvaluationSource,
    _ plans: LayerPlans, _ checkpoint: EvaluationCheckpoint, _ options: RunOptions
  ) throws(InferenceError) -> String {
    let most = prompt.answer.count
    let written = try checkpoint.values(
      name + ", greedy", tokens: prompt.tokens + prompt.answer, plans: plans, count: most
    ) { () throws(InferenceError) in
      try model.greedy(after: prompt.tokens, most: most, plans: plans, options: options).map { Double($0) }
    }
    return source.decode(written.compactMap { Int(exactly: $0) })
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

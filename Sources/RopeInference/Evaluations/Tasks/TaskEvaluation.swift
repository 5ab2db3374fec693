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
  /// Questions about each text at every depth; where there are several, `trials` counts texts.
  public var questions: Int
  public var seed: UInt64
  public var writesText: Bool
  public var options = RunOptions()

  public static var card: EvaluationCard {
    EvaluationCard(
      id: Task.id, title: Task.title, summary: Task.summary, details: Task.details,
      options: [.text, .lengths] + (Task.hasDepth ? [.depths, .sharedProse] : [])
        + (Task.self is any SharedTextTask.Type ? [.questions] : []) + [.trials],
      references: Task.references)
  }

  public init(_ request: EvaluationRequest) {
    lengths = request.lengths
    depths = Task.hasDepth ? request.depths ?? [0, 0.25, 0.5, 0.75, 1] : [0]
    trials = request.trials ?? (Task.hasDepth ? 1 : 5)
    sharesProse = Task.hasDepth && request.sharesProse ?? false
    questions = request.questions ?? 1
    seed = request.seed
    writesText = request.writesText ?? false
  }

  /// Whether several items are read from one text, so that the texts are the sample.
  private var sharesTexts: Bool { questions > 1 || sharesProse }

  public var tokensPerMethod: Double {
    let items = Double(depths.count * trials * questions)
    let reads = (questions > 1 ? Double(trials) : items) + (writesText ? items : 0)
    return lengths.reduce(0.0) { $0 + Double($1) } * reads
  }

  public func outlook(methods: Int, source: EvaluationSource) throws(InferenceError) -> [String] {
    try check()
    try checkTexts(source)
    var sentences: [String] = [], isGraded = false
    for length in lengths {
      let item =
        try questions > 1
        ? prompts(length: length, text: 0, source: source)[0]
        : prompt(length: length, depth: depths.first ?? 0, item: 0, source: source)
      sentences.append("\(length): the first item has \(item.tokens.count + item.answer.count) tokens.")
      isGraded = item.parts.count > 1
    }
    // Items of one document are not independent, nor are those of one text.
    let texts = source.documents.isEmpty ? trials : min(trials, source.documents.count)
    if sharesTexts {
      sentences.append("Questions to each text: \(depths.count * questions); texts, which are the sample: \(texts).")
    } else if !source.documents.isEmpty {
      sentences.append("Items a length: \(depths.count * trials); texts, which are the sample: \(texts).")
    } else {
      return sentences + Outlook.items(depths.count * trials, methods: methods, areGraded: isGraded)
    }
    return sentences + [Outlook.texts(texts, methods: methods)]
  }

  public func record(of parts: [ScoreRecord.Item]) -> ScoreRecord {
    ScoreRecord(task: Task.id, seed: seed, items: parts)
  }

  public func run(
    _ model: any LanguageModel, _ source: EvaluationSource, methods: [MethodRun],
    checkpoint: EvaluationCheckpoint = .none, finished: (ScoreRecord.Item) -> Void = { _ in }
  ) throws(InferenceError) -> ScoreRecord {
    try check()
    try checkTexts(source)
    var items: [ScoreRecord.Item] = [], answered = AnsweredPrompts(), known: [Cell: TaskPrompt] = [:]
    let total = max(1, tokensPerMethod * Double(methods.count))
    var done = 0.0
    let groups =
      questions > 1
      ? DepthGroups(depths: depths, texts: trials, questions: questions)
      : DepthGroups(depths: depths, items: trials, isShared: sharesProse)
    for method in methods {
      for length in lengths {
        let plans = try method.planner.plans(length: length)
        var byDepth = Array(repeating: [ScoreRecord.Item](), count: depths.count)
        for group in groups.groups {
          let cells = group.map { Cell(length: length, depth: depths[$0.depth], item: $0.item) }
          if cells.contains(where: { known[$0] == nil }) {
            let made =
              try questions > 1
              ? prompts(length: length, text: group[0].text, source: source)
              : cells.map { (cell) throws(InferenceError) in
                try prompt(length: length, depth: cell.depth, item: cell.item, source: source)
              }
            for (cell, prompt) in zip(cells, made) { known[cell] = prompt }
          }
          let asked = cells.compactMap { known[$0] }
          let reads = Double(length) * (questions > 1 ? 1 : Double(group.count))
          let part = options.part(from: done / total, to: (done + reads) / total)
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
            entry.document = document(of: place.text, source)?.name ?? (sharesTexts ? "text \(place.text + 1)" : nil)
            if writesText {
              let text = try self.text(after: asked[index], named: names[index], model, source, plans, checkpoint, part)
              let answers = asked[index].draft.answers
              entry.text = text
              entry.textScore = Double(answers.count { text.contains($0) }) / Double(answers.count)
            }
            byDepth[place.depth].append(entry)
            finished(entry)
          }
          done += reads + (writesText ? Double(length * group.count) : 0)
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
    guard questions > 1 else {
      if questions == 1 { return }
      throw .option("\(questions) questions were asked for; at least 1 is needed")
    }
    guard let task = Task.self as? any SharedTextTask.Type else {
      throw .option("“\(Task.id)” asks one question of a text; leave the number of questions out")
    }
    guard depths.count * questions <= task.mostFacts else {
      throw .option(
        "a text of “\(Task.id)” has room for \(task.mostFacts) facts, fewer than \(questions) at each of \(depths.count) depths"
      )
    }
  }

  private func checkTexts(_ source: EvaluationSource) throws(InferenceError) {
    for document in source.documents {
      guard case .text(let text) = document.content, !text.contains(where: { !$0.isWhitespace }) else { continue }
      throw .option("“\(document.name)” has no words to hide facts in")
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

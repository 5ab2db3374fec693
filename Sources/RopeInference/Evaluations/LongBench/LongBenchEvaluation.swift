import RopeMath
import RopeRecords

/// LongBench's tasks (arXiv 2308.14508) from files in its own format: every method answers the same items.
///
/// A prompt that is too long loses its middle, as in LongBench: its first and last tokens, half of what fits each, are
/// made text again and asked. The model writes greedily, and the metric of the data set scores what it wrote. Besides,
/// the first right answer has its loss and its tokens their ranks; with `writesText` off these are all, and an item
/// counts as found where every token of it ranks first.
public struct LongBenchEvaluation: Evaluation {
  public static let card = EvaluationCard(
    id: "longbench", title: "LongBench", summary: "LongBench's tasks from its own files, by data set and category",
    details:
      "After Bai et al. (arXiv 2308.14508): items are JSON lines with input, context, answers, dataset and, for classes, all_classes. Prompts that do not fit lose their middle; greedy text is scored by the data set's metric. Chinese answers are cut into characters, not jieba's words, and do not compare with published numbers.",
    options: [.items, .lengths, .trials], references: [.arXiv("2308.14508", "LongBench", "table 1")])

  public var lengths: [Int]
  /// Items of a data set at most; nil for all.
  public var mostItems: Int?
  public var prompts: LongBenchPrompts
  public var writesText: Bool
  public var options = RunOptions()

  public init(_ request: EvaluationRequest) {
    lengths = request.lengths
    mostItems = request.trials
    prompts = request.prompts ?? .own
    writesText = request.writesText ?? true
  }

  /// A pass for each item; how many a file has is not known here.
  public var tokensPerMethod: Double {
    lengths.reduce(0.0) { $0 + Double($1) } * Double(mostItems ?? 1) * (writesText ? 2 : 1)
  }

  public func tokens(methods: Int, source: EvaluationSource) throws(InferenceError) -> Double {
    lengths.reduce(0.0) { $0 + Double($1) } * Double(try items(source).count * methods * (writesText ? 2 : 1))
  }

  public func outlook(methods: Int, source: EvaluationSource) throws(InferenceError) -> [String] {
    let items = try items(source)
    var sentences: [String] = []
    for length in lengths {
      var cut = 0
      for item in items where try prompt(of: item, length: length, source: source).isTruncated { cut += 1 }
      sentences.append(
        "\(length): \(Outlook.counted(items.count, "item")), \(cut) of them without the middle of their prompts.")
    }
    // Every metric of texts lies between 0 and 1.
    return sentences + Outlook.items(items.count, methods: methods, areGraded: writesText)
  }

  public func record(of parts: [ScoreRecord.Item]) -> ScoreRecord {
    ScoreRecord(task: Self.card.id, seed: 0, items: parts, prompts: prompts.name)
  }

  /// The first items of each data set, in the order of the files.
  func items(_ source: EvaluationSource) throws(InferenceError) -> [LongBenchItem] {
    guard !lengths.isEmpty else { throw .option("no length was given") }
    var items: [LongBenchItem] = [], counts: [String: Int] = [:]
    for document in source.documents {
      guard case .text(let text) = document.content else { throw .option("LongBench's items are text, not token ids") }
      for item in try LongBenchItem.all(in: text, named: document.name) {
        counts[item.dataset.id, default: 0] += 1
        if counts[item.dataset.id, default: 0] <= mostItems ?? .max { items.append(item) }
      }
    }
    guard !items.isEmpty else { throw .option("there are no items; name a file of JSON lines") }
    return items
  }

  /// What a model reads for an item; at most `length` tokens with the answer.
  ///
  /// - Throws: `InferenceError.option` where nothing of the prompt would be left.
  func prompt(of item: LongBenchItem, length: Int, source: EvaluationSource) throws(InferenceError) -> LongBenchPrompt {
    try LongBenchPrompt(item, text: try prompts.prompt(of: item), length: length, source: source)
  }

  public func run(
    _ model: any LanguageModel, _ source: EvaluationSource, methods: [MethodRun],
    checkpoint: EvaluationCheckpoint = .none, finished: (ScoreRecord.Item) -> Void = { _ in }
  ) throws(InferenceError) -> ScoreRecord {
    let items = try items(source)
    var found: [ScoreRecord.Item] = [], answered = AnsweredPrompts(), written = AnsweredPrompts()
    let total = Double(methods.count * items.count * lengths.count)
    for method in methods {
      for length in lengths {
        let plans = try method.planner.plans(length: length)
        for (place, item) in items.enumerated() {
          let prompt = try prompt(of: item, length: length, source: source)
          let name = "\(method.name), longbench \(item.dataset.id) \(item.id) of \(length)"
          let question = AnswerScores.Question(prompt: prompt.asked, answer: prompt.answer, wrong: prompt.wrong)
          let scores = try answered.scores(
            of: [question], named: [name], model, plans: plans, checkpoint: checkpoint, options: silent)
          guard let own = scores.first else { continue }
          var entry = Self.entry(item, prompt, own)
          entry.method = method.name
          entry.length = length
          entry.item = place
          if writesText {
            let most = item.dataset.mostTokens
            let piece = EvaluationCheckpoint.Piece(name: name + ", greedy", tokens: prompt.tokens, count: most)
            let ids =
              try written.values(of: [piece], under: plans, checkpoint) { (_) throws(InferenceError) in
                let ids = try model.greedy(
                  after: prompt.tokens, most: most, plans: plans, stops: source.stops, options: silent
                ) { written in
                  item.dataset.takesFirstLine && source.decode(written).drop(while: { $0 == "\n" }).contains("\n")
                }
                return [ids.map { Double($0) } + Array(repeating: -1, count: most - ids.count)]
              }.first ?? []
            let text = source.decode(ids.filter { $0 >= 0 }.compactMap { Int(exactly: $0) })
            entry.text = text
            entry.score = item.dataset.metric.score(
              text, answers: item.answers, classes: item.classes, takesFirstLine: item.dataset.takesFirstLine)
            entry.textScore = entry.score
            entry.metric = item.dataset.metric.rawValue
          }
          found.append(entry)
          finished(entry)
          options.control.progress(Double(found.count) / total)
        }
      }
    }
    return record(of: found)
  }

  /// Progress is told item by item.
  private var silent: RunOptions {
    var options = options
    options.control.progress = { _ in }
    return options
  }

  private static func entry(_ item: LongBenchItem, _ prompt: LongBenchPrompt, _ scores: AnswerScores)
    -> ScoreRecord.Item
  {
    var entry = ScoreRecord.Item(
      method: "", length: 0, depth: nil, item: 0, tokens: prompt.asked.count + prompt.answer.count,
      score: scores.ranks.allSatisfy { $0 == 1 } ? 1 : 0, nll: scores.losses.reduce(0, +),
      meanRank: scores.ranks.reduce(0, +) / Double(max(1, prompt.answer.count)), choice: scores.choice,
      choices: prompt.wrong.count + 1)
    entry.dataset = item.dataset.id
    entry.category = item.dataset.category.rawValue
    entry.id = item.id
    entry.isTruncated = prompt.isTruncated
    return entry
  }
}

import RopeMath

/// An item of a task in a model's tokens: as long as fits its budget.
public struct TaskPrompt: Sendable, Hashable {
  public let draft: TaskDraft
  /// All that the model reads before it answers.
  public let tokens: [Int]
  public let answer: [Int]
  /// The tokens of each part of the answer, what separates them left out.
  public let parts: [Range<Int>]
  /// Tokens that stand in place of the answer's first ones where another answer is given.
  public let wrong: [[Int]]

  /// The longest item whose prompt and answer fit the budget; budgets of 1,000 tokens and more are filled to 99 % at
  /// least, unless the vocabulary of the task is used up.
  ///
  /// - Parameters:
  ///   - seed: of the facts; the same seed asks the same at every length.
  /// - Throws: `InferenceError.option` where not even the shortest item fits.
  public init<Task: SyntheticTask>(
    _ task: Task.Type, length: Int, depth: Double, seed: UInt64, prose: TaskProse, source: EvaluationSource
  ) throws(InferenceError) {
    self = try Self.fitting(task, length: length, seed: seed, prose: prose, source: source) {
      [Task.draft($0, depth: depth, using: &$1)]
    }[0]
  }

  /// The items of one text, each as long as that of the longest question allows.
  ///
  /// - Parameter depths: of the facts; at most as many as the task can hold.
  static func sharing<Task: SharedTextTask>(
    _ task: Task.Type, length: Int, depths: [Double], seed: UInt64, prose: TaskProse, source: EvaluationSource
  ) throws(InferenceError) -> [TaskPrompt] {
    try fitting(task, length: length, seed: seed, prose: prose, source: source) {
      Task.drafts($0, depths: depths, using: &$1)
    }
  }

  /// - Parameter draft: items of the same text, at least one.
  private static func fitting<Task: SyntheticTask>(
    _ task: Task.Type, length: Int, seed: UInt64, prose: TaskProse, source: EvaluationSource,
    _ drafts: @escaping (TaskSize, inout SeededGenerator) -> [TaskDraft]
  ) throws(InferenceError) -> [TaskPrompt] {
    // A draft whose answer stands elsewhere by chance is drawn again.
    for attempt in 0..<UInt64(mostAttempts) {
      let fitting = Fitting<Task>(
        length: length, seed: seed &+ attempt &* 0x9E37_79B9_7F4A_7C15, prose: prose, source: source, make: drafts)
      let found = try fitting.longest()
      guard found.allSatisfy(\.isUnambiguous) else { continue }
      let opening = source.beginning + source.encode(Self.opening(of: found[0], source))
      var prompts: [TaskPrompt] = []
      for draft in found { prompts.append(try TaskPrompt(draft, after: opening, source)) }
      return prompts
    }
    throw .option("no text of \(length) tokens could be made in which the answer of “\(Task.id)” stands nowhere else")
  }

  private init(_ draft: TaskDraft, after opening: [Int], _ source: EvaluationSource) throws(InferenceError) {
    let cut = Cut(draft, source)
    guard !cut.answer.isEmpty else {
      throw .option("the tokenizer cannot write the answer “\(draft.answer)”")
    }
    self.draft = draft
    tokens = opening + cut.question
    answer = cut.answer
    parts = cut.parts
    wrong = cut.wrong
  }

  private static let mostAttempts = 100

  /// All that stands before the question.
  private static func opening(of draft: TaskDraft, _ source: EvaluationSource) -> String {
    (source.frame?.before ?? "") + draft.opening + "\n\n" + draft.context
  }

  /// Question and answer in tokens. The answer begins where their tokens part from those of the question alone,
  /// whichever way the tokenizer cuts them.
  private struct Cut {
    let question: [Int]
    let answer: [Int]
    let parts: [Range<Int>]
    let wrong: [[Int]]

    init(_ draft: TaskDraft, _ source: EvaluationSource) {
      func common(_ a: [Int], _ b: [Int]) -> Int { zip(a, b).prefix { $0 == $1 }.count }
      // After the end of a user's turn the answer begins without a blank.
      let question = draft.question + (source.frame?.after ?? ""), blank = source.frame == nil ? " " : ""
      let whole = source.encode(question + draft.answer(after: blank))
      let start = common(whole, source.encode(question))
      self.question = Array(whole[..<start])
      answer = Array(whole[start...])
      var parts: [Range<Int>] = [], written = question
      for (place, part) in draft.answers.enumerated() {
        let from = max(start, common(whole, source.encode(written)))
        written += (place == 0 ? blank : " ") + part
        let to = place + 1 == draft.answers.count ? whole.count : common(whole, source.encode(written))
        parts.append(from - start..<max(from, to) - start)
        written += draft.separator
      }
      self.parts = parts
      wrong = draft.wrong.map { Array(source.encode(question + blank + $0).dropFirst(start)) }
    }
  }

  /// Finds the size that fits.
  private struct Fitting<Task: SyntheticTask> {
    let length: Int
    let seed: UInt64
    let prose: TaskProse
    let source: EvaluationSource
    let make: (TaskSize, inout SeededGenerator) -> [TaskDraft]

    func longest() throws(InferenceError) -> [TaskDraft] {
      let least = Task.growth.least, shortest = tokens(drafts(least, 0))
      guard shortest <= length else {
        throw .option("an item of “\(Task.id)” needs \(shortest) tokens at least, more than the \(length) asked for")
      }
      let units = fill(from: least, holding: shortest) { drafts($0, 0) }
      guard case .entries = Task.growth else { return drafts(units, 0) }
      let padding = fill(from: 0, holding: tokens(drafts(units, 0))) { drafts(units, $0) }
      return drafts(units, padding)
    }

    /// The items with so many words of prose before their opening.
    private func drafts(_ units: Int, _ padding: Int) -> [TaskDraft] {
      var generator = SeededGenerator(seed: seed)
      var drafts = make(TaskSize(units: units, budget: length, prose: prose), &generator)
      guard padding > 0 else { return drafts }
      let words = prose.words(padding).joined(separator: " ")
      for place in drafts.indices { drafts[place].opening = words + "\n\n" + drafts[place].opening }
      return drafts
    }

    /// Of the text with its longest question and answer.
    private func tokens(_ drafts: [TaskDraft]) -> Int {
      let asked = drafts.map { source.encode($0.question + (source.frame?.after ?? "") + $0.answer).count }
      return source.beginning.count + source.encode(TaskPrompt.opening(of: drafts[0], source)).count
        + (asked.max() ?? 0)
    }

    /// The largest number of units that fits, by interpolation between one that does and one that does not; close
    /// enough where less than a five-hundredth of the budget is left.
    private func fill(from least: Int, holding shortest: Int, _ drafts: (Int) -> [TaskDraft]) -> Int {
      var low = least, lowTokens = shortest, high = Int.max, highTokens = Int.max, step = 16
      let enough = length / 500
      while length - lowTokens > enough, high - low > 1 {
        var next: Int
        if high == .max {
          let perUnit = Double(lowTokens - shortest) / Double(max(1, low - least))
          next = low + (perUnit > 0 ? Int(1.05 * Double(length - lowTokens) / perUnit) + 1 : step)
          step *= 4
        } else {
          let share = Double(length - lowTokens) / Double(max(1, highTokens - lowTokens))
          next = low + Int(share * Double(high - low))
          // Half way now and then, so that uneven entries cannot hold it up.
          if next <= low + (high - low) / 16 || next >= high - (high - low) / 16 { next = low + (high - low) / 2 }
        }
        next = min(max(next, low + 1), high - 1)
        let found = tokens(drafts(next))
        if found <= length {
          guard found > lowTokens || high != .max else { return low }
          (low, lowTokens) = (next, found)
        } else {
          (high, highTokens) = (next, found)
        }
      }
      return low
    }
  }
}

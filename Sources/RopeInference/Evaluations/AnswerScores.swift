import RealModule

/// How a model likes the right answer to a prompt, token by token, in one pass over prompt and answer together.
///
/// Each token of the answer has a rank and a loss, the right ones before it being given; greedy decoding gives the
/// answer exactly where every one of them ranks first, so it needs no pass of its own.
struct AnswerScores {
  /// Of each token of the answer among the vocabulary, 1 the best.
  var ranks: [Double] = []
  /// `−ln p` of each token, nats.
  var losses: [Double] = []
  /// Rank of the right answer among the wrong ones, 1 the best: a wrong one is ahead where, at the token at which it
  /// parts from the right one, its own is likelier.
  var choice = 1

  /// What is asked, and the right answer.
  struct Question {
    var prompt: [Int]
    var answer: [Int]
    /// Tokens of other answers in place of the first ones of the right one.
    var wrong: [[Int]] = []

    var tokens: [Int] { prompt + answer }
  }

  /// The scores of several questions, read together.
  static func all(
    of questions: [Question], _ model: any LanguageModel, plans: LayerPlans, options: RunOptions
  ) throws(InferenceError) -> [AnswerScores] {
    var scores = questions.map { _ in AnswerScores() }
    let texts = questions.map { question in
      let first = question.prompt.count - 1
      return AskedText(tokens: question.tokens, positions: first..<first + question.answer.count)
    }
    try model.forEachLogits(of: texts, plans: plans, options: options) { text, position, logits in
      scores[text].add(logits, at: position - texts[text].positions.lowerBound, of: questions[text])
    }
    return scores
  }

  private init() {}

  private mutating func add(_ logits: [Double], at place: Int, of question: Question) {
    let answer = question.answer, target = answer[place], own = logits[target]
    ranks.append(Double(Self.rank(of: target, in: logits)))
    losses.append(Self.loss(of: target, in: logits))
    choice += question.wrong.count { other in
      guard place < other.count, other[place] != target, other.prefix(place) == answer.prefix(place),
        logits.indices.contains(other[place])
      else { return false }
      return logits[other[place]] > own
    }
  }

  /// 1 the best; among equals the smaller id comes first, as greedy decoding has it.
  static func rank(of token: Int, in logits: [Double]) -> Int {
    let own = logits[token]
    return logits.indices.count { logits[$0] > own || (logits[$0] == own && $0 < token) } + 1
  }

  /// `−ln p` of a token, nats.
  static func loss(of token: Int, in logits: [Double]) -> Double {
    let own = logits[token], largest = logits.max() ?? own
    return largest + .log(logits.reduce(0) { $0 + .exp($1 - largest) }) - own
  }

  /// Ranks, losses and choice as a checkpoint keeps them; 2n + 1 numbers for an answer of n tokens.
  fileprivate var numbers: [Double] { ranks + losses + [Double(choice)] }

  fileprivate init(numbers: [Double], wrong: Int) {
    let count = numbers.count / 2
    ranks = Array(numbers.prefix(count))
    losses = Array(numbers.dropFirst(count).prefix(count))
    choice = numbers.last.flatMap { Int(exactly: $0) } ?? wrong + 1
  }
}

/// What prompts were answered under which plans: methods that rotate alike answer alike, so each prompt is read once for
/// all of them.
struct AnsweredPrompts {
  private var known: [(plans: LayerPlans, values: [[Int]: [Double]])] = []

  /// The numbers of several prompts.
  ///
  /// - Parameter compute: the numbers of the pieces at some places, which no method and no checkpoint has, in order.
  mutating func values(
    of pieces: [EvaluationCheckpoint.Piece], under plans: LayerPlans, _ checkpoint: EvaluationCheckpoint,
    compute: (_ places: [Int]) throws(InferenceError) -> [[Double]]
  ) throws(InferenceError) -> [[Double]] {
    let own = known.firstIndex { $0.plans.isSameRotation(as: plans) } ?? known.count
    if own == known.count { known.append((plans, [:])) }
    let missing = pieces.indices.filter { known[own].values[pieces[$0].tokens] == nil }
    let found = try checkpoint.values(missing.map { pieces[$0] }, plans: plans) { (places) throws(InferenceError) in
      try compute(places.map { missing[$0] })
    }
    for (place, values) in zip(missing, found) { known[own].values[pieces[place].tokens] = values }
    return pieces.map { known[own].values[$0.tokens] ?? [] }
  }

  /// How a model likes the answers to several questions, read once for all methods that rotate alike.
  ///
  /// - Parameter names: what the checkpoint calls them.
  mutating func scores(
    of questions: [AnswerScores.Question], named names: [String], _ model: any LanguageModel, plans: LayerPlans,
    checkpoint: EvaluationCheckpoint, options: RunOptions
  ) throws(InferenceError) -> [AnswerScores] {
    let pieces = zip(questions, names).map { question, name in
      EvaluationCheckpoint.Piece(name: name, tokens: question.tokens, count: 2 * question.answer.count + 1)
    }
    let numbers = try values(of: pieces, under: plans, checkpoint) { (places) throws(InferenceError) in
      try AnswerScores.all(of: places.map { questions[$0] }, model, plans: plans, options: options).map(\.numbers)
    }
    return zip(questions, numbers).map { AnswerScores(numbers: $1, wrong: $0.wrong.count) }
  }
}

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

  /// - Parameter wrong: tokens of other answers in place of the first ones of the right one.
  init(
    _ model: any LanguageModel, prompt: [Int], answer: [Int], wrong: [[Int]] = [], plans: LayerPlans,
    options: RunOptions
  ) throws(InferenceError) {
    let tokens = prompt + answer, first = prompt.count - 1
    var ranks: [Double] = [], losses: [Double] = [], choice = 1
    try model.forEachLogits(of: tokens, plans: plans, at: first..<first + answer.count, options: options) {
      position, logits in
      let place = position - first, target = answer[place], own = logits[target]
      ranks.append(Double(Self.rank(of: target, in: logits)))
      losses.append(Self.loss(of: target, in: logits))
      choice += wrong.count { other in
        guard place < other.count, other[place] != target, other.prefix(place) == answer.prefix(place),
          logits.indices.contains(other[place])
        else { return false }
        return logits[other[place]] > own
      }
    }
    self.ranks = ranks
    self.losses = losses
    self.choice = choice
  }

  private init(ranks: [Double], losses: [Double], choice: Int) {
    self.ranks = ranks
    self.losses = losses
    self.choice = choice
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
    self.init(
      ranks: Array(numbers.prefix(count)), losses: Array(numbers.dropFirst(count).prefix(count)),
      choice: numbers.last.flatMap { Int(exactly: $0) } ?? wrong + 1)
  }
}

/// What prompts were answered under which plans: methods that rotate alike answer alike, so each prompt is read once for
/// all of them.
struct AnsweredPrompts {
  private var known: [(plans: LayerPlans, values: [[Int]: [Double]])] = []

  mutating func values(
    of tokens: [Int], under plans: LayerPlans, compute: () throws(InferenceError) -> [Double]
  ) throws(InferenceError) -> [Double] {
    let place = known.firstIndex { $0.plans.isSameRotation(as: plans) } ?? known.count
    if place == known.count { known.append((plans, [:])) }
    if let values = known[place].values[tokens] { return values }
    let values = try compute()
    known[place].values[tokens] = values
    return values
  }

  /// How a model likes an answer, read once for all methods that rotate alike.
  ///
  /// - Parameter name: what the checkpoint calls it.
  mutating func scores(
    _ model: any LanguageModel, prompt: [Int], answer: [Int], wrong: [[Int]], plans: LayerPlans, named name: String,
    checkpoint: EvaluationCheckpoint, options: RunOptions
  ) throws(InferenceError) -> AnswerScores {
    let tokens = prompt + answer
    let numbers = try values(of: tokens, under: plans) { () throws(InferenceError) -> [Double] in
      try checkpoint.values(name, tokens: tokens, plans: plans, count: 2 * answer.count + 1) {
        () throws(InferenceError) in
        try AnswerScores(model, prompt: prompt, answer: answer, wrong: wrong, plans: plans, options: options).numbers
      }
    }
    return AnswerScores(numbers: numbers, wrong: wrong.count)
  }
}

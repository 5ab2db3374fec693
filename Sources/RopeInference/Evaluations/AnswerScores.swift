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
      // Among equals the smaller id comes first, as greedy decoding has it.
      ranks.append(Double(logits.indices.count { logits[$0] > own || (logits[$0] == own && $0 < target) } + 1))
      let largest = logits.max() ?? own
      losses.append(largest + .log(logits.reduce(0) { $0 + .exp($1 - largest) }) - own)
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
}

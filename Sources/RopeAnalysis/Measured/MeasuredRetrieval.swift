/// How often a model under one method found what was hidden at one depth of a text of one length.
public struct MeasuredRetrieval: Sendable, Hashable, Codable {
  /// As the source calls it: `yarn:factor=2`, or any words.
  public var method: String
  /// Tokens of prompt and answer.
  public var length: Int
  /// Where it was hidden, 0 at the beginning and 1 at the end.
  public var depth: Double
  public var trials: Int
  /// Trials in which the whole answer was given, 0 … `trials`.
  public var correct: Int
  /// Mean rank of the right next token, 1 the best; nil where the source does not tell.
  public var meanRank: Double?
  /// Summed loss of the answer's tokens, mean over trials, nats; nil where the source does not tell.
  public var nll: Double?
  /// Of `nll`, over trials.
  public var standardError: Double?
  /// Whether each trial gave the whole answer, in an order that all methods of the source share; nil where it does not
  /// tell.
  public var byTrial: [Bool]?
  /// Files that the trials came from, in the trials' order; nil where they are not told apart.
  public var sources: [String]?

  public init(
    method: String, length: Int, depth: Double, trials: Int, correct: Int, meanRank: Double? = nil, nll: Double? = nil,
    standardError: Double? = nil, byTrial: [Bool]? = nil, sources: [String]? = nil
  ) {
    self.method = method
    self.length = length
    self.depth = depth
    self.trials = trials
    self.correct = correct
    self.meanRank = meanRank
    self.nll = nll
    self.standardError = standardError
    self.byTrial = byTrial
    self.sources = sources
  }

  /// Trials one by one, where the source tells, or where all went alike.
  public var outcomes: [Bool]? {
    if let byTrial, byTrial.count == trials { return byTrial }
    // A trial that is not there takes no memory; a share of a million trials is no list.
    guard trials <= 100_000 else { return nil }
    return correct == trials || correct == 0 ? Array(repeating: correct > 0, count: trials) : nil
  }

  private enum CodingKeys: String, CodingKey {
    case method, length, depth, trials, correct, nll, sources
    case byTrial = "by_trial"
    case meanRank = "mean_rank"
    case standardError = "nll_stderr"
  }

  /// Two sets of trials at the same place as one.
  func pooled(with other: MeasuredRetrieval) -> MeasuredRetrieval {
    let weight = Double(trials) / Double(max(1, trials + other.trials))
    func mean(_ own: Double?, _ other: Double?) -> Double? {
      own.flatMap { a in other.map { weight * a + (1 - weight) * $0 } }
    }
    let error = standardError.flatMap { a in
      other.standardError.map { (weight * weight * a * a + (1 - weight) * (1 - weight) * $0 * $0).squareRoot() }
    }
    return MeasuredRetrieval(
      method: method, length: length, depth: depth, trials: trials + other.trials, correct: correct + other.correct,
      meanRank: mean(meanRank, other.meanRank), nll: mean(nll, other.nll), standardError: error,
      byTrial: outcomes.flatMap { own in other.outcomes.map { own + $0 } },
      sources: sources.flatMap { own in other.sources.map { own + $0 } })
  }
}

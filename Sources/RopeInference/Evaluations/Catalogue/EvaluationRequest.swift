import RopeMath
import RopeRecords

/// What an evaluation is asked: the values of its options, from a command line or a plan. What it does not take is left
/// aside; what is nil is the evaluation's own choice.
public struct EvaluationRequest: Sendable, Hashable {
  /// Tokens.
  public var lengths: [Int]
  public var depths: [Double]?
  public var trials: Int?
  public var seed: UInt64
  public var stride: Int?
  public var windows: Int?
  public var shortContext: Int?
  public var caches: [PerplexityEvaluation.Cache]
  public var needle: PasskeyPrompt.Needle
  /// Whether an item is the same at every depth but for the place of what is hidden.
  public var sharesProse: Bool?
  /// Questions that are asked of one text at every depth.
  public var questions: Int?
  /// Whether greedy text is written too, in a pass of its own.
  public var writesText: Bool?
  /// What benchmarks ask; nil for the product's own words.
  public var prompts: LongBenchPrompts?

  /// A length or depth that is named twice is measured once: the same items again would pass for others.
  public init(
    lengths: [Int], depths: [Double]? = nil, trials: Int? = nil, seed: UInt64 = 0, stride: Int? = nil,
    windows: Int? = nil, shortContext: Int? = nil, caches: [PerplexityEvaluation.Cache] = [.consistent],
    needle: PasskeyPrompt.Needle = .passkey, sharesProse: Bool? = nil, questions: Int? = nil,
    writesText: Bool? = nil, prompts: LongBenchPrompts? = nil
  ) {
    self.lengths = lengths.distinct()
    self.depths = depths?.distinct()
    self.trials = trials
    self.seed = seed
    self.stride = stride
    self.windows = windows
    self.shortContext = shortContext
    self.caches = caches
    self.needle = needle
    self.sharesProse = sharesProse
    self.questions = questions
    self.writesText = writesText
    self.prompts = prompts
  }
}

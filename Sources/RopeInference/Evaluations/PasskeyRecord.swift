import RopeMath

/// How well a number hidden in a long text is found: `ropescope.passkey/1`.
public struct PasskeyRecord: Sendable, Hashable, Codable {
  public struct Cell: Sendable, Hashable, Codable {
    public var method: String
    public var length: Int
    /// Where the number stands, 0 at the beginning and 1 at the end.
    public var depth: Double
    public var trials: Int
    /// Trials in which greedy decoding gives the whole number.
    public var correct: Int
    /// Mean rank of the right next token, 1 the best.
    public var meanRank: Double
    /// Summed loss of the number's tokens, mean over trials, nats.
    public var nll: Double
    /// Over trials; 0 for one.
    public var nllStandardError: Double

    private enum CodingKeys: String, CodingKey {
      case method, length, depth, trials, correct, nll
      case meanRank = "mean_rank"
      case nllStandardError = "nll_stderr"
    }
  }

  public var schema = "ropescope.passkey/1"
  public var setting: EvaluationSetting?
  public var needle: PasskeyPrompt.Needle
  public var cells: [Cell]

  public init(cells: [Cell], needle: PasskeyPrompt.Needle = .passkey, setting: EvaluationSetting? = nil) {
    self.cells = cells
    self.needle = needle
    self.setting = setting
  }
}

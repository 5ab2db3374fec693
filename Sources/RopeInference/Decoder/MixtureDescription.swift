/// Experts of which a router chooses a few for each token.
public struct MixtureDescription: Sendable, Hashable, Codable {
  /// How the router's numbers become shares.
  public enum Scoring: String, Sendable, Hashable, Codable {
    /// Softmax over all experts.
    case softmax
    /// Softmax over the chosen ones (gpt-oss).
    case softmaxOfChosen
    case sigmoid
    /// Sigmoid, and the share multiplies an expert's input, not its output (Llama 4).
    case sigmoidOfInput
  }

  /// Experts in groups, of which the best are chosen first (DeepSeek).
  public struct Groups: Sendable, Hashable, Codable {
    public enum Score: String, Sendable, Hashable, Codable {
      case largest
      case sumOfTwo
    }

    public var count: Int
    public var chosen: Int
    public var score: Score
  }

  public var experts: Int
  /// Experts of a token.
  public var chosen: Int
  /// Features inside of one.
  public var size: Int
  public var scoring = Scoring.softmax
  /// The shares of a token's experts are made to add up to 1.
  public var normalises = false
  /// Multiplies the shares.
  public var scale = 1.0
  public var groups: Groups?
  /// A number of each expert is added to its score for the choice, not to its share.
  public var hasCorrection = false
  public var hasRouterBias = false
  public var hasBias = false
  /// The shared expert is multiplied by a sigmoid of the token (Qwen 2).
  public var hasSharedGate = false

  /// The experts read the states that the dense part reads, each with norms before and after it, and the router the
  /// states normed without a weight (Gemma 4). Else the dense part is an expert that all tokens share.
  public var isBeside = false
}

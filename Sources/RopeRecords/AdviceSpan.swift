/// For which deviations of attention logits an advice holds. A choice by the temperature hangs on them; one by anything
/// else has a single stretch.
public struct AdviceSpan: Sendable, Codable, Hashable {
  /// What is chosen from one deviation to another, both in nats.
  public struct Choice: Sendable, Codable, Hashable {
    public var from: Double
    public var to: Double
    /// The SPEC.
    public var method: String

    public init(from: Double, to: Double, method: String) {
      self.from = from
      self.to = to
      self.method = method
    }
  }

  /// σ that the advice was given for, nats.
  public var logitDeviation: Double
  /// Whether it was measured on the model's own heads.
  public var isMeasured: Bool
  /// Neighbouring stretches of the deviations that were looked at, ascending; empty where no method is advised.
  public var choices: [Choice]

  public init(logitDeviation: Double, isMeasured: Bool, choices: [Choice]) {
    self.logitDeviation = logitDeviation
    self.isMeasured = isMeasured
    self.choices = choices
  }

  /// Whether another deviation would change the advice.
  public var isDecisive: Bool { choices.count > 1 }

  enum CodingKeys: String, CodingKey {
    case choices
    case logitDeviation = "logit_deviation"
    case isMeasured = "measured"
  }
}

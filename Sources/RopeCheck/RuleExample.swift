/// A small configuration with what is declared around it.
public struct RuleExample: Sendable {
  public let configuration: String
  public let facts: Facts
  /// Files beside the configuration, by name: a trainer's, a tokenizer's.
  public let companions: [String: String]

  public init(_ configuration: String, facts: Facts = Facts(), companions: [String: String] = [:]) {
    self.configuration = configuration
    self.facts = facts
    self.companions = companions
  }
}

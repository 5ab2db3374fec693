/// How much an adviser leans on a closed form: what measured rank correlations support.
public struct AdviceWeight: Sendable, Codable, Hashable {
  /// The closed form, as prediction records call it.
  public var property: String
  /// `loss` or `retrieval`.
  public var outcome: String
  /// The end of the correlations' intervals that lies nearest to 0, with their sign.
  public var weight: Double

  public init(property: String, outcome: String, weight: Double) {
    self.property = property
    self.outcome = outcome
    self.weight = weight
  }
}

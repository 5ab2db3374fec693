/// How far a search is.
public struct SearchProgress: Sendable, Hashable {
  /// From 0.
  public var generation: Int
  public var rung: Int
  /// Candidate within the rung, from 0, and how many it measures.
  public var place: Int
  public var count: Int
  /// The best objective at the target so far.
  public var best: Double?
  /// Of all tokens, 0 … 1.
  public var share: Double
}

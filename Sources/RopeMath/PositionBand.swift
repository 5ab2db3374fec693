/// A region of the (query, key) plane inside which the effective distance is `f(p) − g(r)`.
public struct PositionBand: Sendable, Hashable, Codable {
  public var region: PositionRegion
  public var query: PositionFunction
  public var key: PositionFunction
  /// Whether the band's logit is added to that of the band that was chosen, instead of the band being one to choose
  /// from: LM-Infinite with full visibility adds its two branches, so that a pair that falls in both has their sum and
  /// one that falls in neither a logit of 0.
  public var isAdded: Bool

  public init(
    region: PositionRegion, query: PositionFunction, key: PositionFunction, isAdded: Bool = false
  ) {
    self.region = region
    self.query = query
    self.key = key
    self.isAdded = isAdded
  }

  /// True distances for every pair of tokens: ordinary RoPE.
  public static let plain = PositionBand(region: .everywhere, query: .identity, key: .identity)

  public func distance(query p: Int, key r: Int) -> Double { query(p) - key(r) }
}

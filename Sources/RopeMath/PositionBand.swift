/// A region of the (query, key) plane inside which the effective distance is `f(p) − g(r)`.
public struct PositionBand: Sendable, Hashable, Codable {
  public var region: PositionRegion
  public var query: PositionFunction
  public var key: PositionFunction

  public init(region: PositionRegion, query: PositionFunction, key: PositionFunction) {
    self.region = region
    self.query = query
    self.key = key
  }

  /// True distances for every pair of tokens: ordinary RoPE.
  public static let plain = PositionBand(region: .everywhere, query: .identity, key: .identity)

  public func distance(query p: Int, key r: Int) -> Double { query(p) - key(r) }
}

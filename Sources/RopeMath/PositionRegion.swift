/// Which (query, key) pairs a band holds: all of the tests that are set must pass.
public struct PositionRegion: Sendable, Hashable, Codable {
  /// Smallest true distance `p − r` inside; nil for no lower bound.
  public var smallestDistance: Int?
  /// Largest true distance inside; nil for no upper bound.
  public var largestDistance: Int?
  /// Keys before this position only.
  public var keysBelow: Int?
  /// Tokens are counted in chunks of this size for `smallestChunkLag` and `largestChunkLag`.
  public var chunk: Int?
  /// Chunks that lie between key and query, at least and at most: 0 is the query's own chunk.
  public var smallestChunkLag: Int?
  public var largestChunkLag: Int?

  public init(
    smallestDistance: Int? = nil, largestDistance: Int? = nil, keysBelow: Int? = nil, chunk: Int? = nil,
    smallestChunkLag: Int? = nil, largestChunkLag: Int? = nil
  ) {
    self.smallestDistance = smallestDistance
    self.largestDistance = largestDistance
    self.keysBelow = keysBelow
    self.chunk = chunk
    self.smallestChunkLag = smallestChunkLag
    self.largestChunkLag = largestChunkLag
  }

  public static let everywhere = PositionRegion()

  public func contains(query p: Int, key r: Int) -> Bool {
    let distance = p - r
    if let smallestDistance, distance < smallestDistance { return false }
    if let largestDistance, distance > largestDistance { return false }
    if let keysBelow, r >= keysBelow { return false }
    guard let chunk, chunk > 0 else { return true }
    let lag = p / chunk - r / chunk
    return lag >= (smallestChunkLag ?? .min) && lag <= (largestChunkLag ?? .max)
  }
}

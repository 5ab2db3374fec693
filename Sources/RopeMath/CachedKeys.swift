/// What happens to keys that are already in the cache when the context grows: the hazard class of a method.
public enum CachedKeys: Sendable, Hashable, Codable {
  /// Frequencies never change within a session (K0, and Kq where only queries are touched).
  case fixed
  /// One change when the context outgrows `length` (K1: LongRoPE's switch of lists).
  case switchesOnce(length: Int)
  /// Frequencies move with every token beyond `length` (K2: dynamic NTK); keys cached earlier are stale.
  case drifts(length: Int)
  /// A change at every multiple of `length` (K3: Qwen-1, CLEX).
  case steps(length: Int)
  /// Keys are stored un-rotated and rotated on reading (Kp): safe, but not interchangeable with ordinary caches.
  case unrotated

  /// The class's usual short name.
  public var hazardClass: String {
    switch self {
    case .fixed: "K0"
    case .switchesOnce: "K1"
    case .drifts: "K2"
    case .steps: "K3"
    case .unrotated: "Kp"
    }
  }
}

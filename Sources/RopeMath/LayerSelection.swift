/// Which layers of a model something holds for, counted from 0.
public enum LayerSelection: Sendable, Hashable, Codable {
  /// All but the first `skipped` layers.
  case from(_ skipped: Int)
  /// Every `interval`-th layer: layer i with (i + 1) mod interval = 0.
  case every(_ interval: Int)
  /// All others than those.
  case exceptEvery(_ interval: Int)

  public func contains(_ layer: Int) -> Bool {
    switch self {
    case .from(let skipped): layer >= skipped
    case .every(let interval): interval > 0 && (layer + 1).isMultiple(of: interval)
    case .exceptEvery(let interval): !(interval > 0 && (layer + 1).isMultiple(of: interval))
    }
  }
}

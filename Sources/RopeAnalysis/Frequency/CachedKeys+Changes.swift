import RopeMath

extension CachedKeys {
  /// Whether keys that were rotated and cached earlier stand at another angle later in the session.
  var changesWithLength: Bool {
    switch self {
    case .fixed, .unrotated: false
    case .switchesOnce, .drifts, .steps: true
    }
  }
}

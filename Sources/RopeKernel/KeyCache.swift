/// What a cache of keys holds while tokens are decoded one by one under a method whose plan moves with the length.
public enum KeyCache: String, Sendable, Hashable, CaseIterable {
  /// Every step sees keys rotated under its own plan: they are cached un-rotated, or rotated anew.
  case fresh
  /// Each key stays as it was rotated when its token was read, as ordinary caches keep it.
  case stale
}

import RopeMath

extension Reading {
  /// Tokens that the layers which rotate see at most; nil where one sees all of the context, or where it is not known.
  public var largestReach: Int? {
    let windows = layerTypes.map(\.window)
    guard !isUnknownFamily, !windows.contains(nil), windowedLayers?.contains(false) != true else { return nil }
    return windows.compactMap { $0 }.max()
  }
}

import RopeAnalysis
import RopeConfig
import RopeMath

extension Reading {
  /// The layers that scaling applies to.
  ///
  /// - Throws: `RunError.noRotation` where nothing rotates, `noGeometry` where the file does not tell enough to rotate anything.
  public func scaledLayers() throws(RunError) -> LayerRotary {
    if let reason = noRotation { throw .noRotation(name: name, reason: reason) }
    guard let layers = layerTypes.first else { throw .noGeometry(name: name, missing: missing) }
    return layers
  }

  /// A method bound to the layers that scaling applies to; `config` in it is what the file asks for.
  public func bind(
    _ specification: MethodSpecification, targetLength: Int, on layers: LayerRotary, resources: MethodResources = .none
  ) throws(MethodError) -> BoundMethod {
    try BoundMethod(
      specification.replacingConfiguration(with: layers.scaling),
      context: MethodContext(geometry: layers.geometry, targetLength: targetLength, resources: resources))
  }

  /// The longest context that the file itself claims, else the trained length.
  public var ownLength: Int? { window ?? layerTypes.first?.geometry.trainedLength }

  /// What the cache is made of, where the file tells it.
  public var cacheShape: CacheShape? {
    guard let layers, let heads, let main = layerTypes.first else { return nil }
    let sliding = layerTypes.first { $0.isSliding }
    let windows = layerWindows.compactMap { $0 }
    return CacheShape(
      layers: layers, heads: heads, keyValueHeads: keyValueHeads ?? heads, headDimension: main.geometry.scoreDimension,
      slidingLayers: layerWindows.isEmpty ? sliding?.layerCount ?? 0 : windows.count,
      window: layerWindows.isEmpty ? sliding?.window : windows.max(),
      latentDimension: kvLoraRank.map { $0 + main.geometry.rotaryDimension },
      valueDimension: kvLoraRank == nil ? nil : valueHeadDimension ?? main.geometry.unrotatedFeatures)
  }
}

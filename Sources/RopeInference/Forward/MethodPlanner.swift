import RopeConfig
import RopeMath

/// Plans a method for the layers of a model, length by length.
public struct MethodPlanner: Sendable {
  public let specification: MethodSpecification
  private let full: BoundMethod
  private let sliding: BoundMethod?

  /// - Parameters:
  ///   - specification: `config` in it stands for what the model's file asks for.
  ///   - targetLength: the length that parameters which are not given are derived from, in tokens.
  ///   - reachesSlidingLayers: whether sliding-window layers take the method too; else they keep what the file asks.
  /// - Throws: `InferenceError.method` where the method is not defined for the model.
  public init(
    _ specification: MethodSpecification, model: Reading, targetLength: Int, reachesSlidingLayers: Bool = false,
    resources: MethodResources = .none
  ) throws(InferenceError) {
    self.specification = specification
    guard let layers = model.layerTypes.first(where: { !$0.isSliding }) ?? model.layerTypes.first else {
      throw .unsupported("“\(model.name)” does not tell how its heads are rotated")
    }
    func bound(_ specification: MethodSpecification, _ layer: LayerRotary) throws(InferenceError) -> BoundMethod {
      do throws(MethodError) {
        return try BoundMethod(
          specification.replacingConfiguration(with: layer.scaling),
          context: MethodContext(geometry: layer.geometry, targetLength: targetLength, resources: resources))
      } catch {
        throw .method(error)
      }
    }
    full = try bound(specification, layers)
    guard let narrow = model.layerTypes.first(where: \.isSliding), layers.name != narrow.name else {
      sliding = nil
      return
    }
    sliding = try bound(reachesSlidingLayers ? specification : .configuration, narrow)
  }

  public func plans(length: Int) throws(InferenceError) -> LayerPlans {
    do throws(MethodError) {
      return LayerPlans(full: try full.plan(length: length), sliding: try sliding?.plan(length: length))
    } catch {
      throw .method(error)
    }
  }
}

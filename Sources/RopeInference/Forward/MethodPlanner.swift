import RopeConfig
import RopeMath

/// Plans a method for the layer types of a model, length by length.
public struct MethodPlanner: Sendable {
  public let specification: MethodSpecification
  private let methods: [(type: String, method: BoundMethod)]

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
    func bound(_ specification: MethodSpecification, _ layer: LayerRotary) throws(InferenceError) -> BoundMethod {
      if specification.parts.contains(where: { $0.id == "config" }), let refusal = layer.refusal {
        throw .configuration(refusal)
      }
      do throws(MethodError) {
        return try BoundMethod(
          specification.replacingConfiguration(with: layer.scaling),
          context: MethodContext(geometry: layer.geometry, targetLength: targetLength, resources: resources))
      } catch {
        throw .method(error)
      }
    }
    let layers = try Self.layers(of: model, specification)
    let hasFull = layers.contains { !$0.isSliding }
    var methods: [(String, BoundMethod)] = []
    for layer in layers.filter({ !$0.isSliding }) + layers.filter(\.isSliding) {
      let isKept = layer.isSliding && hasFull && !reachesSlidingLayers
      methods.append((layer.name, try bound(isKept ? .configuration : specification, layer)))
    }
    self.methods = methods
  }

  /// The layer types that rotate. A model in which nothing does has one all the same, of which no layer is.
  private static func layers(
    of model: Reading, _ specification: MethodSpecification
  ) throws(InferenceError) -> [LayerRotary] {
    if !model.layerTypes.isEmpty { return model.layerTypes }
    guard let reason = model.noRotation, let head = model.headDimension,
      let geometry = try? RotaryGeometry(headDimension: head, trainedLength: model.window ?? 1)
    else { throw .unsupported("“\(model.name)” does not tell how its heads are rotated") }
    guard specification == .configuration || specification == MethodSpecification("none") else {
      throw .unsupported("nothing rotates in “\(model.name)”: \(reason); no method can act on it")
    }
    return [LayerRotary(name: "all", geometry: geometry)]
  }

  public func plans(length: Int) throws(InferenceError) -> LayerPlans {
    var plans: [(String, RotaryPlan)] = []
    do throws(MethodError) {
      for (type, method) in methods { plans.append((type, try method.plan(length: length))) }
    } catch {
      throw .method(error)
    }
    return LayerPlans(plans)
  }
}

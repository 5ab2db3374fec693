import RopeJSON
import RopeMath

/// What every runtime is to compute from a file: the newest transformers' reading of it, with a method in place of the
/// file's own where one is given.
struct WantedRotation {
  let declaration: Declaration
  let length: Int
  let method: MethodSpecification?
  let window: Int
  let ownWindow: Int?
  /// The layer that is scaled first, then the others.
  private(set) var reference: [RuntimeLayer]

  init(
    _ declaration: Declaration, length: Int, method: MethodSpecification?, window: Int?
  ) throws(ConfigurationError) {
    let read = try RuntimeCatalogue.reference.read(declaration, length: length)
    self.declaration = declaration
    self.length = length
    self.method = method
    ownWindow = read.window
    self.window = window ?? read.window ?? length
    reference = try read.planned(length: length)
    guard let first = reference.first else { throw ConfigurationError(refusing: "the file has no rotated layers") }
    if let method {
      let layer = Interpretation(method.parts).layer(first.plan.geometry, name: first.name)
      reference[0] = try layer.planned(window: self.window, length: length)
    }
  }

  func request(for runtime: Runtime, isWindowOnly: Bool = false) throws(ConfigurationError) -> SettingsRequest {
    var layers: [SettingsRequest.Layer] = []
    for layer in reference {
      layers.append(SettingsRequest.Layer(name: layer.name, parts: try Self.settled(layer), plan: layer.plan))
    }
    return SettingsRequest(
      runtime: runtime, declaration: declaration,
      modelType: (try? declaration.text(declaration.value(anyOf: ["model_type"]))) ?? "", layers: layers,
      window: window, ownWindow: ownWindow, length: length, isWindowOnly: isWindowOnly)
  }

  /// The parts with every parameter spelled out.
  private static func settled(_ layer: RuntimeLayer) throws(ConfigurationError) -> [MethodSpecification.Part] {
    guard let specification = layer.specification else { return [] }
    do {
      let bound = try BoundMethod(
        specification, context: MethodContext(geometry: layer.plan.geometry, targetLength: layer.plan.length))
      return bound.parts.map { MethodSpecification.Part(id: type(of: $0.method).card.id, given: $0.values.values) }
    } catch {
      throw ConfigurationError(refusing: error.description)
    }
  }
}

import RopeMath
import RopeModel

/// Settings that make another runtime compute the numbers which the newest transformers computes from a file.
public enum Conversion {
  /// - Parameters:
  ///   - method: what is wanted in place of the file's own scaling.
  ///   - window: `max_position_embeddings` to write; the file's own where left out.
  ///   - length: tokens to be served.
  /// - Throws: `RuntimeRefusal` where the runtime cannot be told to, after the settings were tried out on it.
  public static func settings(
    for runtime: Runtime, of declaration: RopeDeclaration, length: Int, method: MethodSpecification? = nil,
    window: Int? = nil
  ) throws(RuntimeRefusal) -> RuntimeSettings {
    var reference = try RuntimeCatalogue.reference.layers(of: declaration, length: length)
    let own = declaredWindow(declaration) ?? length
    guard let first = reference.first else { throw RuntimeRefusal("the file has no rotated layers") }
    if let method {
      let layer = LayerRotary(name: first.name, geometry: first.plan.geometry)
      reference[0] = try Runtime.planned(DialectAnswer(method.parts), layer, window: window ?? own, length: length)
    }
    let wanted = reference[0]
    let request = SettingsRequest(
      runtime: runtime, declaration: declaration,
      modelType: (try? declaration.text(declaration.value(anyOf: ["model_type"]))) ?? "",
      parts: try settled(wanted), plan: wanted.plan, window: window ?? own, length: length)
    var settings = try runtime.rules.settings(request)
    let tried: [RotaryPlan]
    switch settings.check {
    case .plan(let plan): tried = [plan] + reference.dropFirst().map(\.plan)
    case .configuration(let edited):
      let declared: RopeDeclaration
      do { declared = try edited.declaration() } catch { throw RuntimeRefusal(error.message) }
      let layers = try runtime.layers(of: declared, length: length, servedLength: length)
      tried = layers.map(\.plan)
      for note in layers.flatMap(\.notes) where !settings.notes.contains(note) { settings.notes.append(note) }
    }
    for (layer, plan) in zip(reference, tried) {
      let comparison = PlanComparison(of: plan, with: layer.plan)
      if comparison.isMismatch { throw RuntimeRefusal("\(runtime.title) \(runtime.version) cannot compute these numbers: \(comparison.sentence)") }
    }
    return settings
  }

  private static func declaredWindow(_ declaration: RopeDeclaration) -> Int? {
    (try? ModelResolver.resolve(declaration, source: "", name: "").window) ?? nil
  }

  /// The parts with every parameter spelled out.
  private static func settled(_ layer: RuntimeLayer) throws(RuntimeRefusal) -> [MethodSpecification.Part] {
    guard let specification = layer.specification else { return [] }
    do {
      let bound = try BoundMethod(
        specification, context: MethodContext(geometry: layer.plan.geometry, targetLength: layer.plan.length))
      return bound.parts.map { MethodSpecification.Part(id: type(of: $0.method).card.id, given: $0.values.values) }
    } catch {
      throw RuntimeRefusal(error.description)
    }
  }
}

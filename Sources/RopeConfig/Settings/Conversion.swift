import RopeJSON
import RopeMath

/// Settings that make another runtime compute the numbers which the newest transformers computes from a file.
public enum Conversion {
  /// - Parameters:
  ///   - method: what is wanted in place of the file's own scaling.
  ///   - window: `max_position_embeddings` to write; the file's own where left out.
  ///   - length: tokens to be served.
  /// - Throws: `ConfigurationError` where the runtime cannot be told to, after the settings were tried out on it.
  public static func settings(
    for runtime: Runtime, of declaration: Declaration, length: Int, method: MethodSpecification? = nil,
    window: Int? = nil
  ) throws(ConfigurationError) -> RuntimeSettings {
    let read = try RuntimeCatalogue.reference.read(declaration, length: length)
    var reference = try read.planned(length: length)
    let own = read.window ?? length
    guard let first = reference.first else { throw ConfigurationError(refusing: "the file has no rotated layers") }
    if let method {
      let layer = Interpretation(method.parts).layer(first.plan.geometry, name: first.name)
      reference[0] = try layer.planned(window: window ?? own, length: length)
    }
    let parts = try settled(reference[0])
    func request(_ parts: [MethodSpecification.Part]) -> SettingsRequest {
      SettingsRequest(
        runtime: runtime, declaration: declaration,
        modelType: (try? declaration.text(declaration.value(anyOf: ["model_type"]))) ?? "", parts: parts,
        plan: reference[0].plan, window: window ?? own, length: length)
    }
    let refusal: ConfigurationError
    do throws(ConfigurationError) { return try tried(request(parts), reference) } catch { refusal = error }
    if method == nil, let unchanged = try? tried(unchanged: request(parts), reference) { return unchanged }
    // A base that grows with the length stands still at one length, and a fixed base says the same there.
    guard parts.first?.id == "dynamic" else { throw refusal }
    let fixed = MethodSpecification.Part(id: "abf", given: ["rope_theta": .number(reference[0].plan.base)])
    var settings = try tried(request([fixed] + parts.dropFirst()), reference)
    settings.notes.append(
      "the same numbers at \(length) tokens only: the file's own scaling changes with the length, this does not")
    return settings
  }

  /// Settings that were tried out on the runtime.
  private static func tried(
    _ request: SettingsRequest, _ reference: [RuntimeLayer]
  ) throws(ConfigurationError) -> RuntimeSettings {
    try tried(try request.runtime.dialect.settings(request), request, reference)
  }

  /// The file as it stands, where the runtime computes the same from it.
  private static func tried(
    unchanged request: SettingsRequest, _ reference: [RuntimeLayer]
  ) throws(ConfigurationError) -> RuntimeSettings {
    let members = (request.declaration.text.node.members ?? []).filter {
      $0.key.contains("rope") || $0.key.contains("rotary")
    }
    let text = EditedValue(members.map { ($0.key, EditedValue($0.node)) }).text
    return try tried(
      RuntimeSettings(
        .configuration, text, notes: ["the file as it stands gives these numbers"],
        check: .configuration(EditedConfiguration(request.declaration))),
      request, reference)
  }

  private static func tried(
    _ settings: RuntimeSettings, _ request: SettingsRequest, _ reference: [RuntimeLayer]
  ) throws(ConfigurationError) -> RuntimeSettings {
    var settings = settings
    let plans: [RotaryPlan]
    switch settings.check {
    case .plan(let plan): plans = [plan] + reference.dropFirst().map(\.plan)
    case .configuration(let edited):
      let declared = try edited.declaration()
      let layers = try request.runtime.layers(of: declared, length: request.length, servedLength: request.length)
      plans = layers.map(\.plan)
      for note in layers.flatMap(\.notes) where !settings.notes.contains(note) { settings.notes.append(note) }
    }
    guard plans.count == reference.count else {
      throw ConfigurationError(refusing: 
        """
        \(request.runtime.title) \(request.runtime.version) has \(plans.count) types of layers here, \
        \(reference.count) are needed
        """
      )
    }
    for (layer, plan) in zip(reference, plans) {
      let comparison = PlanComparison(of: plan, with: layer.plan)
      guard !comparison.isMismatch else {
        throw ConfigurationError(refusing: 
          "\(request.runtime.title) \(request.runtime.version) cannot compute these numbers: \(comparison.sentence)")
      }
    }
    return settings
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

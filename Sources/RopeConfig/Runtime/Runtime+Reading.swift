import RopeJSON
import RopeMath

extension Runtime {
  /// A configuration as this runtime reads it: geometry and scaling of each type of layer, the scaled ones first.
  ///
  /// - Parameters:
  ///   - length: tokens in context; the file's window where left out.
  ///   - servedLength: the window that the server was started with (`max_model_len`, `n_ctx`); some runtimes choose
  ///     frequencies by it. Left out, each runtime's own default counts.
  /// - Throws: `ConfigurationError` with what the runtime would complain of, and its place.
  public func read(
    _ declaration: Declaration, length: Int? = nil, servedLength: Int? = nil, source: String = "", name: String = ""
  ) throws(ConfigurationError) -> Reading {
    var builder = try ReadingBuilder(
      declaration, runtime: self, length: length, servedLength: servedLength, source: source, name: name)
    let type = builder.modelType ?? ""
    if dialect.missingModels.contains(type) {
      throw ConfigurationError(refusing: "\(title) \(version) has no model class “\(type)”")
    }
    if let only = dialect.onlyModels, !only.contains(type) {
      throw ConfigurationError(refusing: "\(title) runs \(only.sorted().joined(separator: " and ")) only")
    }
    return try builder.read()
  }

  /// What this runtime computes from a configuration at a length, for each type of layer, the scaled ones first.
  ///
  /// - Throws: `ConfigurationError` where the runtime refuses the file, or the file does not tell enough.
  public func layers(
    of declaration: Declaration, length: Int, servedLength: Int? = nil
  ) throws(ConfigurationError) -> [RuntimeLayer] {
    try read(declaration, length: length, servedLength: servedLength).planned(length: length)
  }
}

extension Reading {
  /// The plan of each type of layer at a length.
  ///
  /// - Throws: `ConfigurationError` where the runtime stops at the file, or the file does not tell enough.
  public func planned(length: Int) throws(ConfigurationError) -> [RuntimeLayer] {
    if let noRotationReason {
      throw noRotationReason.place.flatMap { declaration?.error(noRotationReason.sentence, at: $0) }
        ?? ConfigurationError(refusing: noRotationReason.sentence)
    }
    guard !layerTypes.isEmpty else {
      throw ConfigurationError(.invalid, "the file does not tell " + missing.joined(separator: "; "))
    }
    var layers: [RuntimeLayer] = []
    for layer in layerTypes {
      if let refusal = layer.refusal { throw refusal }
      layers.append(try layer.planned(window: window ?? layer.geometry.trainedLength, length: length))
    }
    layers[0].notes = notes.filter { $0.contains("is not read") } + layers[0].notes
    return layers
  }
}

extension LayerRotary {
  /// - Throws: `ConfigurationError` where the method has no meaning for this geometry or length.
  func planned(window: Int, length: Int) throws(ConfigurationError) -> RuntimeLayer {
    do throws(MethodError) {
      let method = try BoundMethod(
        scaling ?? MethodSpecification("none"),
        context: MethodContext(geometry: geometry, targetLength: max(window, length)))
      var plan = try method.plan(length: length)
      if let frequencies { plan.inverseFrequencies = frequencies }
      if let bands { plan.bands = bands }
      return RuntimeLayer(
        name: name, specification: scaling, parameters: method.parameters, plan: plan, arithmetic: arithmetic,
        notes: notes)
    } catch {
      throw ConfigurationError(refusing: error.description)
    }
  }
}

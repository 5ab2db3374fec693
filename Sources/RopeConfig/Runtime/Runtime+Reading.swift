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
    let type = try declaration.text(declaration.value(anyOf: ["model_type"])) ?? ""
    if let reason = refusal(of: type) { throw ConfigurationError(refusing: reason) }
    let faults = RuntimeFaults.affecting(self, modelType: type)
    let runtime = faulty(faults)
    var reading = try runtime.built(declaration, length, servedLength, source, name)
    for fault in faults { try fault.apply(to: &reading, declaration) }
    reading.limit(by: servedWindow(of: declaration), length: length)
    return reading
  }

  /// The longest context that this runtime derives from a file; nil where it has no limit.
  public func servedWindow(of declaration: Declaration) -> ServedWindow? {
    let type = declaration.value(anyOf: ["model_type"])?.node.string ?? ""
    return dialect.window?.window(of: declaration, faults: RuntimeFaults.affecting(self, modelType: type))
  }

  private func built(
    _ declaration: Declaration, _ length: Int?, _ servedLength: Int?, _ source: String, _ name: String
  ) throws(ConfigurationError) -> Reading {
    var builder = try ReadingBuilder(
      declaration, runtime: self, length: length, servedLength: servedLength, source: source, name: name)
    return try builder.read()
  }

  /// Why a model class is not run at all; nil where it is.
  private func refusal(of modelType: String) -> String? {
    if isKnownByNameOnly { return named?.sentence }
    if dialect.missingModels(modelType, actualVersion) {
      return "\(title) \(actualVersion?.description ?? version) has no model class “\(modelType)”"
    }
    guard let only = dialect.onlyModels, !only.contains(modelType) else { return nil }
    return "\(title) runs \(only.sorted().joined(separator: " and ")) only"
  }

  /// This runtime with what its version does to dictionaries of the class.
  private func faulty(_ faults: [RuntimeFault]) -> Runtime {
    var runtime = self
    for fault in faults { runtime.dialect = fault.applied(to: runtime.dialect) }
    return runtime
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
  /// Keeps what a server allows, and says it where that is less than `length`.
  fileprivate mutating func limit(by window: ServedWindow?, length: Int?) {
    servedWindow = window
    guard let length, let note = window?.note(length: length) else { return }
    if layerTypes.isEmpty { notes.append(note) } else { layerTypes[0].notes.append(note) }
  }

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
    let method: BoundMethod
    var plan: RotaryPlan
    do throws(MethodError) {
      method = try BoundMethod(
        scaling ?? MethodSpecification("none"),
        context: MethodContext(geometry: geometry, targetLength: max(window, length)))
      plan = try method.plan(length: length)
    } catch {
      throw ConfigurationError(refusing: error.description)
    }
    if let frequencies { plan.inverseFrequencies = frequencies }
    if let bands { plan.bands = bands }
    guard plan.inverseFrequencies.allSatisfy(\.isFinite) else {
      throw ConfigurationError(refusing: "a frequency of \(name) comes out as no number")
    }
    return RuntimeLayer(
      name: name, specification: scaling, parameters: method.parameters, plan: plan, arithmetic: arithmetic,
      notes: notes)
  }
}

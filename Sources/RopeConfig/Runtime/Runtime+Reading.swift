import RopeMath

extension Runtime {
  /// What this runtime computes from a configuration, for each type of layer, the scaled ones first.
  ///
  /// - Parameters:
  ///   - length: tokens in context.
  ///   - servedLength: the window that the server was started with (`max_model_len`, `n_ctx`); some runtimes choose
  ///     frequencies by it. Left out, each runtime's own default counts.
  /// - Throws: `RuntimeRefusal` with what the runtime would complain of.
  public func layers(
    of declaration: RopeDeclaration, length: Int, servedLength: Int? = nil
  ) throws(RuntimeRefusal) -> [RuntimeLayer] {
    let reading = try LayerReading(declaration, rules)
    if rules.missingModels.contains(reading.modelType) {
      throw RuntimeRefusal("\(title) \(version) has no model class “\(reading.modelType)”")
    }
    if let only = rules.onlyModels, !only.contains(reading.modelType) {
      throw RuntimeRefusal("\(title) runs \(only.sorted().joined(separator: " and ")) only")
    }
    let (model, scaled) = try reading.model()
    guard !model.layerTypes.isEmpty else {
      throw RuntimeRefusal("the file does not tell " + model.missing.joined(separator: "; "))
    }
    let trained = try? ModelResolver.resolve(declaration, source: "", name: "").layerTypes
    var layers: [RuntimeLayer] = []
    for var layer in model.layerTypes {
      let own = trained?.first { $0.name == layer.name } ?? trained?.first
      layer.geometry = Self.geometry(layer.geometry, trainedLength: own?.geometry.trainedLength)
      layers.append(
        try self.layer(
          layer, reading, isScaled: scaled.contains(layer.name), window: model.window ?? layer.geometry.trainedLength,
          length: length, servedLength: servedLength))
    }
    if let note = reading.unreadNote { layers[0].notes.insert(note, at: 0) }
    return layers
  }

  private static func geometry(_ geometry: RotaryGeometry, trainedLength: Int?) -> RotaryGeometry {
    let changed = trainedLength.flatMap {
      try? RotaryGeometry(
        headDimension: geometry.headDimension, rotaryDimension: geometry.rotaryDimension, base: geometry.base,
        pairing: geometry.pairing, trainedLength: $0)
    }
    return changed ?? geometry
  }

  private func layer(
    _ layer: LayerRotary, _ reading: LayerReading, isScaled: Bool, window: Int, length: Int, servedLength: Int?
  ) throws(RuntimeRefusal) -> RuntimeLayer {
    var answer = DialectAnswer(layer.scaling?.parts ?? [])
    if rules.dictionary != .resolver, answer.parts.first?.id == "linear" { answer.parts = [] }
    if let scaling = reading.scaling(of: layer.name), isScaled || !layer.isSliding {
      let question = DialectQuestion(
        declaration: reading.declaration, modelType: reading.modelType, scaling: scaling,
        type: try scaling.type(by: rules.typeKey, modelType: reading.modelType), layer: layer, window: window,
        length: length, servedLength: servedLength)
      if isScaled || question.type != nil || rules.dictionary == .ropeScalingOnly {
        answer = try rules.interpret(question)
      }
    }
    answer.arithmetic = answer.arithmetic ?? rules.arithmetic(layer.geometry)
    var result = try Self.planned(answer, layer, window: window, length: length)
    result.notes += try rules.positions(reading.declaration, &result.plan)
    return result
  }

  static func planned(
    _ answer: DialectAnswer, _ layer: LayerRotary, window: Int, length: Int
  ) throws(RuntimeRefusal) -> RuntimeLayer {
    let specification = answer.parts.isEmpty ? nil : MethodSpecification(parts: answer.parts)
    do {
      let method = try BoundMethod(
        specification ?? MethodSpecification("none"),
        context: MethodContext(geometry: layer.geometry, targetLength: max(window, length)))
      var plan = try method.plan(length: length)
      if let frequencies = answer.frequencies { plan.inverseFrequencies = frequencies }
      return RuntimeLayer(
        name: layer.name, specification: specification, parameters: method.parameters, plan: plan,
        arithmetic: answer.arithmetic ?? .torch, notes: answer.notes)
    } catch {
      throw RuntimeRefusal(error.description)
    }
  }
}

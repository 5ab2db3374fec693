import RopeJSON
import RopeMath

extension ReadingBuilder {
  /// Geometry and scaling of one type of layer.
  mutating func rotary(
    _ layer: DeclaredLayer, headDimension: Int, trainedLength: Int
  ) throws(ConfigurationError) -> LayerRotary {
    let prefix = layer.name == "all" ? "" : layer.name + "."
    var head = headDimension
    let isClassDefault = isGemma4 && !layer.isSliding && layer.dictionary == nil
    if isGemma4, !layer.isSliding {
      head =
        try integer(prefix + "head_dim", ["global_head_dim"], in: 2...RotaryGeometry.largestHeadDimension) ?? 512
    }
    let base = try base(of: layer, prefix)
    let isWhole = layer.type == "proportional" || isClassDefault
    let rotary = try isWhole ? head : rotaryDimension(of: layer, head: head, prefix)
    let pairing = try pairing()
    let geometry: RotaryGeometry
    do throws(GeometryError) {
      geometry = try RotaryGeometry(
        headDimension: head, rotaryDimension: rotary, base: base, pairing: pairing, trainedLength: trainedLength)
    } catch {
      throw ConfigurationError(.invalid, error.description, path: declaration.source.path)
    }
    var result = LayerRotary(
      name: layer.name, geometry: geometry, window: layer.window, isSliding: layer.isSliding,
      layerCount: layer.layerCount)
    result.arithmetic = dialect.arithmetic(geometry)
    if isClassDefault {
      result.scaling = MethodSpecification("proportional", ["partial_rotary_factor": .number(0.25)])
      record(prefix + "rope_type", .text("proportional"), .default, note: "default of the class \(modelType ?? "")")
    } else {
      try interpret(layer, into: &result, prefix)
    }
    if let bands = try dialect.positions(declaration) {
      result.bands = bands.bands
      result.notes.append(bands.note)
    }
    return result
  }

  private var isGemma4: Bool { modelType == "gemma4" || modelType == "gemma4_text" }

  // MARK: Scaling

  private mutating func interpret(
    _ layer: DeclaredLayer, into result: inout LayerRotary, _ prefix: String
  ) throws(ConfigurationError) {
    record(
      prefix + "rope_type", .text(layer.type ?? "default"), layer.type == nil ? .default : .given,
      at: layer.dictionary?.typePlace(dialect.typeKey, modelType: modelType ?? ""))
    guard let dictionary = layer.dictionary else { return }
    let geometry = result.geometry
    let window = model.window ?? geometry.trainedLength
    let interpretation = try dialect.interpret(
      LayerScaling(
        declaration: declaration, modelType: modelType ?? "", name: layer.name, scaling: dictionary, type: layer.type,
        geometry: geometry, isSliding: layer.isSliding, window: window, length: length ?? window,
        servedLength: servedLength, version: runtime.actualVersion))
    result.scaling = interpretation.parts.isEmpty ? nil : MethodSpecification(parts: interpretation.parts)
    result.arithmetic = interpretation.arithmetic ?? result.arithmetic
    result.frequencies = interpretation.frequencies
    result.notes += interpretation.notes
    result.refusal = interpretation.refusal
    recordParameters(interpretation.parts, dictionary, prefix)
    if dialect.isReference { noteUnknownKeys(layer, dictionary) }
    try check(result, dictionary)
  }

  /// Every parameter of the scaling with where it stands: in the dictionary, beside it, or nowhere.
  private mutating func recordParameters(
    _ parts: [MethodSpecification.Part], _ dictionary: ScalingDictionary, _ prefix: String
  ) {
    var recorded: Set<String> = []
    for part in parts {
      for (key, value) in part.given.sorted(by: { $0.key < $1.key }) where recorded.insert(key).inserted {
        guard value.numbers == nil else { continue }
        let places = [
          dictionary.value.member(key), declaration.value(anyOf: [key]),
          dictionary.value.member(key == "factor" ? "alpha" : key),
        ].compactMap { $0 }
        let place = places.first { place in
          value.number.map { $0 == place.node.finiteNumber } ?? (value.flag == place.node.boolean)
        }
        record(prefix + key, value, place == nil ? .default : .given, at: place)
      }
    }
  }

  /// A plan at the trained length shows whether the parameters hold together for this model.
  private func check(_ layer: LayerRotary, _ dictionary: ScalingDictionary) throws(ConfigurationError) {
    guard let scaling = layer.scaling else { return }
    let trained = layer.geometry.trainedLength
    let context = MethodContext(geometry: layer.geometry, targetLength: model.window ?? trained)
    do throws(MethodError) {
      let method = try BoundMethod(scaling, context: context)
      for length in Set([trained, context.targetLength, min(trained + 1, RotaryGeometry.largestLength)]) {
        _ = try method.plan(length: length)
      }
    } catch {
      throw dictionary.error(error.description, at: error.parameter)
    }
  }

  /// Keys of the dictionary that the type does not read: they change nothing, which is worth a word.
  private mutating func noteUnknownKeys(_ layer: DeclaredLayer, _ dictionary: ScalingDictionary) {
    guard let known = ScalingKeys.read[layer.type ?? "default"] else { return }
    let unread = (dictionary.value.node.members ?? []).map(\.key).filter {
      !known.contains($0) && !ScalingKeys.common.contains($0)
    }
    guard !unread.isEmpty else { return }
    let names = unread.map { "“\($0.prefix(60))”" }.joined(separator: ", ")
    model.notes.append("\(layer.type ?? "default") scaling does not read \(names)")
  }

  // MARK: Geometry

  private mutating func base(of layer: DeclaredLayer, _ prefix: String) throws(ConfigurationError) -> Double {
    let own = layer.isSliding ? ["rope_local_base_freq", "local_rope_theta"] : ["global_rope_theta"]
    let common = [
      "rope_theta", "rotary_emb_base", "rope_base", "rotary_base", "rope_freq_base", "rope_embedding_base",
    ]
    let inside = dialect.readsUnifiedDictionary ? layer.dictionary?.value.member("rope_theta") : nil
    let place =
      inside ?? declaration.value(anyOf: own)
      ?? (layer.isSliding && family.slidingBase != nil ? nil : declaration.value(anyOf: common))
    if let number = try declaration.number(place), let place {
      guard number > 0 else {
        throw declaration.error("“\(place.key)” is \(place.node.phrase), expected a number above 0", at: place)
      }
      record(prefix + "base", .number(number), .given, at: place)
      return number
    }
    let fallback = (layer.isSliding ? family.slidingBase : nil) ?? family.base
    record(
      prefix + "base", .number(fallback), .default, note: "default of the class \(modelType ?? "(no model_type)")")
    return fallback
  }

  private mutating func rotaryDimension(
    of layer: DeclaredLayer, head: Int, _ prefix: String
  ) throws(ConfigurationError) -> Int {
    if let place = declaration.value(anyOf: ["rotary_dim"]),
      let given = try declaration.integer(place, in: 1...RotaryGeometry.largestHeadDimension)
    {
      record(prefix + "rotary_dim", .number(Double(given)), .given, at: place)
      return given
    }
    if model.kvLoraRank == nil, declaration.value(anyOf: ["qk_nope_head_dim"]) == nil,
      let place = declaration.value(anyOf: ["qk_rope_head_dim"]),
      let given = try declaration.integer(place, in: 2...head)
    {
      record(prefix + "rotary_dim", .number(Double(given)), .given, at: place)
      return given
    }
    let names = ["partial_rotary_factor", "rotary_pct", "rotary_percentage", "rope_pct", "rotary_emb_fraction"]
    let inside = dialect.readsUnifiedDictionary ? layer.dictionary?.value.member("partial_rotary_factor") : nil
    let place = inside ?? declaration.value(anyOf: names)
    let given = try declaration.number(place)
    if let given, let place, !(given > 0 && given <= 1) {
      throw declaration.error(
        "“\(place.key)” is \(place.node.phrase), expected a share above 0 and at most 1", at: place)
    }
    let isHonoured =
      switch dialect.share {
      case .always: true
      case .whenScaled: layer.isScaled || family.honoursShareUnscaled
      case .byClass: family.honoursShareUnscaled
      }
    if let given, given < 1, !isHonoured {
      model.notes.append(
        """
        \(place?.key ?? "partial_rotary_factor") \(given.formattedShortest) is ignored: the class \(modelType ?? "") \
        rotates the whole head\(dialect.share == .whenScaled ? " unless it is scaled" : "")
        """)
    }
    let share = isHonoured ? given ?? family.rotaryShare : 1
    let rotary = Int(Double(head) * share)
    record(
      prefix + "rotary_dim", .number(Double(rotary)), given == nil && share < 1 ? .default : .derived,
      at: isHonoured ? place : nil, note: "int(\(head) · \(share.formattedShortest))")
    return rotary
  }

  private mutating func pairing() throws(ConfigurationError) -> PairLayout {
    let place = declaration.value(anyOf: ["rope_interleave", "rope_interleaved", "rotary_emb_interleaved"])
    if let flag = try declaration.flag(place) { return flag ? .interleaved : .half }
    let interleaved = [
      "gptj", "chatglm", "glm", "glm4", "deepseek_v2", "deepseek_v3", "llama4_text", "cohere", "cohere2",
    ]
    return interleaved.contains(modelType ?? "") ? .interleaved : .half
  }
}

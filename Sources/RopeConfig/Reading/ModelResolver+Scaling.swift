import RopeJSON
import RopeMath

extension ModelResolver {
  /// Geometry and scaling of one type of layer.
  mutating func rotary(
    _ layer: LayerScaling, headDimension: Int, trainedLength: Int
  ) throws(ConfigurationError) -> LayerRotary {
    let prefix = layer.name == "all" ? "" : layer.name + "."
    var head = headDimension
    let isProportional = layer.type == "proportional" || (isGemma4 && !layer.isSliding && layer.dictionary == nil)
    if isGemma4, !layer.isSliding {
      head = try integer(prefix + "head_dim", ["global_head_dim"], in: 2...RotaryGeometry.largestHeadDimension) ?? 512
    }
    let base = try base(of: layer, prefix)
    let rotary = try isProportional ? head : rotaryDimension(of: layer, head: head, prefix)
    let geometry: RotaryGeometry
    do {
      geometry = try RotaryGeometry(
        headDimension: head, rotaryDimension: rotary, base: base, pairing: try pairing(), trainedLength: trainedLength)
    } catch let error as GeometryError {
      throw ConfigurationError(.invalid, error.description, path: declaration.source.path)
    } catch let error as ConfigurationError {
      throw error
    } catch {
      throw ConfigurationError(.invalid, "\(error)", path: declaration.source.path)
    }
    var result = LayerRotary(
      name: layer.name, geometry: geometry, window: layer.window, isSliding: layer.isSliding, layerCount: layer.layerCount)
    if isGemma4, !layer.isSliding, layer.dictionary == nil {
      result.scaling = MethodSpecification("proportional", ["partial_rotary_factor": .number(0.25)])
      record(prefix + "rope_type", .text("proportional"), .default, note: "default of the class \(modelType ?? "")")
    } else {
      result.scaling = try specification(layer, geometry, prefix)
    }
    try check(result, layer)
    return result
  }

  private var isGemma4: Bool { modelType == "gemma4" || modelType == "gemma4_text" }

  /// A plan at the trained length shows whether the parameters hold together for this model.
  private func check(_ layer: LayerRotary, _ declared: LayerScaling) throws(ConfigurationError) {
    guard let scaling = layer.scaling else { return }
    let context = MethodContext(geometry: layer.geometry, targetLength: model.window ?? layer.geometry.trainedLength)
    do {
      let method = try BoundMethod(scaling, context: context)
      for length in Set([layer.geometry.trainedLength, context.targetLength, min(layer.geometry.trainedLength + 1, RotaryGeometry.largestLength)]) {
        _ = try method.plan(length: length)
      }
    } catch {
      let place = error.parameter.flatMap { declared.dictionary?.member($0) } ?? declared.dictionary
      throw place.map { declaration.error(error.description, at: $0) }
        ?? ConfigurationError(.invalid, error.description, path: declaration.source.path)
    }
  }

  private mutating func base(of layer: LayerScaling, _ prefix: String) throws(ConfigurationError) -> Double {
    let own = layer.isSliding ? ["rope_local_base_freq", "local_rope_theta"] : ["global_rope_theta"]
    let common = ["rope_theta", "rotary_emb_base", "rope_base", "rotary_base", "rope_freq_base", "rope_embedding_base"]
    let place = layer.dictionary?.member("rope_theta") ?? declaration.value(anyOf: own)
      ?? (layer.isSliding && family.slidingBase != nil ? nil : declaration.value(anyOf: common))
    if let number = try declaration.number(place), let place {
      guard number > 0 else { throw declaration.error("“\(place.key)” is \(place.node.phrase), expected a number above 0", at: place) }
      record(prefix + "base", .number(number), .given, at: place)
      return number
    }
    let fallback = (layer.isSliding ? family.slidingBase : nil) ?? family.base
    record(prefix + "base", .number(fallback), .default, note: "default of the class \(modelType ?? "(no model_type)")")
    return fallback
  }

  private mutating func rotaryDimension(
    of layer: LayerScaling, head: Int, _ prefix: String
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
    let place = layer.dictionary?.member("partial_rotary_factor") ?? declaration.value(anyOf: names)
    let given = try declaration.number(place)
    if let given, let place, !(given > 0 && given <= 1) {
      throw declaration.error("“\(place.key)” is \(place.node.phrase), expected a share above 0 and at most 1", at: place)
    }
    let isHonoured = layer.type != "default" || family.honoursShareUnscaled
    if let given, given < 1, !isHonoured {
      model.notes.append("\(place?.key ?? "partial_rotary_factor") \(given.formattedShortest) is ignored: the class \(modelType ?? "") rotates the whole head unless it is scaled")
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
    return ["gptj", "chatglm", "glm", "glm4", "deepseek_v2", "deepseek_v3", "llama4_text", "cohere", "cohere2"].contains(modelType ?? "")
      ? .interleaved : .half
  }

  // MARK: Scaling types

  /// The file's scaling as a specification with every parameter spelled out; nil for plain rotation.
  private mutating func specification(
    _ layer: LayerScaling, _ geometry: RotaryGeometry, _ prefix: String
  ) throws(ConfigurationError) -> MethodSpecification? {
    record(prefix + "rope_type", .text(layer.type), layer.typePlace == nil ? .default : .given, at: layer.typePlace)
    guard let dictionary = layer.dictionary else { return nil }
    noteUnknownKeys(layer, dictionary)
    var parts: [MethodSpecification.Part]
    switch layer.type {
    case "default", "mrope", "gptj": parts = []
    case "linear": parts = [part("linear", ["factor": try factor(layer, dictionary)])]
    case "dynamic": parts = [try dynamic(layer, dictionary, geometry)]
    case "yarn", "deepseek_yarn": parts = try yarn(layer, dictionary, geometry)
    case "llama3": parts = [try llama3(layer, dictionary)]
    case "longrope", "su": parts = [try longRoPE(layer, dictionary, geometry)]
    case "proportional":
      let share = try declaration.number(dictionary.member("partial_rotary_factor") ?? declaration.value(anyOf: ["partial_rotary_factor"]))
      parts = [part("proportional", ["partial_rotary_factor": share ?? 1, "factor": try declaration.number(dictionary.member("factor")) ?? 1])]
    default:
      model.notes.append("rope_type “\(layer.type)” is not known to transformers; read as plain rotation, which is surely not what it means")
      return nil
    }
    if let coefficient = try declaration.number(dictionary.member("llama_4_scaling_beta")), coefficient != 0 {
      parts.append(part("ministral-temperature", [
        "llama_4_scaling_beta": coefficient, "original_max_position_embeddings": Double(geometry.trainedLength),
      ]))
    }
    return parts.isEmpty ? nil : MethodSpecification(parts: parts)
  }

  private func part(_ id: String, _ numbers: [String: Double]) -> MethodSpecification.Part {
    MethodSpecification.Part(id: id, given: numbers.mapValues(ParameterValue.number))
  }

  /// The required `factor`.
  private mutating func factor(_ layer: LayerScaling, _ dictionary: DeclaredValue) throws(ConfigurationError) -> Double {
    guard let place = dictionary.member("factor"), let number = try declaration.number(place) else {
      throw declaration.error("\(layer.type) scaling needs “factor”", at: dictionary)
    }
    record("factor", .number(number), .given, at: place)
    if number < 1 { model.notes.append("factor \(number.formattedShortest) is below 1: it compresses the window; transformers warns") }
    return number
  }

  private mutating func dynamic(
    _ layer: LayerScaling, _ dictionary: DeclaredValue, _ geometry: RotaryGeometry
  ) throws(ConfigurationError) -> MethodSpecification.Part {
    if let alpha = try declaration.number(dictionary.member("alpha")), alpha > 0 {
      record("alpha", .number(alpha), .given, at: dictionary.member("alpha"), note: "HunYuan's static NTK factor")
      return part("ntk", ["factor": alpha])
    }
    // transformers grows from max_position_embeddings and does not read the original length.
    return part("dynamic", [
      "factor": try factor(layer, dictionary),
      "original_max_position_embeddings": Double(model.window ?? geometry.trainedLength),
    ])
  }

  private mutating func llama3(
    _ layer: LayerScaling, _ dictionary: DeclaredValue
  ) throws(ConfigurationError) -> MethodSpecification.Part {
    var numbers = ["factor": try factor(layer, dictionary)]
    for key in ["low_freq_factor", "high_freq_factor", "original_max_position_embeddings"] {
      let place = key == "original_max_position_embeddings" ? layer.original : dictionary.member(key)
      guard let place, let number = try declaration.number(place) else {
        throw declaration.error("llama3 scaling needs “\(key)”", at: dictionary)
      }
      record(key, .number(number), .given, at: place)
      numbers[key] = number
    }
    return part("llama3", numbers)
  }

  private mutating func longRoPE(
    _ layer: LayerScaling, _ dictionary: DeclaredValue, _ geometry: RotaryGeometry
  ) throws(ConfigurationError) -> MethodSpecification.Part {
    var given: [String: ParameterValue] = [:]
    for key in ["short_factor", "long_factor"] {
      guard let place = dictionary.member(key), let numbers = try declaration.numbers(place) else {
        throw declaration.error("longrope scaling needs the list “\(key)”", at: dictionary)
      }
      guard numbers.count == geometry.pairCount else {
        throw declaration.error("“\(key)” has \(numbers.count) numbers, this model rotates \(geometry.pairCount) pairs", at: place)
      }
      guard let bad = numbers.first(where: { $0 <= 0 }) else {
        given[key] = .numbers(numbers)
        continue
      }
      throw declaration.error("“\(key)” holds \(bad.formattedShortest); every number must be above 0", at: place)
    }
    let window = Double(model.window ?? geometry.trainedLength)
    let original = try originalLength(layer) ?? window
    if layer.original == nil {
      model.notes.append("longrope without original_max_position_embeddings: transformers refuses some such files; the window \(window.formattedShortest) is taken")
    }
    if layer.type == "su" {
      model.notes.append("“su” is the old name of longrope; transformers 5 refuses it unless original_max_position_embeddings stands in the same object")
    }
    given["original_max_position_embeddings"] = .number(original)
    given["factor"] = .number(try declaration.number(dictionary.member("factor")) ?? max(window / original, 1e-6))
    for key in ["attention_factor", "short_mscale", "long_mscale"] {
      if let number = try declaration.number(dictionary.member(key)) { given[key] = .number(number) }
    }
    return MethodSpecification.Part(id: "longrope", given: given)
  }

  private mutating func originalLength(_ layer: LayerScaling) throws(ConfigurationError) -> Double? {
    guard let place = layer.original, let number = try declaration.number(place) else { return nil }
    guard number >= 1 else { throw declaration.error("“\(place.key)” is \(place.node.phrase), expected at least 1 token", at: place) }
    record("original_max_position_embeddings", .number(number), .given, at: place)
    return number
  }

  private mutating func yarn(
    _ layer: LayerScaling, _ dictionary: DeclaredValue, _ geometry: RotaryGeometry
  ) throws(ConfigurationError) -> [MethodSpecification.Part] {
    guard geometry.base != 1 else {
      throw declaration.error("YaRN has no meaning for a base of 1: its ramp divides by ln 1", at: dictionary)
    }
    let window = Double(model.window ?? geometry.trainedLength)
    let original = try originalLength(layer) ?? window
    var numbers = ["original_max_position_embeddings": original]
    if dictionary.node.member("factor") == nil { _ = try factor(layer, dictionary) }
    // A null factor is allowed and means the ratio of the lengths.
    numbers["factor"] = dictionary.member("factor") == nil ? window / original : try factor(layer, dictionary)
    for (key, fallback) in [("beta_fast", 32.0), ("beta_slow", 1.0)] {
      let place = dictionary.member(key)
      let number = try declaration.number(place) ?? 0
      // 0 and null mean the default in every version.
      numbers[key] = number == 0 ? fallback : number
      record(key, .number(numbers[key] ?? fallback), number == 0 ? .default : .given, at: number == 0 ? nil : place)
    }
    for key in ["attention_factor", "mscale", "mscale_all_dim"] {
      if let place = dictionary.member(key), let number = try declaration.number(place) {
        record(key, .number(number), .given, at: place)
        numbers[key] = number
      }
    }
    var yarn = part("yarn", numbers)
    if let truncates = try declaration.flag(dictionary.member("truncate")) {
      // transformers reads the flag from the outer dictionary only.
      let isRead = dictionary.key != layer.name
      yarn.given["truncate"] = .flag(truncates || !isRead)
      if !isRead, !truncates {
        model.notes.append("truncate: false inside \(layer.name) is not read by transformers, which rounds the ramp there")
      }
    }
    let ramp = YaRNRamp(
      trainedLength: original, betaFast: numbers["beta_fast"] ?? 32, betaSlow: numbers["beta_slow"] ?? 1,
      truncates: yarn.given["truncate"]?.flag ?? true)
    if ramp.isDegenerate(dimension: geometry.rotaryDimension, base: geometry.base) {
      model.notes.append("the YaRN ramp is empty or reversed (beta_fast \(ramp.betaFast.formattedShortest), beta_slow \(ramp.betaSlow.formattedShortest)): runtimes disagree about such a ramp")
    }
    guard model.kvLoraRank != nil || declaration.value(anyOf: ["qk_nope_head_dim"]) != nil,
      let coefficient = numbers["mscale_all_dim"], coefficient != 0
    else { return [yarn] }
    return [yarn, part("mla-mscale", ["factor": numbers["factor"] ?? 1, "mscale_all_dim": coefficient])]
  }

  /// Keys of the dictionary that the type does not read: they change nothing, which is worth a word.
  private mutating func noteUnknownKeys(_ layer: LayerScaling, _ dictionary: DeclaredValue) {
    let common: Set = ["rope_type", "type", "rope_theta", "partial_rotary_factor", "llama_4_scaling_beta", "mrope_section", "mrope_interleaved"]
    let own: [String: Set<String>] = [
      "default": [], "linear": ["factor"], "dynamic": ["factor", "alpha"],
      "yarn": ["factor", "original_max_position_embeddings", "beta_fast", "beta_slow", "attention_factor", "mscale", "mscale_all_dim", "truncate"],
      "llama3": ["factor", "original_max_position_embeddings", "low_freq_factor", "high_freq_factor"],
      "longrope": ["factor", "original_max_position_embeddings", "short_factor", "long_factor", "attention_factor", "short_mscale", "long_mscale"],
      "proportional": ["factor"],
    ]
    guard let known = own[layer.type] else { return }
    let unread = (dictionary.node.members ?? []).map(\.key).filter { !known.contains($0) && !common.contains($0) }
    if !unread.isEmpty {
      model.notes.append("\(layer.type) scaling does not read \(unread.map { "“\($0.prefix(60))”" }.joined(separator: ", "))")
    }
  }
}

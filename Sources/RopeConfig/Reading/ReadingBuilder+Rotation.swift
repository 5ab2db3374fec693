import RopeJSON
import RopeMath
import RopeText

extension ReadingBuilder {
  /// Geometry and scaling of one type of layer.
  mutating func rotary(
    _ layer: DeclaredLayer, headDimension: Int, trainedLength: Int
  ) throws(ConfigurationError) -> LayerRotary {
    let prefix = layer.name == "all" ? "" : layer.name + "."
    let head = try ownHead(of: layer, prefix) ?? headDimension
    let base = try base(of: layer, head: head, prefix)
    let share = try layer.type == "proportional" ? head : rotaryDimension(of: layer, head: head, prefix)
    if share == head, share % 2 == 1, share > 4, let place = value(family.head.keys + [""]) {
      throw declaration.error(
        "a head of \(head) features holds no whole pairs, expected an even “\(place.key)”", at: place)
    }
    let pairing = try pairing()
    // Frequencies of an odd size fill whole pairs, their exponents still in steps of 2 over the odd size.
    let rotary = share + share % 2
    let unrotated = try unrotatedFeatures(head: head, rotary: rotary)
    let geometry: RotaryGeometry
    do throws(GeometryError) {
      geometry = try RotaryGeometry(
        headDimension: max(head, rotary), rotaryDimension: rotary, base: base, pairing: pairing,
        trainedLength: trainedLength, exponentDimension: share == rotary ? nil : share,
        unrotatedFeatures: unrotated)
    } catch {
      throw ConfigurationError(.invalid, error.description, path: declaration.source.path)
    }
    var result = LayerRotary(
      name: layer.name, geometry: geometry, window: layer.window, isSliding: layer.isSliding,
      layerCount: layer.indices?.count)
    result.layerIndices = layer.indices ?? []
    result.arithmetic = dialect.arithmetic(geometry)
    try interpret(layer, into: &result, prefix)
    if share % 2 == 1, family.share.oddIsRefused {
      result.refusal = ConfigurationError(
        refusing: "the class \(family.name) splits the head at \(share) features, which holds no whole pairs")
    }
    if dialect.checksTypes, result.refusal == nil, let type = model.classType,
      let null = RefusedNull.found(in: declaration, of: family, type: type, version: runtime.actualVersion)
    {
      result.refusal = declaration.error(null.sentence, at: null.place)
    }
    if let bands = try dialect.positions(declaration) {
      result.bands = bands.bands
      result.notes.append(bands.note)
    }
    return result
  }

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
    if dialect.isReference, family.isPlainOnly, layer.isScaled {
      result.refusal = declaration.error("the class \(family.name) rotates plainly only", at: dictionary.value)
    }
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
    let names = unread.map { "“\($0.excerpt(60))”" }.joined(separator: ", ")
    model.notes.append("\(layer.type ?? "default") scaling does not read \(names)")
  }
}

import RopeJSON
import RopeMath

/// The members that say a request in the keys of a Hugging Face configuration, beside the model's dimensions.
struct ConfigurationKeys {
  let request: SettingsRequest
  var temperature: RotaryDictionary.Temperature
  /// Whether a dictionary of the file keeps the members that a new one does not mention.
  var isMerged = false

  private var declaration: Declaration { request.declaration }

  /// The scaling dictionary of the file, wherever it is called `rope_scaling` or `rope_parameters`.
  var written: DeclaredValue? {
    ConfigurationKey.scaling.spellings.lazy.compactMap { declaration.value(anyOf: [$0]) }
      .first { $0.node.members?.isEmpty == false }
  }

  /// Whether the file has a dictionary of that name with something in it.
  func has(_ key: String) -> Bool { declaration.value(anyOf: [key])?.node.members?.isEmpty == false }

  /// The dictionary of one type of layer: its own, or the one for all layers.
  private func dictionary(of layer: String) -> JSONNode? {
    guard let written else { return nil }
    if let own = written.member(layer), own.node.members != nil { return own.node }
    return isByLayer ? nil : written.node
  }

  /// Whether the file's dictionary has one entry a type of layer.
  private var isByLayer: Bool {
    request.layers.contains { $0.name != "all" && written?.member($0.name)?.node.members != nil }
  }

  /// The same in the file's own words for the factor on cos and sin, where it has such; these come first.
  var spellings: [ConfigurationKeys] {
    guard request.main?.id == "yarn", let old = dictionary(of: request.name),
      RotaryDictionary.temperatureKeys.contains(where: { old.member($0)?.node.isNull == false }),
      // A number that was right for the old factor is not written again where another is wanted.
      old.member("attention_factor")?.node.finiteNumber.map({ $0 == request.plan.attentionFactor }) != false,
      old.member("attn_factor")?.node.finiteNumber ?? 1 == 1
    else { return [self] }
    var own = self
    own.temperature = .stated
    return [own, self]
  }

  // MARK: rope_parameters

  /// One dictionary with everything in it, with an entry a type of layer where there are several.
  func unified(byLayer: Bool? = nil) throws(ConfigurationError) -> [(String, JSONNode)] {
    guard byLayer ?? (isByLayer || request.layers.count > 1),
      request.layers.contains(where: { $0.name != "all" })
    else {
      return [("rope_parameters", .object(try entry(request)))]
    }
    var pairs = isByLayer ? (written?.node.members ?? []).map { ($0.key, $0.node) } : []
    for (index, layer) in request.layers.enumerated() {
      // Entries that nobody asked to change stand as they do.
      if index > 0, pairs.contains(where: { $0.0 == layer.name }) { continue }
      let node = JSONNode.object(try entry(request.about(layer), isFirst: index == 0))
      if let place = pairs.firstIndex(where: { $0.0 == layer.name }) {
        pairs[place].1 = node
      } else {
        pairs.append((layer.name, node))
      }
    }
    return [("rope_parameters", .object(pairs))]
  }

  /// Base, share, scaling and what else the replaced dictionary holds.
  private func entry(
    _ request: SettingsRequest, isFirst: Bool = true
  ) throws(ConfigurationError) -> [(String, JSONNode)] {
    var pairs: [(String, JSONNode)] = [("rope_theta", .float(request.base))]
    let old = dictionary(of: request.name)
    let stated = old?.member("partial_rotary_factor")?.node ?? declaration.value(.share)?.node
    if let share = request.share {
      // 0.334 of 192 features are 64 of them: the file's spelling counts where it says the same.
      let geometry = request.geometry
      let isSame = stated?.finiteNumber.map { Int(Double(geometry.headDimension) * $0) == geometry.rotaryDimension }
      pairs.append(("partial_rotary_factor", isSame == true ? stated ?? .float(share) : .float(share)))
    } else if let stated {
      // The share of other heads than the latent ones stays the file's; elsewhere the whole head rotates in spite of
      // it.
      pairs.append(("partial_rotary_factor", request.isLatent ? stated : .float(1)))
    }
    let scaling = try RotaryDictionary(request, temperature, replacing: old).scaling()
    pairs = pairs.filter { pair in !scaling.contains { $0.0 == pair.0 } } + scaling
    pairs += RotaryDictionary.kept(of: old)
    // One dictionary for all layers is that of the first type; the others have nothing of it.
    if isMerged, isFirst || isByLayer { pairs += RotaryDictionary.cancelled(old, by: pairs) }
    return pairs
  }

  // MARK: rope_scaling

  /// The base beside the dimensions, a dictionary for the scaling alone.
  ///
  /// - Parameter always: the base is written where the file has it as well.
  func separate(always: Bool = true) throws(ConfigurationError) -> [(String, JSONNode)] {
    let named = request.layers.contains { $0.name != "all" }
    let own = named ? ["global_rope_theta"] : []
    let place = declaration.value(anyOf: own + ConfigurationKey.base.spellings)
    var pairs: [(String, JSONNode)] = []
    if always || place?.node.finiteNumber != request.base {
      pairs.append((place?.key ?? "rope_theta", .float(request.base)))
    }
    if let other = request.layers.dropFirst().first(where: { $0.plan.base != request.base }) {
      let key = declaration.value(.slidingBase)
      if key?.node.finiteNumber != other.plan.base {
        pairs.append((key?.key ?? "rope_local_base_freq", .float(other.plan.base)))
      }
    }
    if let share = request.share, declaration.value(.share) == nil, declaration.value(.rotaryDimension) == nil {
      pairs.append(("partial_rotary_factor", .float(share)))
    }
    let scaling = try dictionaryAlone()
    if scaling.contains(where: { $0.0 == "short_factor" }) || declaration.value(anyOf: [Self.originalKey]) != nil {
      // The length beside the dimensions beats the one in the dictionary.
      let original = scaling.first { $0.0 == Self.originalKey }
      pairs.append(original ?? (Self.originalKey, .null))
    }
    if scaling.count > 1 {
      pairs.append(("rope_scaling", .object(scaling)))
    } else if has("rope_scaling") {
      pairs.append(("rope_scaling", .null))
    }
    return pairs
  }

  private static let originalKey = "original_max_position_embeddings"

  /// What stands in `rope_scaling`: type and numbers, and what else the replaced dictionary holds.
  func dictionaryAlone() throws(ConfigurationError) -> [(String, JSONNode)] {
    let old = dictionary(of: request.name)
    var scaling = try RotaryDictionary(request, temperature, replacing: old).scaling()
    scaling += RotaryDictionary.kept(of: old)
    if isMerged { scaling += RotaryDictionary.cancelled(old, by: scaling) }
    return scaling
  }

  // MARK: Lengths

  /// The window, under the name that the file has for it.
  func length(_ window: Int) -> [(String, JSONNode)] {
    let place = declaration.value(.window)
    let isStated = place?.node.finiteNumber == Double(window)
    return unlengthened + (isStated ? [] : [(place?.key ?? "max_position_embeddings", .count(window))])
  }

  /// The switch of the class's own longer context, turned off: it would set the window, and raise the base again.
  private var unlengthened: [(String, JSONNode)] {
    guard !request.isWindowOnly, let flag = FamilyCatalogue.family(of: declaration).family.lengthening?.flag,
      declaration.value(anyOf: [flag])?.node.boolean == true
    else { return [] }
    return [(flag, .flag(false))]
  }

  /// Every length of the file that a server would stop at before the window.
  func lengths(atLeast window: Int) -> [(String, JSONNode)] {
    let keys = request.runtime.dialect.window?.keys ?? ConfigurationKey.window.spellings
    let stated = keys.compactMap { declaration.value(anyOf: [$0]) }
    guard !stated.isEmpty else { return unlengthened + [("max_position_embeddings", .count(window))] }
    return unlengthened
      + stated.filter { ($0.node.finiteNumber ?? .infinity) < Double(window) }.map { ($0.key, .count(window)) }
  }
}

import RopeJSON

/// How a server derives the longest context from a configuration.
struct WindowRule: Sendable {
  enum Choice: Sendable { case smallest, first }

  /// Keys of the language model's configuration, in their order.
  var keys: [String]
  var choice: Choice
  /// `model_max_length` of the configuration replaces what the keys say.
  var maximumReplaces = false
  /// Without any key the default of the model's class counts, where transformers has the class.
  var takesClassDefault = false
  /// Without any key and any class, in tokens; nil for no limit.
  var fallback: Int? = 2048
  /// Types whose factor does not lengthen the window.
  var unmultiplied: Set<String> = []
  /// An original length in the dictionary stops the factor, whatever the type.
  var originalStopsFactor = false
  /// Whether dictionaries of layer types are looked into: the last factor counts.
  var looksIntoLayerTypes = true
  /// YaRN's factor multiplies the original length instead of the window.
  var yarnStartsFromOriginal = false
  /// A model type that holds this is never multiplied.
  var exempt: String?
  /// YaRN given by an option of the command line lengthens the window to original × factor.
  var followsYaRNOption = false
  /// LongRoPE is served at its original length unless a length is given.
  var longRoPEDefaultsToOriginal = false
  var typeKeys = ["rope_type", "type"]
  var longer: ServedWindow.Longer
  var option: String
  var permission: String?

  func window(of declaration: Declaration, faults: [RuntimeFault] = []) -> ServedWindow? {
    var keys = keys
    var fallback = fallback
    for fault in faults {
      if case .window(let own, let standard) = fault.effect { (keys, fallback) = (own, standard) }
    }
    let found = keys.compactMap { key in length(declaration, key).map { (key, $0) } }
    let chosen = choice == .smallest ? found.min { $0.1 < $1.1 } : found.first
    let ofClass = takesClassDefault ? declaration.classWindow.map(Double.init) : nil
    guard var tokens = chosen?.1 ?? ofClass ?? fallback.map(Double.init) else { return nil }
    var sentence =
      chosen.map { "\($0.0) \($0.1.formattedShortest)" }
      ?? "\(tokens.formattedShortest), as no key gives a length\(ofClass == nil ? "" : " and the class has this one")"
    if maximumReplaces, let given = length(declaration, "model_max_length"), given != tokens {
      tokens = given
      sentence = "model_max_length \(given.formattedShortest), which replaces the other keys"
    }
    let dictionaries = RuntimeFault.dictionaries(declaration)
    guard looksIntoLayerTypes || dictionaries.count == 1,
      let dictionary = dictionaries.last(where: { $0.member("factor") != nil }) ?? dictionaries.last
    else { return answer(tokens, sentence) }
    let type = dictionary.member(anyOf: typeKeys)?.node.string ?? "default"
    let original = dictionary.member("original_max_position_embeddings")?.node.finiteNumber
    if longRoPEDefaultsToOriginal, ["longrope", "su"].contains(type),
      let given = declaration.text.member("original_max_position_embeddings")?.node.finiteNumber ?? original
    {
      return answer(
        tokens, sentence + "; served at the original \(given.formattedShortest) unless a length is given")
    }
    if followsYaRNOption, type == "yarn", let factor = dictionary.member("factor")?.node, factor.document > 0,
      let scale = factor.finiteNumber
    {
      let length = original ?? tokens
      return answer(
        length * scale, "the original length \(length.formattedShortest) × \(scale.formattedShortest) of the options")
    }
    let isExempt =
      unmultiplied.contains(type) || (originalStopsFactor && (original != nil || type == "llama3"))
      || exempt.map { (declaration.value(anyOf: ["model_type"])?.node.string ?? "").contains($0) } ?? false
    guard !isExempt, let factor = dictionary.member("factor")?.node.finiteNumber, factor != 1 else {
      return answer(tokens, sentence)
    }
    if yarnStartsFromOriginal, type == "yarn", let original {
      return answer(
        original * factor,
        "original_max_position_embeddings \(original.formattedShortest) × factor \(factor.formattedShortest)")
    }
    return answer(tokens * factor, sentence + " × factor \(factor.formattedShortest)")
  }

  private func answer(_ tokens: Double, _ sentence: String) -> ServedWindow {
    ServedWindow(
      tokens: Int(exactly: tokens.rounded(.down)) ?? .max, sentence: sentence, longer: longer, option: option,
      permission: permission)
  }

  private func length(_ declaration: Declaration, _ key: String) -> Double? {
    declaration.text.member(key)?.node.finiteNumber.flatMap { $0 > 0 ? $0 : nil }
  }
}

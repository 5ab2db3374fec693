import RopeJSON

extension PublishedModel {
  /// The model that a configuration is of, whatever window it states: by the declared base model's name, else by type,
  /// base and sizes.
  ///
  /// A name wins over what the file shows, as the file may be the one that is wrong; `shown(by:)` is the file's word.
  public static func recognise(_ declaration: Declaration, base: String? = nil) -> PublishedModel? {
    base.flatMap(named) ?? shown(by: declaration).map { $0.named(by: declaration) }
  }

  /// The later version of the same model, with a longer context and the same rotation, that the file's own name tells.
  private func named(by declaration: Declaration) -> PublishedModel {
    guard let name = declaration.root.member("_name_or_path")?.node.string, let other = Self.named(name),
      other.base == base, other.headDimension == headDimension, other.nativeLength > nativeLength
    else { return self }
    return other
  }

  /// The model that a configuration itself shows.
  public static func shown(by declaration: Declaration) -> PublishedModel? {
    // A draft of speculative decoding has its target's sizes, but weights and lengths of its own.
    guard declaration.value(anyOf: ["draft_vocab_size", "speculators_model_type"]) == nil else { return nil }
    let traits = ModelTraits(declaration)
    for type in traits.types {
      for candidate in byType[type] ?? [] where candidate.signature.matches(traits) { return candidate.model }
    }
    return stored(declaration, traits)
  }

  /// The model that the name in a GGUF file tells, where the file states its window: one architecture holds many makers'
  /// models there.
  private static func stored(_ declaration: Declaration, _ traits: ModelTraits) -> PublishedModel? {
    guard declaration.root.member(GGUFTranslation.architectureKey) != nil,
      let name = declaration.root.member(GGUFTranslation.nameKey)?.node.string, let model = named(name),
      // Its factors are tensors beside the metadata.
      model.scaling?.type != "longrope"
    else { return nil }
    return traits.statedWindows.contains(where: model.windows.contains) ? model : nil
  }

  /// The model of a name: a repository of the Hugging Face Hub, a path or a plain name.
  ///
  /// The pattern that says most wins. A name that claims a longer context than the model has (`Llama-2-7B-32K`,
  /// `LongWriter-glm4-9b`) is that of another model, which was made from this one: nil.
  public static func named(_ name: String) -> PublishedModel? {
    if let exact = byID[name.lowercased()] { return exact }
    let end = name.split(whereSeparator: { "/\\".contains($0) }).last
    if let end, let found = matching(ModelName(end)) { return found }
    return matching(ModelName(name))
  }

  /// The longest context that a name claims, in tokens; nil where it claims none.
  public static func length(claimedBy name: String) -> Int? {
    name.split(whereSeparator: { "/\\".contains($0) }).last.flatMap { ModelName($0).claimedLength }
  }

  private static func matching(_ name: ModelName) -> PublishedModel? {
    guard let (pattern, found) = patterns.first(where: { $0.pattern.matches(name) }),
      name.end(of: long, from: 0) == nil || pattern.parts.contains(where: { $0.starts(with: long) })
    else { return nil }
    let longest = ([found.nativeLength, found.statedLength] + found.windows).max() ?? found.nativeLength
    return name.claimedLength.map { $0 > longest } == true ? nil : found
  }

  private static let long = Array("long".utf8)

  /// Every model, those of one type from the particular to the general.
  public static let all: [PublishedModel] =
    qwen + llama + mistral + deepseek + google + zhipu + microsoft + others + named

  private static let byID = Dictionary(
    all.flatMap { model in model.hubIDs.map { ($0.lowercased(), model) } }, uniquingKeysWith: { first, _ in first })

  /// Patterns of names, those that say most first.
  private static let patterns = all.flatMap { model in model.patterns.map { (pattern: $0, model: model) } }
    .enumerated().sorted { ($0.element.pattern.weight, -$0.offset) > ($1.element.pattern.weight, -$1.offset) }
    .map(\.element)

  private static let byType: [String: [(signature: ModelSignature, model: PublishedModel)]] = {
    var table: [String: [(signature: ModelSignature, model: PublishedModel)]] = [:]
    for model in all {
      for signature in model.signatures {
        for type in signature.modelTypes { table[type, default: []].append((signature, model)) }
      }
    }
    return table
  }()
}

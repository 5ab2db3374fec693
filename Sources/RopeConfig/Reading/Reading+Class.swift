import RopeJSON

extension Reading {
  /// The model type whose class reads the language model's keys; nil where the file names none.
  public var classType: String? { classOfDeclaration.name }

  /// Whether the language model is a part of a larger one.
  public var isPartOfLarger: Bool { classOfDeclaration.section != nil }

  /// Whether the file is a GGUF, whose metadata leave nothing to a class.
  public var isStored: Bool { declaration?.root.member(GGUFTranslation.architectureKey) != nil }

  /// `general.architecture` of a GGUF file; nil for other files.
  public var storedArchitecture: String? { declaration?.root.member(GGUFTranslation.architectureKey)?.node.string }

  /// The value of a key in the file, else the one that the model's class has for it. A null keeps the class's away.
  ///
  /// - Parameter keys: names of the key, in the order in which they are looked at.
  public func value(_ keys: [String]) -> DeclaredValue? {
    declaration?.value(anyOf: keys) ?? classDefault(keys)
  }

  /// What the class puts in the place of a key that the file does not name.
  func classDefault(_ keys: [String]) -> DeclaredValue? {
    guard !isStored, let type = classType, let table = ClassDefaults.table[type], !isNull(keys) else { return nil }
    for key in keys {
      if let value = table[key] { return DeclaredValue(key: key, node: value.node, pointer: "") }
    }
    return nil
  }

  /// Whether the file says null for a key.
  private func isNull(_ keys: [String]) -> Bool {
    keys.contains { declaration?.text.node.member($0)?.node.isNull == true }
  }

  private var classOfDeclaration: (name: String?, section: FamilySection?) {
    FamilyCatalogue.type(
      root: declaration?.root.member("model_type")?.node.string,
      text: declaration?.value(anyOf: ["model_type"])?.node.string)
  }
}

extension Declaration {
  /// Whether the class of the newest transformers looks at a spelling of a key; nil where the class is not known, or
  /// the table of families does not say.
  ///
  /// A share counts as read where plain rotation honours it.
  public func classReads(_ spelling: String, of key: ConfigurationKey) -> Bool? {
    guard let family, !family.isUnknown, family.unrotatedReason == nil else { return nil }
    switch key {
    case .share, .rotaryDimension:
      return family.share.isHonouredPlain && (family.share.keys + family.share.sizeKeys).contains(spelling)
    case .base: return (family.baseKeys + family.tables.flatMap(\.baseKeys)).contains(spelling)
    case .pairLayout:
      if case .flag(let keys, _) = family.pairs { return keys.contains(spelling) }
      return false
    // A class that calls its sizes n_embd calls its window n_positions.
    case .window:
      return spelling == key.name || family.windowKeys.contains(spelling)
        || spelling == "n_positions" && value(anyOf: ["n_embd"]) != nil
    default: return nil
    }
  }

  /// Whether the class pairs feature i with i + d/2, whatever the file says.
  public var classPairsHalves: Bool { family.map { !$0.isUnknown && $0.pairs == .half } ?? false }

  /// Whether plain rotation of the class turns a part of the head where a share says so; nil for an unknown class.
  public var classHonoursShare: Bool? {
    family.flatMap { $0.isUnknown || $0.unrotatedReason != nil ? nil : $0.share.isHonouredPlain }
  }

  /// The share that every published model of a class has; nil where they differ or none is below 1.
  public var publishedShare: (name: String, share: Double)? {
    value(anyOf: ["model_type"])?.node.string.flatMap { Self.publishedShares[$0] }
  }

  private static let publishedShares = [
    "stablelm": ("StableLM", 0.25), "qwen3_next": ("Qwen3-Next", 0.25), "minimax_m2": ("MiniMax-M2", 0.5),
    "glm4": ("GLM-4", 0.5), "glm4_moe": ("GLM-4.5", 0.5),
  ]

  /// The window of the class where a file states none, in tokens.
  public var classWindow: Int? { family.flatMap { $0.isUnknown ? nil : $0.window } }

  /// The original length of the class where a file states none, in tokens.
  public var classOriginalLength: Int? { family.flatMap { $0.isUnknown ? nil : $0.originalLength } }

  /// The class's pairs by time, height and width, where a dictionary does not say; none where it has one position a token.
  public var classSections: [Int] {
    let type = value(anyOf: ["model_type"])?.node.string
    return Family.named(FamilyCatalogue.type(root: type, text: type).name).sections
  }

  private var family: Family? { FamilyCatalogue.family(of: self).family }
}

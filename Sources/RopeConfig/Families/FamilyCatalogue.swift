import RopeJSON

/// The one list of families: model types with what their classes fix.
enum FamilyCatalogue {
  static let families: [String: Family] = {
    var table: [String: Family] = [:]
    for row in [Family.rowsAtoD, Family.rowsEtoL, Family.rowsMtoP, Family.rowsQtoZ, Family.rowsElsewhere].joined() {
      for name in row.names { table[name] = row }
    }
    for (name, original) in Family.aliases { table[name] = table[original] }
    for (reason, names) in Family.unrotatedTypes {
      for name in names { table[name] = Family(names: [name], unrotatedReason: reason) }
    }
    return table
  }()

  static let sections: [String: FamilySection] = {
    var table: [String: FamilySection] = [:]
    for row in FamilySection.rows { for name in row.names { table[name] = row } }
    return table
  }()

  /// The family that a file means by its model types, and by what tells another class than theirs; and the section that
  /// its keys stand in.
  static func family(of declaration: Declaration) -> (family: Family, section: FamilySection?) {
    let found = type(
      root: declaration.root.member("model_type")?.node.string,
      text: declaration.value(anyOf: ["model_type"])?.node.string)
    let family = Family.named(Family.writtenOver(found.name, in: declaration) ?? found.name)
    // Code of the model's own under the name of a class without rotation (jina-embeddings-v3).
    if family.unrotatedReason != nil, declaration.root.member("auto_map") != nil,
      let kind = declaration.value(anyOf: ["position_embedding_type"])?.node.string, ["rotary", "rope"].contains(kind)
    {
      return (.unknown, found.section)
    }
    // DeepSeek's code has heads without latent attention as well (DeepSeek-OCR, DeepSeek-VL2).
    if family.head.keys.contains("qk_rope_head_dim"), declaration.value(anyOf: ["use_mla"])?.node.boolean == false {
      return (Family.named("deepseek"), found.section)
    }
    return (family, found.section)
  }

  /// The model type whose class reads the language model's keys, and the section that they stand in.
  static func type(root: String?, text: String?) -> (name: String?, section: FamilySection?) {
    var name = text ?? root
    var found: FamilySection?
    var outer = root
    for _ in 0..<3 {
      guard let type = outer, let row = sections[type] else { break }
      found = row
      let inner = text == root ? nil : text
      name = row.isFixed || inner == nil || inner.map { sections[$0] != nil } == true ? row.type : inner
      outer = name
    }
    return (name, found)
  }
}

extension Family {
  /// The row of a model type; one that believes the common keys where it is not known.
  public static func named(_ type: String?) -> Family {
    type.flatMap { FamilyCatalogue.families[$0] } ?? unknown
  }

  public static func isKnown(_ type: String) -> Bool {
    FamilyCatalogue.families[type] != nil || FamilyCatalogue.sections[type] != nil
  }

  /// Every model type that has a row, or a section of one that has.
  public static var knownTypes: [String] {
    (Array(FamilyCatalogue.families.keys) + Array(FamilyCatalogue.sections.keys)).sorted()
  }

  /// llama.cpp's name; nil where it has none.
  public var ggufArchitecture: String? {
    GGUFArchitecture.table.first { row in names.contains { row.types.contains($0) } }?.name
  }

  /// A class that is not known: the keys that many use are believed.
  static let unknown: Family = {
    var row = Family(names: [""])
    row.baseKeys = ConfigurationKey.base.spellings
    row.head.keys = ConfigurationKey.headDimension.spellings
    row.share = .plain(
      keys: ConfigurationKey.share.spellings, sizeKeys: ConfigurationKey.rotaryDimension.spellings)
    row.pairs = .flag(ConfigurationKey.pairLayout.spellings, isInterleaved: false)
    row.sliding = Sliding(
      keys: ConfigurationKey.slidingWindow.spellings,
      flag: "use_sliding_window", flagDefault: true)
    row.unrotated = .flags("no_rope_layers", interval: nil, intervalKey: "no_rope_layer_interval")
    row.hasStaticNTK = true
    row.isUnknown = true
    return row
  }()

  /// The row for a GGUF file, whose metadata tell sizes, share and pairs themselves.
  var stored: Family {
    var row = self
    row.pairs = .flag(["rope_interleave"], isInterleaved: false)
    row.share = .plain(sizeKeys: ["rotary_dim"])
    row.head = Head(keys: ["head_dim", "qk_rope_head_dim"])
    row.baseKeys = ["rope_theta"]
    row.condition = Condition(key: "position_embedding_type", forbidden: ["nope"], absent: "rope")
    row.dictionary = [:]
    row.originalLength = nil
    row.window = nil
    row.trainedLength = nil
    row.sliding = Sliding()
    for index in row.tables.indices {
      let isSliding = LayerPattern.slides(row.tables[index].name)
      row.tables[index].baseKeys = isSliding ? ["rope_local_base_freq"] : ["rope_theta"]
    }
    return row
  }
}

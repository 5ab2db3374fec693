import RopeConfig
import RopeJSON
import RopeMath

/// A configuration with everything that is known around it: what the rules look at.
public struct CheckSubject: Sendable {
  /// The configuration with the overrides of a command merged in: what is judged.
  public let declaration: Declaration
  /// The configuration as its file has it.
  public let file: Declaration
  /// The command that the declaration is the effect of; nil for a file as it is.
  public let effective: EffectiveConfiguration?
  /// The model as transformers reads it, or why it cannot be read.
  public let resolved: Result<Reading, ConfigurationError>
  /// The file, completed by usual sizes where it gives none: what runtimes are asked about.
  let probe: Declaration
  /// Whether sizes in it are only usual ones, so that numbers of pairs mean nothing.
  let isProbeCompleted: Bool
  /// Tokens in context at which runtimes are compared: the target, else the window.
  let length: Int
  /// What the reference computes at that length; nil where it stops at the file.
  let referenceLayers: [RuntimeLayer]?
  /// What the runtimes that are meant make of the file; the reference is one of them only where it is named or stops.
  let verdicts: [RuntimeVerdict]
  public let facts: Facts
  /// Options from command lines, trainer files and tokenizer files that belong to the configuration.
  public let options: [RunOption]
  /// The runtimes that are meant; empty where none is declared, which means the newest transformers.
  public let runtimes: [MeantRuntime]
  /// The published model that this one is, or was made from; nil where it is not recognised.
  public let known: PublishedModel?
  /// The scaling dictionaries as they are written; `rope_scaling` before `rope_parameters`, as transformers 5 prefers.
  public let scalings: [DeclaredScaling]
  /// Whether the declaration is a JSON file whose bytes may be edited.
  public let isEditable: Bool
  /// Whether the declaration is a part of a trainer's file or empty, with no model configuration behind it.
  public let isFragment: Bool
  /// Whether the file is the published one of the model that a command names, which the user does not have here.
  let isBorrowed: Bool
  /// What trainers make of the file, where it is judged as it is.
  let trainers: [EffectiveConfiguration]
  /// Whether the program stops at the command, in whichever of its roles.
  let isStopped: Bool

  public init(
    declaration file: Declaration, facts: Facts = Facts(), options: [RunOption] = [], isEditable: Bool = true,
    isFragment: Bool = false, isBorrowed: Bool = false, effective: EffectiveConfiguration? = nil,
    trainers: [EffectiveConfiguration] = [], isStopped: Bool = false
  ) {
    self.isBorrowed = isBorrowed
    self.trainers = trainers
    self.isStopped = isStopped
    self.file = file
    self.effective = effective
    let declaration = effective?.declaration ?? file
    self.declaration = declaration
    self.facts = facts
    self.options = options + RunOption.parse(commandLine: facts.commandLine) + RunOption.parse(yaml: facts.yaml)
    self.isEditable = isEditable
    self.isFragment = isFragment
    let named = facts.runtimes.isEmpty ? effective?.runtimeText.map { [$0] } ?? [] : facts.runtimes
    runtimes = named.flatMap(MeantRuntime.parse)
    known = PublishedModel.recognise(file, base: facts.base ?? effective?.command.modelReference)
    scalings = Self.scalings(of: declaration)
    do throws(ConfigurationError) {
      resolved = .success(try RuntimeCatalogue.reference.read(declaration))
    } catch {
      resolved = .failure(error)
    }
    let served = Self.servedLength(effective, self.options)
    let probe = Self.probe(declaration, resolved, known: known, length: facts.targetLength ?? served)
    self.probe = probe.declaration
    isProbeCompleted = probe.isCompleted
    length = probe.length
    referenceLayers = probe.layers
    let own = probe.refusal.map { RuntimeVerdict(MeantRuntime(RuntimeCatalogue.reference), refusing: $0) }
    verdicts =
      runtimes.isEmpty
      ? [own].compactMap { $0 }
      : runtimes.map {
        RuntimeVerdict(
          $0, probe.declaration, length: probe.length, servedLength: served, reference: probe.layers)
      }
  }

  static func scalings(of declaration: Declaration) -> [DeclaredScaling] {
    for key in ConfigurationKey.scaling.spellings {
      guard let value = declaration.value(anyOf: [key]), let members = value.node.members, !members.isEmpty else {
        continue
      }
      let layers = members.filter { $0.node.members != nil }
      guard !layers.isEmpty else { return [DeclaredScaling(dictionary: value)] }
      // The reading refuses more of them.
      return layers.prefix(64).compactMap { layer in
        value.member(layer.key).map { DeclaredScaling(dictionary: $0, layer: layer.key) }
      }
    }
    return []
  }

  // MARK: Declared values, leniently

  /// A key of the text configuration, else of the root; nil where it is absent or null.
  public func value(_ keys: String...) -> DeclaredValue? { declaration.value(anyOf: keys) }

  public func number(_ keys: String...) -> Double? { declaration.value(anyOf: keys)?.node.finiteNumber }

  public func count(_ key: ConfigurationKey) -> Int? { declaration.value(key)?.node.count }

  public func count(_ keys: String...) -> Int? { declaration.value(anyOf: keys)?.node.count }

  public var modelType: String? { value("model_type")?.node.string }

  static func isScaled(_ declaration: Declaration) -> Bool { scalings(of: declaration).contains(where: \.isScaled) }

  /// The scaling of the file as it is written, overrides left out.
  var fileScaling: DeclaredScaling? {
    effective == nil ? scaling : Self.scalings(of: file).first(where: \.isScaled)
  }

  /// The window and the base of the file as it is written, overrides left out.
  var fileWindow: Int? {
    file.value(.window)?.node.count
  }

  var fileTheta: Double? {
    Self.thetaPlace(file)?.node.finiteNumber
  }

  /// The scaling that asks for more than plain rotation, the first where there are several.
  public var scaling: DeclaredScaling? { scalings.first(where: \.isScaled) }

  public var windowPlace: DeclaredValue? { declaration.value(.window) }

  /// Tokens that the file says the model takes.
  public var window: Int? { lengthenedWindow ?? windowPlace?.node.count }

  /// The window that the class puts in the place of the file's, where a flag of the file asks for it.
  private var lengthenedWindow: Int? {
    (try? resolved.get())?.values.first { $0.key == "window" && $0.origin == .derived }?.value.number.map { Int($0) }
  }

  /// The base, wherever it stands: the scaling dictionary first.
  public var thetaPlace: DeclaredValue? {
    Self.thetaPlace(declaration, scalings)
  }

  private static func thetaPlace(_ declaration: Declaration, _ scalings: [DeclaredScaling] = []) -> DeclaredValue? {
    let base = ConfigurationKey.base.name
    let inside = ConfigurationKey.scaling.spellings.reversed().lazy.compactMap {
      declaration.value(anyOf: [$0])?.member(base)
    }.first
    let ofLayers = scalings.lazy.filter { !$0.dictionary.pointer.contains("sliding") }.compactMap {
      $0.dictionary.member(base)
    }.first
    return inside ?? ofLayers ?? declaration.value(.base)
  }

  public var theta: Double? { thetaPlace?.node.finiteNumber }

  /// `original_max_position_embeddings`: the dictionary's own, else the top level's.
  public func originalPlace(_ scaling: DeclaredScaling) -> DeclaredValue? {
    scaling.dictionary.member(.originalLength) ?? declaration.value(.originalLength)
  }

  public func original(_ scaling: DeclaredScaling) -> Double? {
    originalPlace(scaling)?.node.finiteNumber.flatMap { $0 >= 1 ? $0 : nil }
  }

  /// Whether any layer rotates, as far as is known.
  public var rotates: Bool { (try? resolved.get())?.rotates ?? true }

  /// Multi-head latent attention: only a slice of each head is rotated.
  public var isLatent: Bool { value("kv_lora_rank") != nil || value("qk_nope_head_dim") != nil }

  public var isMultimodalRotary: Bool { scalings.contains { $0.has("mrope_section") } }

  /// Whether the file gives the sizes that a complete configuration has.
  public var hasDimensions: Bool {
    declaration.value(.hiddenSize) != nil && declaration.value(.heads) != nil
  }

  // MARK: Lengths

  /// The length that the weights were pre-trained on: declared in the file, else the published model's.
  public var nativeLength: Double? {
    scaling.flatMap(original) ?? known.map { Double($0.trainedLength) }
      ?? value("max_trained_positions").flatMap(\.node.finiteNumber)
      // A window that a command writes says nothing of what was trained.
      ?? (windowPlace.map { $0.node.document > 0 } == true ? fileWindow.map(Double.init) : nil)
  }

  /// The longest context that is asked for: declared, or of the serving options.
  public var target: Int? { facts.targetLength ?? servedLength }

  /// The window of the serving options.
  public var servedLength: Int? { Self.servedLength(effective, options) }

  private static func servedLength(_ effective: EffectiveConfiguration?, _ options: [RunOption]) -> Int? {
    guard effective?.isOpen != true else { return nil }
    if let served = effective?.servedLength { return served }
    // What another role of the command serves is judged there.
    guard effective?.role == nil else { return nil }
    let names = [
      "max_model_len", "context_length", "ctx_size", "c", "n_ctx", "num_ctx", "max_total_tokens", "max_seq_len",
    ]
    // What a trainer calls its rows is not what is served.
    let rows = effective?.options[.trainLength]?.path
    return names.lazy.filter { $0 != rows }.compactMap { name in
      options.last { $0.name == name || $0.path == name }?.length
    }.first
  }

  /// The longest training sequence: declared, or of the trainer's options.
  public var trainingLength: Int? {
    facts.trainLength ?? effective?.trainingLength
      ?? length(of: "cutoff_len", "sequence_len", "seq_length", "seq_len", "max_seq_length", "model_max_length_train")
  }

  /// Whether weights are updated under this configuration, or were.
  public var isTrained: Bool {
    facts.trainLength != nil || facts.trainer != nil || facts.claimedLength != nil
      || options.contains { $0.kind.isTraining } || effective?.command.format.kind == .trainer
      || scalings.contains { $0.dictionary.member("finetuned")?.node.boolean == true }
  }

  public func option(_ names: String...) -> RunOption? { option(anyOf: names) }

  func option(anyOf names: [String]) -> RunOption? {
    for name in names {
      if let option = options.last(where: { $0.name == name || $0.path == name }) { return option }
    }
    return nil
  }

  private func length(of names: String...) -> Int? { option(anyOf: names)?.length }
}

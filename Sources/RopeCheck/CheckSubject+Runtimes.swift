import RopeConfig
import RopeJSON
import RopeMath
import RopeText

extension CheckSubject {
  /// The file as a runtime reads it, or why that runtime stops.
  public func reading(of runtime: Runtime) -> Result<Reading, ConfigurationError> {
    do throws(ConfigurationError) {
      return .success(try runtime.read(declaration, length: target, servedLength: servedLength))
    } catch {
      return .failure(error)
    }
  }

  /// The file as the reference reads it; nil where that stops.
  public var reading: Reading? { try? resolved.get() }

  /// The same with the sizes that the file lacks.
  var sizedReading: Reading? { isProbeCompleted ? try? RuntimeCatalogue.reference.read(probe) : reading }

  /// Whether code beside the file reads it, and no runtime that would read it otherwise was named.
  var isReadByOwnCode: Bool {
    value("auto_map") != nil && runtimes.isEmpty && reading?.isUnknownFamily == true
  }

  /// Whether the reference computes a type of scaling for the file's class.
  func referenceImplements(_ type: String) -> Bool {
    TypeProbe.implements(type, RuntimeCatalogue.reference, modelType: modelType ?? "")
  }

  /// Whether the class, given one dictionary for all layers, leaves those of sliding windows plain.
  var classLeavesSlidingPlain: Bool {
    guard let type = modelType,
      let reading = Self.ownReading(
        of: type,
        """
        "sliding_window": 64, "rope_scaling": {"rope_type": "linear", "factor": 2.0}
        """)
    else { return false }
    let sliding = reading.layerTypes.filter(\.isSliding)
    return !sliding.isEmpty && sliding.allSatisfy { $0.scaling == nil || $0.scaling?.name == "proportional" }
  }

  /// The window that the class takes where a file gives none.
  var classWindow: Int? { modelType.flatMap { Self.ownReading(of: $0, #""layer_types": null"#) }?.window }

  /// What the reference makes of a class with hardly a key.
  private static func ownReading(of type: String, _ members: String) -> Reading? {
    let text = #"{"model_type": "\#(type)", "head_dim": 64, "hidden_size": 512, "num_attention_heads": 8, \#(members)}"#
    guard let file = try? Declaration(SourceText(bytes: Array(text.utf8))) else { return nil }
    return try? RuntimeCatalogue.reference.read(file)
  }

  /// Whether the file itself is the published model's, rather than one of which that is a part.
  var isKnownForSure: Bool {
    if known == nil || facts.base != nil || effective?.command.modelReference != nil { return known != nil }
    guard let part = modelType, let whole = file.root.member("model_type")?.node.string else { return true }
    return part.hasPrefix(whole) || whole.hasPrefix(part.split(separator: "_").first.map(String.init) ?? part)
  }

  /// Whether this is what a trainer works with, beside a file that is judged as it is.
  var isTrainersView: Bool { effective?.command.format.kind == .trainer && !isBorrowed && !isFragment }

  /// Whether the file is a GGUF header, which has other keys and no text to edit.
  var isGGUF: Bool { declaration.source.path?.hasSuffix(".gguf") == true }

  /// Whether the reference turns every pair as without any scaling.
  var isPlain: Bool {
    guard let layers = referenceLayers else { return true }
    return layers.allSatisfy { $0.plan.inverseFrequencies == $0.plan.geometry.inverseFrequencies }
  }

  /// Whether base and scaling are those of the published model.
  var isUnchanged: Bool {
    guard let known else { return false }
    let theta = theta ?? reading?.layerTypes.first?.geometry.base ?? known.base
    guard abs(theta / known.base - 1) < 0.01 else { return false }
    // A published scaling of its own counts as part of the model.
    return scaling == nil || known.scaling != nil
  }

  /// Whether the scaling is the one that the published model ships with.
  var hasPublishedScaling: Bool {
    guard let scaling, let own = known?.scaling else { return false }
    return scaling.type == own.type && scaling.factor == own.factor
  }

  /// The longest distance, in tokens, between two tokens that a rotating layer compares; nil where one sees all.
  var longestRotatedDistance: Int? {
    guard let reading = sizedReading, !reading.layerTypes.isEmpty, reading.windowedLayers == nil else { return nil }
    let layers = reading.layerTypes
    let windows = layers.map(\.window)
    guard windows.allSatisfy({ $0 != nil }) else { return nil }
    return windows.compactMap { $0 }.max()
  }

  /// Whether a rotating layer sees farther than so many tokens, or may. Layers that see fewer than were trained meet no new
  /// angle, however long the text.
  func mayReach(beyond trained: Double) -> Bool { reading?.largestReach.map { Double($0) > trained } ?? true }

  /// A runtime that is meant and of which something is true.
  func runtime(_ trait: RuntimeTrait) -> MeantRuntime? { runtimes.first { $0.has(trait) } }

  /// Whether a runtime of which something is true is meant, or trained the model.
  func isTrainedOrMeant(_ trait: RuntimeTrait) -> Bool {
    runtime(trait) != nil || facts.trainer.map(trait.isNamed) ?? false
  }

  /// Whether the reference, in whichever version, is meant by name.
  var isReferenceNamed: Bool { runtimes.contains { $0.name == RuntimeCatalogue.reference.name } }

  /// The runtimes that are meant, or the newest transformers.
  public var isTransformersMeant: Bool { runtimes.isEmpty || isReferenceNamed }

  /// The principal versions of the catalogue for which a condition holds, as names for a message.
  func others(where condition: (RuntimeVerdict) -> Bool) -> Message? {
    names(of: RuntimeCatalogue.principal, where: condition)
  }

  private func names(of runtimes: [Runtime], where condition: (RuntimeVerdict) -> Bool) -> Message? {
    let verdicts = runtimes.map {
      RuntimeVerdict(
        MeantRuntime($0), probe, length: length, servedLength: servedLength, reference: referenceLayers)
    }
    let names = verdicts.filter(condition).map(\.runtime.label)
    guard !names.isEmpty else { return nil }
    return names.count > 4 ? "\(Message.names(Array(names.prefix(3)))) and others" : .names(names)
  }

  /// Earlier versions of runtimes that are meant without a version, for which a condition holds.
  func older(where condition: (RuntimeVerdict) -> Bool) -> Message? {
    let meant = Set(runtimes.filter { $0.asked == nil }.map(\.name))
    return names(of: meant.sorted().flatMap { RuntimeCatalogue.versions(of: $0) }, where: condition)
  }

  /// `transformers 5.24.0`.
  var referenceName: String { "\(RuntimeCatalogue.reference.title) \(RuntimeCatalogue.reference.version)" }

  /// The reference's layer that scaling applies to first.
  var referenceLayer: RuntimeLayer? { referenceLayers?.first }
}

extension CheckSubject {
  /// The file with the sizes that it lacks, or the file itself: parts of configurations are judged as well.
  ///
  /// - Returns: the declaration to read, whether sizes were added, and the reference's layers or why it stops.
  static func probe(
    _ declaration: Declaration, _ reading: Result<Reading, ConfigurationError>, known: PublishedModel?, length: Int?
  ) -> (declaration: Declaration, isCompleted: Bool, layers: [RuntimeLayer]?, refusal: ConfigurationError?, length: Int)
  {
    var declaration = declaration
    var result = reading
    var isCompleted = false
    if case .success(let model) = reading, model.rotates, model.layerTypes.isEmpty, !declaration.scalingIsAbsent {
      let head = Double(known?.headDimension ?? 128)
      let window = Double(known?.windows.first ?? 4096)
      declaration = declaration.completed(by: [
        ("head_dim", .number(head, literal: String(Int(head)))),
        ("max_position_embeddings", .number(window, literal: String(Int(window)))),
      ])
      isCompleted = true
      do throws(ConfigurationError) {
        result = .success(try RuntimeCatalogue.reference.read(declaration))
      } catch { result = .failure(error) }
    }
    let window = (try? result.get()).flatMap { $0.window ?? $0.layerTypes.first?.geometry.trainedLength }
    let length = length ?? window ?? 4096
    do throws(ConfigurationError) {
      let model = try result.get()
      guard !model.layerTypes.isEmpty else { return (declaration, isCompleted, nil, nil, length) }
      return (declaration, isCompleted, try model.planned(length: length), nil, length)
    } catch {
      return (declaration, isCompleted, nil, error, length)
    }
  }
}

extension Declaration {
  /// Whether nothing says how to rotate: such a part of a configuration is the same to every runtime.
  fileprivate var scalingIsAbsent: Bool {
    value(anyOf: ["rope_scaling", "rope_parameters", "rope_theta", "model_type"]) == nil
  }
}

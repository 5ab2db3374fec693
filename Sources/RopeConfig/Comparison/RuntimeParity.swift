import RopeMath

/// One runtime's entry of `ropescope.parity/1`: the numbers of the scaled layers flat, other layer types in a list.
public struct RuntimeParity: Sendable, Codable {
  public var runtime: String
  public var version: String
  /// The version that was asked for; nil where none was.
  public var asked: String?
  /// When the source that is known was published.
  public var known: String
  /// Why the runtime refuses the file; nil where it takes it.
  public var reason: String?
  /// Nil where the runtime refuses the file.
  public var numbers: ParityNumbers?
  public var otherLayers: [ParityNumbers]
  /// Layers that attend without rotation, counted from 0.
  public var layersWithoutRotation: [Int]
  public var notes: [String]

  public var supported: Bool { numbers != nil }
  public var isMismatch: Bool { ([numbers].compactMap { $0 } + otherLayers).contains(where: \.isMismatch) }

  init(
    _ runtime: Runtime, _ declaration: Declaration, length: Int, servedLength: Int?, reference: [RuntimeLayer]?
  ) {
    self.runtime = runtime.name
    version = runtime.version
    asked = runtime.asked
    known = runtime.date
    otherLayers = []
    layersWithoutRotation = []
    notes = []
    // What holds for this file stands before what holds for the runtime.
    defer { notes += runtime.remarks.filter { !notes.contains($0) } }
    do {
      let reading = try runtime.read(declaration, length: length, servedLength: servedLength)
      layersWithoutRotation = reading.layersWithoutRotation
      let layers = try reading.planned(length: length)
      let all = Self.compared(layers, with: reference)
      numbers = all.first
      otherLayers = Array(all.dropFirst())
      for note in layers.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
      if let first = layers.first, let plan = reference?.first?.plan {
        if PlanComparison(of: first.plan, with: plan).isTemperatureMoved {
          notes.append(
            """
            the temperature stands on the whole logit instead of cos and sin; where every feature rotates it is the \
            same
            """
          )
        }
        if first.plan.pairCount != plan.pairCount {
          notes.append("\(first.plan.pairCount) pairs rotate here, \(plan.pairCount) in the reference")
        }
      }
    } catch {
      reason = error.message
    }
  }

  /// Each type of layer beside the reference's of the same name. Where one of the two has a single rotary embedding for
  /// all layers, every type of the other is held against it.
  private static func compared(_ layers: [RuntimeLayer], with reference: [RuntimeLayer]?) -> [ParityNumbers] {
    guard let reference, let main = reference.first else { return layers.map { ParityNumbers($0, reference: nil) } }
    if layers.count == 1, reference.count > 1, let only = layers.first {
      return reference.map { ParityNumbers(only, reference: $0.plan, name: $0.name) }
    }
    return layers.map { layer in
      ParityNumbers(layer, reference: (reference.first { $0.name == layer.name } ?? main).plan)
    }
  }

  enum CodingKeys: String, CodingKey {
    case layersWithoutRotation = "layers_without_rotation"
    case runtime, version, asked, known, supported, reason, notes
    case otherLayers = "other_layers"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    runtime = try container.decode(String.self, forKey: .runtime)
    version = try container.decode(String.self, forKey: .version)
    asked = try container.decodeIfPresent(String.self, forKey: .asked)
    layersWithoutRotation = try container.decodeIfPresent([Int].self, forKey: .layersWithoutRotation) ?? []
    known = try container.decode(String.self, forKey: .known)
    reason = try container.decodeIfPresent(String.self, forKey: .reason)
    otherLayers = try container.decodeIfPresent([ParityNumbers].self, forKey: .otherLayers) ?? []
    notes = try container.decode([String].self, forKey: .notes)
    numbers = try container.decode(Bool.self, forKey: .supported) ? try ParityNumbers(from: decoder) : nil
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(runtime, forKey: .runtime)
    try container.encode(version, forKey: .version)
    try container.encodeIfPresent(asked, forKey: .asked)
    try container.encode(layersWithoutRotation, forKey: .layersWithoutRotation)
    try container.encode(known, forKey: .known)
    try container.encode(supported, forKey: .supported)
    try container.encode(reason, forKey: .reason)
    try container.encode(notes, forKey: .notes)
    try container.encode(otherLayers, forKey: .otherLayers)
    if let numbers {
      try numbers.encode(to: encoder)
    } else {
      // A runtime that refuses has the same keys, without values.
      var empty = encoder.container(keyedBy: ParityNumbers.CodingKeys.self)
      let keys: [ParityNumbers.CodingKeys] = [
        .layers, .method, .attentionFactor, .softmaxScaleFactor, .queryScaleFactor, .maxRelativeDifference,
        .pairsDiffering, .maxPairDifference, .factorDifference, .maxPhaseErrorRadians, .firstPosition,
      ]
      for key in keys { try empty.encodeNil(forKey: key) }
      try empty.encode([String: Double](), forKey: .parameters)
      try empty.encode([Double](), forKey: .inverseFrequencies)
      try empty.encode([String](), forKey: .otherDifferences)
    }
  }
}

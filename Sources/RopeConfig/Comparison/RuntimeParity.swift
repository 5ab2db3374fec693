import RopeMath

/// One runtime's entry of `ropescope.parity/1`: the numbers of the scaled layers flat, other layer types in a list.
public struct RuntimeParity: Sendable, Codable {
  public var runtime: String
  public var version: String
  /// When the source that is known was published.
  public var known: String
  /// Why the runtime refuses the file; nil where it takes it.
  public var reason: String?
  /// Nil where the runtime refuses the file.
  public var numbers: ParityNumbers?
  public var otherLayers: [ParityNumbers]
  public var notes: [String]

  public var supported: Bool { numbers != nil }
  public var isMismatch: Bool { ([numbers].compactMap { $0 } + otherLayers).contains(where: \.isMismatch) }

  init(
    _ runtime: Runtime, _ declaration: Declaration, length: Int, servedLength: Int?, reference: [RuntimeLayer]?
  ) {
    self.runtime = runtime.name
    version = runtime.version
    known = runtime.date
    otherLayers = []
    notes = runtime.remarks
    do {
      let layers = try runtime.layers(of: declaration, length: length, servedLength: servedLength)
      let all = layers.map { layer in
        ParityNumbers(layer, reference: (reference?.first { $0.name == layer.name } ?? reference?.first)?.plan)
      }
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

  enum CodingKeys: String, CodingKey {
    case runtime, version, known, supported, reason, notes
    case otherLayers = "other_layers"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    runtime = try container.decode(String.self, forKey: .runtime)
    version = try container.decode(String.self, forKey: .version)
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
        .pairsDiffering, .maxPhaseErrorRadians, .firstPosition,
      ]
      for key in keys { try empty.encodeNil(forKey: key) }
      try empty.encode([String: Double](), forKey: .parameters)
      try empty.encode([Double](), forKey: .inverseFrequencies)
    }
  }
}

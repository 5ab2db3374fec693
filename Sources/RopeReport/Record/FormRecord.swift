import RopeMath

/// A choice among forms with its numbers, flat in JSON: `{"form": "logn", "trained_length": 32768}`.
public struct FormRecord: Sendable, Hashable, Codable {
  public var form: String
  public var numbers: [String: Double]
  /// The parts of a form that is made of several, such as the bands of a position map.
  public var parts: [FormRecord]

  public init(_ form: String, _ numbers: [String: Double] = [:], parts: [FormRecord] = []) {
    self.form = form
    self.numbers = numbers
    self.parts = parts
  }

  /// Nil for a factor of 1 everywhere.
  public init?(_ scale: QueryScale) {
    switch scale {
    case .one: return nil
    case .logarithmic(let trainedLength): self.init("logn", ["trained_length": trainedLength])
    case .steps(let floorScale, let coefficient, let offset):
      self.init("steps", ["floor_scale": floorScale, "coefficient": coefficient, "offset": offset])
    case .constant(let value): self.init("constant", ["value": value])
    case .logPosition(let scale, let bias):
      self.init("log_position", Self.numbers("scale", scale).merging(Self.numbers("bias", bias)) { one, _ in one })
    case .information(let trainedLength, let dimension):
      self.init("information", ["trained_length": trainedLength, "dimension": Double(dimension)])
    }
  }

  public init(_ change: LogitByDistance) {
    switch change {
    case .linear(let slopes): self.init("linear", slopes.map { Self.numbers("slope", $0) } ?? [:])
    case .scaleInvariant(let scale): self.init("scale_invariant", ["length_scale": scale])
    }
  }

  /// `sink`, or one entry a head.
  public init(sink: HeadValues) { self.init("sink", Self.numbers("logit", sink)) }

  /// Of the layers that rotate, or those that scale their queries.
  public init(_ layers: LayerSelection) {
    switch layers {
    case .from(let skipped): self.init("from", ["layer": Double(skipped)])
    case .every(let interval): self.init("every", ["interval": Double(interval)])
    case .exceptEvery(let interval): self.init("except_every", ["interval": Double(interval)])
    }
  }

  /// One number, or one a head with the head's index at the end of its key.
  private static func numbers(_ key: String, _ values: HeadValues) -> [String: Double] {
    guard values.values.count > 1 else { return [key: values.values[0]] }
    return Dictionary(uniqueKeysWithValues: values.values.enumerated().map { ("\(key)_\($0)", $1) })
  }

  /// Nil where true distances are kept.
  public init?(_ bands: [PositionBand]) {
    guard bands != [.plain] else { return nil }
    self.init("bands", parts: bands.map(FormRecord.init))
  }

  public init(_ visibility: Visibility) {
    switch visibility {
    case .causal: self.init("causal")
    case .slidingWindow(let window): self.init("sliding_window", ["window": Double(window)])
    case .lambda(let global, let local): self.init("lambda", ["global": Double(global), "local": Double(local)])
    case .shiftedGroups(let size): self.init("shifted_groups", ["size": Double(size)])
    }
  }

  private init(_ band: PositionBand) {
    var numbers: [String: Double] = [:]
    func add(_ key: String, _ value: Int?) { numbers[key] = value.map(Double.init) }
    add("smallest_distance", band.region.smallestDistance)
    add("largest_distance", band.region.largestDistance)
    add("keys_below", band.region.keysBelow)
    add("chunk", band.region.chunk)
    add("smallest_chunk_lag", band.region.smallestChunkLag)
    add("largest_chunk_lag", band.region.largestChunkLag)
    for (name, function) in [("query", band.query), ("key", band.key)] {
      numbers[name + "_slope"] = function.slope
      numbers[name + "_offset"] = function.offset
      numbers[name + "_group"] = function.group.map(Double.init)
      numbers[name + "_period"] = function.period.map(Double.init)
      numbers[name + "_ceiling"] = function.ceiling
    }
    if band.isAdded { numbers["is_added"] = 1 }
    self.init("band", numbers)
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    form = try container.decode(String.self, forKey: Key("form"))
    parts = try container.decodeIfPresent([FormRecord].self, forKey: Key("bands")) ?? []
    numbers = [:]
    for key in container.allKeys where key.stringValue != "form" && key.stringValue != "bands" {
      numbers[key.stringValue] = try container.decode(Double.self, forKey: key)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(form, forKey: Key("form"))
    if !parts.isEmpty { try container.encode(parts, forKey: Key("bands")) }
    for (name, value) in numbers { try container.encode(value, forKey: Key(name)) }
  }
}

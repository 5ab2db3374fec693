import RopeMath

/// What an interrupted evaluation had finished: the numbers of each piece of work under a key that says everything they
/// depend on. A piece that is found is not computed again.
public struct EvaluationCheckpoint: Sendable {
  /// One finished piece: the losses of a window, the ranks and the loss of an answer.
  public struct Entry: Sendable, Hashable, Codable {
    public var key: String
    /// What it is, for people: `yarn:factor=2, 16384 tokens from 0`.
    public var piece: String
    public var values: [Double]
    /// How long it took; nil where that is not known.
    public var seconds: Double?

    public init(key: String, piece: String, values: [Double], seconds: Double? = nil) {
      self.key = key
      self.piece = piece
      self.values = values
      self.seconds = seconds
    }
  }

  /// What the numbers depend on besides method, plan and tokens: model file, precision.
  public let model: String
  private let known: [String: Entry]
  private let found: @Sendable (Entry) -> Void
  private let keep: @Sendable (Entry) -> Void

  /// - Parameters:
  ///   - found: sees each of the entries that is taken instead of computing it.
  ///   - keep: sees each piece as it is finished.
  public init(
    model: String, entries: [Entry], found: @escaping @Sendable (Entry) -> Void = { _ in },
    keep: @escaping @Sendable (Entry) -> Void
  ) {
    self.model = model
    known = Dictionary(entries.map { ($0.key, $0) }) { $1 }
    self.found = found
    self.keep = keep
  }

  /// Finds nothing and keeps nothing.
  public static let none = EvaluationCheckpoint(model: "", entries: []) { _ in }

  /// A piece of work under a method.
  struct Piece {
    var name: String
    var tokens: [Int]
    /// Numbers that it has.
    var count: Int
  }

  /// The numbers of pieces, where they are known and as many as should be, else those of `compute`, which are then kept.
  ///
  /// - Parameter compute: the numbers of the pieces at some places, in order.
  func values(
    _ pieces: [Piece], plans: LayerPlans, cache: String = "",
    compute: (_ places: [Int]) throws(InferenceError) -> [[Double]]
  ) throws(InferenceError) -> [[Double]] {
    let keys = pieces.map { key($0.name, tokens: $0.tokens, plans: plans, cache: cache) }
    var values = zip(pieces, keys).map { piece, key -> [Double]? in
      guard let entry = known[key], entry.values.count == piece.count else { return nil }
      found(entry)
      return entry.values
    }
    let missing = values.indices.filter { values[$0] == nil }
    if !missing.isEmpty {
      for (place, found) in zip(missing, try compute(missing)) {
        values[place] = found
        keep(Entry(key: keys[place], piece: pieces[place].name, values: found))
      }
    }
    return values.map { $0 ?? [] }
  }

  /// The numbers of one piece.
  func values(
    _ piece: String, tokens: [Int], plans: LayerPlans, cache: String = "", count: Int,
    compute: () throws(InferenceError) -> [Double]
  ) throws(InferenceError) -> [Double] {
    let piece = Piece(name: piece, tokens: tokens, count: count)
    return try values([piece], plans: plans, cache: cache) { (_) throws(InferenceError) in [try compute()] }.first ?? []
  }

  private func key(_ piece: String, tokens: [Int], plans: LayerPlans, cache: String) -> String {
    var hash = StableHash()
    for text in [model, piece, cache] { hash.add(text) }
    for plan in plans.plans {
      for number in plan.inverseFrequencies + [plan.attentionFactor, plan.softmaxScaleFactor] {
        hash.add(number.bitPattern)
      }
      hash.add("\(plan.queryScale) \(plan.bands) \(plan.visibility) \(plan.normalisation) \(plan.decayRates as Any)")
      if let change = plan.logitByDistance { hash.add("\(change)") }
      if let sink = plan.sink { hash.add("sink \(sink.values)") }
      if let layers = plan.rotatedLayers { hash.add("rotated \(layers)") }
      if let layers = plan.scaledLayers { hash.add("scaled \(layers)") }
    }
    for token in tokens { hash.add(UInt64(truncatingIfNeeded: token)) }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

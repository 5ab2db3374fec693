import RealModule
import RopeKernel
import RopeMath

/// The attention of a few queries in every layer and head, computed plainly from un-rotated queries and keys: entropies
/// by position, and mean logits by distance. What is a layer's own counts: its window or run of keys, its cap of logits, its
/// sinks, and the weights of a norm after rotation.
struct SampledAttention {
  /// Positions, ascending: about two an octave, the last token among them. Each stands for the mean of `repeats` queries at
  /// it and in the tenth of the text before it, since single tokens differ much.
  let positions: [Int]
  static let repeats = 4
  /// `[layer][head][position]`, nats.
  private(set) var entropies: [[[Double]]] = []

  private let sampled: [Int]
  private let plans: LayerPlans
  let layers: [Layer]
  private let extras: [AttentionExtras]
  /// The earlier layer whose keys each layer reads; nil for its own.
  private let sources: [Int?]
  private let classes: [Int]
  private var keys: [Float] = []
  /// Keys of layers that later ones read.
  private var lent: [Int: [Float]] = [:]
  private var queries: [Int: [Float]] = [:]
  /// Sum and count of logits by class of distance, `[layer][head][class]`.
  private var sums: [[[(sum: Double, count: Int)]]] = []
  private var tables: [Layer: [Int: Table]] = [:]

  /// What decides which keys a layer's queries see, and how their logits come about.
  struct Layer: Sendable, Hashable {
    /// The layer type whose plan rotates it; nil for none.
    var rotation: String?
    /// Of its heads as they are multiplied: latent attention's have their rotated slice first, what is not rotated after
    /// it.
    var geometry: RotaryGeometry
    /// Multiplier of logits.
    var scale: Double
    /// Heads of queries for each of keys.
    var group: Int
    /// Tokens, the query's own included; nil for all.
    var window: Int?
    /// Tokens of the run that a query sees; nil for no runs.
    var chunk: Int?
    var softCap: Double?
    /// Multiplier of the query by its position where nothing rotates.
    var temperature = QueryScale.one
    /// Queries and keys are normed after rotation, which takes the rotation's factor away.
    var isNormedAfter = false

    /// - Throws: `InferenceError.unsupported` for heads of another size than their rotation's.
    init(_ attention: AttentionDescription, _ plans: LayerPlans) throws(InferenceError) {
      rotation = attention.rotation
      let plan = attention.rotation.map { plans.plan(of: $0) } ?? plans.full
      geometry = try Self.geometry(of: attention, plan.geometry)
      scale = attention.scale ?? 1 / Double(attention.headDimension).squareRoot()
      group = attention.heads / attention.keyValueHeads
      window = attention.window
      chunk = attention.chunk
      softCap = attention.softCap
      temperature = attention.rotation == nil ? attention.temperature : .one
      isNormedAfter = attention.headNorm?.isAfterRotation == true
    }

    private static func geometry(
      of attention: AttentionDescription, _ geometry: RotaryGeometry
    ) throws(InferenceError) -> RotaryGeometry {
      let size = attention.latent.map { $0.plain + $0.rotated } ?? attention.headDimension
      guard size == geometry.scoreDimension else {
        throw .unsupported(
          "statistics are measured of heads that their rotation knows: it has \(geometry.scoreDimension) features, the heads have \(size)"
        )
      }
      guard attention.latent != nil else { return geometry }
      do throws(GeometryError) {
        return try RotaryGeometry(
          headDimension: geometry.scoreDimension, rotaryDimension: geometry.rotaryDimension, base: geometry.base,
          pairing: geometry.pairing, trainedLength: geometry.trainedLength,
          exponentDimension: geometry.exponentDimension)
      } catch {
        throw .unsupported(error.description)
      }
    }

    /// Whether its logits are products of rotated queries and keys and nothing else.
    var isPlain: Bool { chunk == nil && softCap == nil && temperature == .one && !isNormedAfter }
  }

  /// - Parameter extras: learned numbers of each layer.
  /// - Throws: `InferenceError.unsupported` for plans whose attention is more than one softmax over rotated logits.
  init(
    _ decoder: Decoder, plans: LayerPlans, tokens: Int, extras: [AttentionExtras]
  ) throws(InferenceError) {
    var layers: [Layer] = []
    for layer in decoder.layers { layers.append(try Layer(layer.attention, plans)) }
    if extras.contains(where: { $0.queryWeights != nil }), plans.plans.contains(where: { !$0.keepsTrueDistances }) {
      throw .unsupported(
        "statistics of a model that weighs features after their rotation are measured at true positions; this method moves them"
      )
    }
    for plan in plans.plans {
      var isShifted = false
      if case .shiftedGroups = plan.visibility { isShifted = true }
      guard plan.decayRates == nil, plan.normalisation == .softmax, !isShifted, !plan.bands.contains(where: \.isAdded),
        plan.hasPlainLogits, !plan.differsByLayer
      else {
        throw .unsupported(
          "statistics are measured under one softmax over rotated logits; this method decays, adds or biases logits, has a sink, gates blocks of keys, or treats heads or layers differently"
        )
      }
    }
    let last = tokens - 1
    positions = Set((12...80).map { Int(Double.exp2(Double($0) / 2)) - 1 }.filter { $0 < last } + [last]).sorted()
    sampled = Set(positions.flatMap(Self.neighbours)).sorted()
    classes = Self.distances(below: tokens)
    self.plans = plans
    self.layers = layers
    self.extras = extras
    sources = decoder.layers.map(\.attention.keysFrom)
  }

  /// Lower ends of quarter octaves from 1 on.
  static func distances(below tokens: Int) -> [Int] {
    (0...160).map { Int(Double.exp2(Double($0) / 4).rounded(.up)) }.reduce(into: []) {
      if $1 < tokens, $1 != $0.last { $0.append($1) }
    }
  }

  /// Takes a chunk of a layer; the layer's attention is computed once its last token is there.
  ///
  /// - Parameter k: nil for a layer that reads the keys of an earlier one.
  mutating func add(layer: Int, part: Range<Int>, queries q: QueryKeyRows, keys k: QueryKeyRows?) {
    if part.lowerBound == 0 {
      keys = sources[layer].flatMap { lent[$0] } ?? []
      queries = [:]
    }
    if let k {
      for row in 0..<part.count {
        for head in 0..<k.heads {
          for i in 0..<k.headDimension { keys.append(Float(k(row: row, head: head, feature: i))) }
        }
      }
    }
    for position in sampled where part.contains(position) {
      let row = position - part.lowerBound
      queries[position] = (0..<q.heads).flatMap { head in
        (0..<q.headDimension).map { Float(q(row: row, head: head, feature: $0)) }
      }
    }
    guard let last = positions.last, part.contains(last) else { return }
    if sources.contains(layer) { lent[layer] = keys }
    entropies.append(Array(repeating: [], count: q.heads))
    sums.append(Array(repeating: Array(repeating: (0, 0), count: classes.count), count: q.heads))
    for position in positions {
      let tables = Self.neighbours(position).map { table(layers[layer], position: $0) }
      for head in 0..<q.heads {
        let found = tables.map { attend($0, layer: layer, head: head, of: q.heads, size: q.headDimension) }
        entropies[layer][head].append(found.reduce(0, +) / Double(found.count))
      }
    }
  }

  /// The queries that stand for a position.
  private static func neighbours(_ position: Int) -> [Int] {
    (0..<repeats).map { position - position * $0 / (10 * repeats) }
  }

  func meanLogits(layer: Int, head: Int) -> [Double?] {
    sums[layer][head].map { $0.count > 0 ? $0.sum / Double($0.count) : nil }
  }

  // MARK: One query

  /// The keys that the query at a position sees, with the rotation between them.
  private struct Table {
    let position: Int
    let keys: [Int]
    let classes: [Int?]
    /// `[key][pair]`.
    let cosines: [Float]
    let sines: [Float]
    /// Of the sum of both positions; empty where every layer's features weigh the same.
    let sumCosines: [Float]
    let sumSines: [Float]
    let rotated: Float
    let rest: Float
  }

  private mutating func table(_ layer: Layer, position: Int) -> Table {
    if let known = tables[layer]?[position] { return known }
    var plan = layer.rotation.map { plans.plan(of: $0) } ?? plans.full
    if layer.rotation == nil {
      plan.inverseFrequencies = plan.inverseFrequencies.map { _ in 0 }
      plan.attentionFactor = 1
      plan.softmaxScaleFactor = 1
      plan.queryScale = layer.temperature
    }
    if layer.isNormedAfter { plan.attentionFactor = 1 }
    let isWeighed = extras.contains { $0.queryWeights != nil }
    let earliest = max(layer.window.map { max(0, position - $0 + 1) } ?? 0, layer.chunk.map { position / $0 * $0 } ?? 0)
    let factor = layer.scale * plan.softmaxScaleFactor * plan.queryScale.value(at: position)
    var seen: [Int] = [], found: [Int?] = [], cosines: [Float] = [], sines: [Float] = []
    var sumCosines: [Float] = [], sumSines: [Float] = []
    for key in earliest...position where plan.visibility.allows(query: position, key: key) {
      guard let distance = plan.effectiveDistance(query: position, key: key) else { continue }
      seen.append(key)
      found.append(classes.lastIndex { $0 <= position - key })
      for frequency in plan.inverseFrequencies {
        cosines.append(Float(Double.cos(distance * frequency)))
        sines.append(Float(Double.sin(distance * frequency)))
        guard isWeighed else { continue }
        sumCosines.append(Float(Double.cos(Double(position + key) * frequency)))
        sumSines.append(Float(Double.sin(Double(position + key) * frequency)))
      }
    }
    let table = Table(
      position: position, keys: seen, classes: found, cosines: cosines, sines: sines, sumCosines: sumCosines,
      sumSines: sumSines, rotated: Float(factor * plan.attentionFactor * plan.attentionFactor), rest: Float(factor))
    tables[layer, default: [:]][position] = table
    return table
  }

  /// Adds the query's logits to their classes and returns the entropy, in which a sink counts as a key.
  private mutating func attend(_ table: Table, layer: Int, head: Int, of heads: Int, size: Int) -> Double {
    guard let query = queries[table.position] else { return .nan }
    let start = head * size, group = layers[layer].group, keyHead = head / group, keyHeads = heads / group
    let weights = extras[layer].queryWeights?.map { Float($0) }
    let logits = table.keys.enumerated().map { place, key -> Double in
      let logit = logit(
        table, place, query: query[start...], keys[((key * keyHeads + keyHead) * size)...], weights,
        layers[layer].geometry)
      return layers[layer].softCap.map { $0 * .tanh(logit / $0) } ?? logit
    }
    for (logit, place) in zip(logits, table.classes) {
      guard let place else { continue }
      sums[layer][head][place].sum += logit
      sums[layer][head][place].count += 1
    }
    let sink = extras[layer].sinks?[head], all = logits + (sink.map { [$0] } ?? [])
    let largest = all.max() ?? 0
    var weight = 0.0, moment = 0.0
    for logit in all {
      let exponential = Double.exp(logit - largest)
      weight += exponential
      moment += exponential * (logit - largest)
    }
    return .log(weight) - moment / weight
  }

  /// The logit of a key that the table holds at a place.
  private func logit(
    _ table: Table, _ place: Int, query: ArraySlice<Float>, _ key: ArraySlice<Float>, _ weights: [Float]?,
    _ geometry: RotaryGeometry
  ) -> Double {
    let pairs = geometry.pairCount, isHalf = geometry.pairing == .half, q = query.startIndex, k = key.startIndex
    var rotated: Float = 0, rest: Float = 0
    for i in 0..<pairs {
      let (a, b) = isHalf ? (i, i + pairs) : (2 * i, 2 * i + 1), angle = place * pairs + i
      let qx = query[q + a], qy = query[q + b], kx = key[k + a], ky = key[k + b]
      // Re(q conj(k) e^{jΔθ}).
      let relative = (qx * kx + qy * ky) * table.cosines[angle] - (qy * kx - qx * ky) * table.sines[angle]
      guard let weights else {
        rotated += relative
        continue
      }
      // What the two features of the pair weigh apart sees both positions: Re(q k e^{j(p + r)θ}).
      let absolute = (qx * kx - qy * ky) * table.sumCosines[angle] - (qx * ky + qy * kx) * table.sumSines[angle]
      rotated += ((weights[a] + weights[b]) * relative + (weights[a] - weights[b]) * absolute) / 2
    }
    for i in 2 * pairs..<max(2 * pairs, geometry.headDimension) {
      rest += (weights?[i] ?? 1) * query[q + i] * key[k + i]
    }
    return Double(table.rotated * rotated + table.rest * rest)
  }
}

import CSimulationLoops
import RealModule
import RopeMath

extension MeanScore {
  /// What a search over whole distances finds.
  struct Scan: Sendable {
    /// Smallest whole Δ below the limit with B′(Δ) < 0; nil for none.
    private(set) var firstNegative: Int?
    /// Largest B′ beyond `firstNegative`, and where.
    var largestBeyond: (score: Double, distance: Int)? { best.distance < 0 ? nil : best }
    /// Means over the scanned distances from 1 on.
    private(set) var means = QuarterOctaveMeans()
    private var best = (score: -Double.infinity, distance: -1)

    /// Float32 sums are good to 1e-5; what lies nearer to 0 than this is computed again in float64.
    fileprivate static let near: Float = 1e-4

    /// - Parameter exact: the same value in float64.
    mutating func add(_ value: Float, at distance: Int, exact: (Int) -> Double) {
      if firstNegative == nil {
        if value < -Self.near || (value < Self.near && exact(distance) < 0) { firstNegative = distance }
      } else if Double(value) > best.score {
        best = (Double(value), distance)
      }
    }

    mutating func addMean(_ value: Float, at distance: Int) { means.add(value, at: distance) }

    mutating func finish(exact: (Int) -> Double) {
      means.finish()
      if best.distance >= 0 { best.score = exact(best.distance) }
    }
  }

  /// Every whole distance below `limit`, or only the search for the first negative score.
  func scan(below limit: Int, stopsAtFirstNegative: Bool = false) -> Scan {
    var scan = Scan()
    guard !frequencies.isEmpty, limit > 0 else { return scan }
    func exact(_ distance: Int) -> Double { value(at: Double(distance)) }
    if decayRates != nil {
      forEachDecayed(below: limit) { distance, value in
        if !stopsAtFirstNegative { scan.addMean(Float(value), at: distance) }
        scan.add(Float(value), at: distance) { _ in value }
        return !stopsAtFirstNegative || scan.firstNegative == nil
      }
      scan.finish(exact: exact)
      return scan
    }
    let kernel = DistanceKernel(frequencies: frequencies)
    let weights = weights(turnedBy: 0), rest = rest
    let length = DistanceKernel.blockLength
    for start in stride(from: 0, to: limit, by: 16 * length) {
      let starts = Array(stride(from: start, to: min(start + 16 * length, limit), by: length))
      let values = kernel.evaluate(weights, blocks: starts).prefix(limit - start)
      // Most blocks lie whole above 0.
      if stopsAtFirstNegative, VectorFunctions.least(values) + rest >= Scan.near { continue }
      for (offset, value) in values.enumerated() {
        if !stopsAtFirstNegative { scan.addMean(value + rest, at: start + offset) }
        scan.add(value + rest, at: start + offset, exact: exact)
        if stopsAtFirstNegative, scan.firstNegative != nil { return scan }
      }
    }
    scan.finish(exact: exact)
    return scan
  }

  /// Every key that the query at `query` sees less than `limit` tokens behind it, each at the distance that the plan's
  /// bands give it; by true distance.
  func scan(_ plan: RotaryPlan, query: Int, below limit: Int) -> Scan {
    var scan = Scan()
    guard !frequencies.isEmpty, query >= 0 else { return scan }
    func exact(_ distance: Int) -> Double {
      value(at: plan.effectiveDistance(query: query, key: query - distance) ?? .nan)
    }
    var bands = plan.bands.map { BandScores(self, band: $0, query: query) }
    // Retrieved blocks all stand at the same few distances.
    var retrieved: [Double: Float] = [:]
    func score(ofRetrieved distance: Int) -> Float {
      let effective = plan.effectiveDistance(query: query, key: query - distance) ?? .nan
      if let known = retrieved[effective] { return known }
      let value = Float(value(at: effective))
      retrieved[effective] = value
      return value
    }
    for distance in 0..<max(0, min(limit, query + 1)) {
      let key = query - distance
      guard plan.visibility.allows(query: query, key: key),
        let band = plan.bands.firstIndex(where: { $0.region.contains(query: query, key: key) })
      else { continue }
      let value = plan.retrieval == nil ? bands[band].score(of: key) : score(ofRetrieved: distance)
      scan.addMean(value, at: distance)
      scan.add(value, at: distance, exact: exact)
    }
    scan.finish(exact: exact)
    return scan
  }

  /// The un-rotated features' part.
  fileprivate var rest: Float { Float(1 - rotatedShare) }

  /// Weights of `cos(nθ)` and `sin(nθ)` in the rotated part at the distance `start − n`, without decay; for
  /// `start` = 0 at the distance n.
  fileprivate func weights(turnedBy start: Double) -> DistanceKernel.Weights {
    let share = rotatedShare / Double(frequencies.count)
    let cosine = measured?.cosine ?? frequencies.map { _ in share }
    let sine = measured?.sine ?? frequencies.map { _ in 0 }
    guard start != 0 else { return .init(cosine: cosine.map { Float($0) }, sine: sine.map { Float($0) }) }
    var turned = DistanceKernel.Weights(cosine: [], sine: [])
    let (cosines, sines) = VectorFunctions.turns(frequencies.map { start * $0 })
    for (i, (x, y)) in zip(cosines, sines).enumerated() {
      turned.cosine.append(Float(cosine[i] * x + sine[i] * y))
      turned.sine.append(Float(cosine[i] * y - sine[i] * x))
    }
    return turned
  }

  /// Scores at 0, 1, 2 … until `body` returns false: every pair shrinks and turns by one step a token.
  private func forEachDecayed(below limit: Int, _ body: (Int, Double) -> Bool) {
    let share = rotatedShare / Double(frequencies.count), rest = 1 - rotatedShare
    // Four pairs at a time; pairs that fill the last four up weigh nothing.
    let filler = [Double](repeating: 0, count: (4 - frequencies.count % 4) % 4)
    func gathered(_ value: (Int) -> Double) -> [Double] { frequencies.indices.map(value) + filler }
    func turnedByFours(_ distance: Double) -> (cosines: [Double], sines: [Double]) {
      let turned = turned(distance)
      return (turned.cosines + filler, turned.sines + filler)
    }
    let step = turnedByFours(1)
    let cosineWeights = gathered { measured?.cosine[$0] ?? share }, sineWeights = gathered { measured?.sine[$0] ?? 0 }
    // A step adds some 1e-16 to the error.
    let block = 256
    var values = [Double](repeating: 0, count: block)
    for start in stride(from: 0, to: limit, by: block) {
      var (x, y) = turnedByFours(Double(start))
      let count = min(block, limit - start)
      simulation_turned_sums(
        &x, &y, step.cosines, step.sines, cosineWeights, sineWeights, x.count, count, &values)
      for offset in 0..<count {
        guard body(start + offset, values[offset] + rest) else { return }
      }
    }
  }
}

/// Mean scores of one query's keys inside one band.
///
/// A key's position is `offset + slope·n` at whole n, so that the scores are a function of n on equal steps; they are
/// evaluated block by block as they are asked for. What does not fit that shape is computed distance by distance.
private struct BandScores {
  private let score: MeanScore
  private let band: PositionBand
  private let query: Double
  private let kernel: DistanceKernel?
  private let weights: DistanceKernel.Weights
  private var blocks: [Int: [Float]] = [:]
  private var current = (number: -1, values: [Float]())
  private var single: [Double: Float] = [:]

  private static let blockLength = 4 * DistanceKernel.blockLength

  init(_ score: MeanScore, band: PositionBand, query: Int) {
    self.score = score
    self.band = band
    self.query = band.query(query)
    let isEven = score.decayRates == nil && band.key.slope != 0
    kernel = isEven ? DistanceKernel(frequencies: score.frequencies.map { $0 * band.key.slope }) : nil
    weights = score.weights(turnedBy: self.query - band.key.offset)
  }

  mutating func score(of key: Int) -> Float {
    guard let kernel, band.key.ceiling == nil else {
      let distance = query - band.key(key)
      if let known = single[distance] { return known }
      let value = Float(score.value(at: distance))
      single[distance] = value
      return value
    }
    let step = band.key.step(of: key)
    let (number, place) = step.quotientAndRemainder(dividingBy: Self.blockLength)
    if number != current.number { current = (number, block(number, kernel)) }
    return current.values[place] + score.rest
  }

  private mutating func block(_ number: Int, _ kernel: DistanceKernel) -> [Float] {
    if let known = blocks[number] { return known }
    let start = number * Self.blockLength
    let starts = (0..<4).map { start + $0 * DistanceKernel.blockLength }
    let values = kernel.evaluate(weights, blocks: starts)
    blocks[number] = values
    return values
  }
}

import RealModule
import RopeMath

/// `B′(Δ)`: the mean score of a key that equals its query, at distance Δ, as a share of the score at distance 0:
/// `(2 Σ_i cos(Δθ′_i) + D − d)/D` for independent features of equal variance (arXiv 2405.14591, §4).
struct MeanScore: Sendable {
  let frequencies: [Double]
  /// `d/D`; the other features do not rotate and keep their full score.
  let rotatedShare: Double
  /// In place of equal features: the measured weight of each pair's cosine and sine in the mean logit, nats.
  var measured: (cosine: [Double], sine: [Double])?

  init(frequencies: [Double], rotatedShare: Double) {
    self.frequencies = frequencies
    self.rotatedShare = rotatedShare
  }

  /// The mean logit over all measured heads, nats.
  init(_ moments: AttentionMoments, frequencies: [Double]) {
    self.init(frequencies: Array(frequencies.prefix(moments.pairCount)), rotatedShare: 1)
    func mean(_ values: (AttentionMoments.Head) -> [Double]) -> [Double] {
      self.frequencies.indices.map { pair in
        moments.heads.reduce(0) { $0 + values($1)[pair] } / Double(max(1, moments.heads.count))
      }
    }
    measured = (mean(\.cosine), mean(\.sine).map { -$0 })
  }

  func value(at distance: Double) -> Double {
    guard !frequencies.isEmpty else { return 1 }
    if let measured {
      return frequencies.indices.reduce(0) {
        let angle = distance * frequencies[$1]
        return $0 + measured.cosine[$1] * .cos(angle) + measured.sine[$1] * .sin(angle)
      }
    }
    let mean = frequencies.reduce(0) { $0 + Double.cos(distance * $1) } / Double(frequencies.count)
    return rotatedShare * mean + 1 - rotatedShare
  }

  /// RoFormer's bound of the score, `(1/m) Σ_{k=1}^m |S_k(Δ)|` with `S_k = Σ_{i<k} e^{jΔθ_i}` (arXiv 2104.09864,
  /// §3.4.3).
  func bound(at distance: Double) -> Double {
    var real = 0.0, imaginary = 0.0, sum = 0.0
    for frequency in frequencies {
      real += .cos(distance * frequency)
      imaginary += .sin(distance * frequency)
      sum += (real * real + imaginary * imaginary).squareRoot()
    }
    return frequencies.isEmpty ? 0 : sum / Double(frequencies.count)
  }

  struct Scan: Sendable {
    /// Smallest whole Δ below the limit with B′(Δ) < 0; nil for none.
    var firstNegative: Int?
    /// Largest B′ beyond `firstNegative`, and where.
    var largestBeyond: (score: Double, distance: Int)?
    /// Means over the scanned distances from 1 on.
    var means = QuarterOctaveMeans()
  }

  /// Every whole distance below `limit`, or only the search for the first negative score.
  func scan(below limit: Int, stopsAtFirstNegative: Bool = false) -> Scan {
    var scan = Scan()
    guard !frequencies.isEmpty, limit > 0 else { return scan }
    let kernel = DistanceKernel(frequencies: frequencies)
    let share = Float(rotatedShare / Double(frequencies.count))
    let weights = DistanceKernel.Weights(
      cosine: measured?.cosine.map { Float($0) } ?? frequencies.map { _ in share },
      sine: measured?.sine.map { Float($0) } ?? frequencies.map { _ in 0 })
    let rest = Float(1 - rotatedShare)
    let length = DistanceKernel.blockLength
    var best = (score: -Float.infinity, distance: -1)
    for start in stride(from: 0, to: limit, by: 16 * length) {
      let starts = Array(stride(from: start, to: min(start + 16 * length, limit), by: length))
      let values = kernel.evaluate(weights, blocks: starts).prefix(limit - start)
      if !stopsAtFirstNegative {
        for (offset, value) in values.enumerated() { scan.means.add(value + rest, at: start + offset) }
      }
      var searched = 0
      if scan.firstNegative == nil {
        // Float32 sums are good to 1e-5; what lies nearer to 0 is computed again in float64.
        guard
          let offset = values.firstIndex(where: { $0 + rest < 1e-4 }).flatMap({ near in
            (near..<values.count).first { offset in
              let score = values[offset] + rest
              return score < -1e-4 || (score < 1e-4 && value(at: Double(start + offset)) < 0)
            }
          })
        else { continue }
        scan.firstNegative = start + offset
        searched = offset + 1
      }
      if stopsAtFirstNegative { break }
      for offset in searched..<values.count where values[offset] + rest > best.score {
        best = (values[offset] + rest, start + offset)
      }
    }
    scan.means.finish()
    if best.distance >= 0 { scan.largestBeyond = (value(at: Double(best.distance)), best.distance) }
    return scan
  }
}

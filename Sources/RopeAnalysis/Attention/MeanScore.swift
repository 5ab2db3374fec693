import RealModule
import RopeMath

/// `B′(Δ)`: the mean score of a key that equals its query, at distance Δ, as a share of the score at distance 0:
/// `(2 Σ_i e^(−Δr_i) cos(Δθ′_i) + D − d)/D` for independent features of equal variance (arXiv 2405.14591, §4), with the
/// rates r of plans that decay (XPos, arXiv 2212.10554) and 0 elsewhere.
struct MeanScore: Sendable {
  let frequencies: [Double]
  /// `d/D`; the other features do not rotate and keep their full score.
  let rotatedShare: Double
  /// In place of equal features: the measured weight of each pair's cosine and sine in the mean logit, nats.
  var measured: (cosine: [Double], sine: [Double])?
  /// Natural-log rate at which a pair's part shrinks with a token of distance; nil for no decay.
  private(set) var decayRates: [Double]?

  init(frequencies: [Double], rotatedShare: Double, decayRates: [Double]? = nil) {
    self.frequencies = frequencies
    self.rotatedShare = rotatedShare
    self.decayRates = decayRates?.count == frequencies.count ? decayRates : nil
  }

  init(_ plan: RotaryPlan) {
    self.init(frequencies: plan.inverseFrequencies, rotatedShare: plan.rotatedShare, decayRates: plan.decayRates)
  }

  /// The mean logit over all measured heads, nats.
  init(_ moments: AttentionMoments, plan: RotaryPlan) {
    let pairs = min(plan.pairCount, moments.pairCount)
    self.init(
      frequencies: Array(plan.inverseFrequencies.prefix(pairs)), rotatedShare: 1,
      decayRates: plan.decayRates.map { Array($0.prefix(pairs)) })
    func mean(_ values: (AttentionMoments.Head) -> [Double]) -> [Double] {
      self.frequencies.indices.map { pair in
        moments.heads.reduce(0) { $0 + values($1)[pair] } / Double(max(1, moments.heads.count))
      }
    }
    measured = (mean(\.cosine), mean(\.sine).map { -$0 })
  }

  func value(at distance: Double) -> Double {
    guard !frequencies.isEmpty else { return 1 }
    let (cosines, sines) = turned(distance)
    if let measured {
      return frequencies.indices.reduce(0) {
        $0 + (measured.cosine[$1] * cosines[$1] + measured.sine[$1] * sines[$1])
      }
    }
    let sum = cosines.reduce(0, +)
    return rotatedShare * sum / Double(frequencies.count) + 1 - rotatedShare
  }

  /// What is left of a pair's part at a distance, `e^(−Δr_i)`.
  func decay(_ pair: Int, at distance: Double) -> Double { decayRates.map { .exp(-distance * $0[pair]) } ?? 1 }

  /// `e^(−Δr_i) cos(Δθ′_i)` and `e^(−Δr_i) sin(Δθ′_i)` of all pairs.
  func turned(_ distance: Double) -> (cosines: [Double], sines: [Double]) {
    var (cosines, sines) = VectorFunctions.turns(frequencies.map { distance * $0 })
    if decayRates != nil {
      for pair in frequencies.indices {
        let size = decay(pair, at: distance)
        cosines[pair] *= size
        sines[pair] *= size
      }
    }
    return (cosines, sines)
  }

  /// RoFormer's bound of the score, `(1/m) Σ_{k=1}^m |S_k(Δ)|` with `S_k = Σ_{i<k} e^{jΔθ_i}` (arXiv 2104.09864,
  /// §3.4.3).
  func bound(at distance: Double) -> Double {
    let turned = turned(distance)
    var real = 0.0, imaginary = 0.0, sum = 0.0
    for (cosine, sine) in zip(turned.cosines, turned.sines) {
      real += cosine
      imaginary += sine
      sum += (real * real + imaginary * imaginary).squareRoot()
    }
    return frequencies.isEmpty ? 0 : sum / Double(frequencies.count)
  }
}

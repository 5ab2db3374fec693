import RealModule
import RopeMath

extension RotaryPlan {
  /// The number of distances, in tokens, that a context of `length` tokens puts between a query and a key it sees: the
  /// largest effective distance and one. For plain bands this is `length` itself, the field's convention.
  ///
  /// Position maps are scanned over the newest queries and over the ends of their chunks; keys near the query, near the
  /// start and at spread places between stand for the others, which is exact for every map that is monotone between the
  /// borders of its regions. Retrieved landmark blocks stand in the k + 1 slots before the query's own block.
  func distanceCount(length: Int) -> Double {
    if let (block, count) = retrieval { return Double(min(length, (count + 2) * block)) }
    guard !readsTrueDistances else { return Double(visibleSpan(length: length)) }
    var largest = 0.0
    let last = length - 1
    var queries = [last]
    for chunk in bands.compactMap(\.region.chunk) where chunk > 0 && last >= chunk {
      queries.append(last / chunk * chunk - 1)
    }
    let chunks = bands.compactMap(\.region.chunk).filter { $0 > 0 }
    let bounds = bands.flatMap { [$0.region.smallestDistance, $0.region.largestDistance].compactMap { $0 } }
    for p in queries where p >= 0 {
      func look(_ r: Int) {
        guard r >= 0, r <= p, visibility.allows(query: p, key: r) else { return }
        largest = max(largest, effectiveDistance(query: p, key: r) ?? 0)
      }
      for r in max(0, p - 2048)...p { look(r) }
      for r in 0...min(p, 2048) { look(r) }
      for step in 0...512 { look(p * step / 512) }
      for chunk in chunks { for r in stride(from: p / chunk * chunk, to: 0, by: -chunk).prefix(64) { look(r) } }
      for bound in bounds { for r in (p - bound - 1)...(p - bound + 1) { look(r) } }
    }
    return largest + 1
  }

  private func visibleSpan(length: Int) -> Int {
    switch visibility {
    case .causal, .lambda: length
    case .slidingWindow(let window): min(length, max(1, window))
    case .shiftedGroups(let size): min(length, max(1, size))
    }
  }

  /// The longest context in which no pair meets an angle that training did not show, in tokens: `min_i
  /// (largest trained angle)_i / θ′_i` over the pairs that never completed a turn, for plain bands. Infinite where
  /// nothing limits it. With position maps, the longest context whose largest effective distance stays below that.
  func phaseSafeLength(_ trained: TrainedAngles) -> Double {
    guard let budget = distanceBudget(trained) else { return .infinity }
    if readsTrueDistances, visibility == .causal { return budget }
    let longest = Self.longestProbe
    func isSafe(_ length: Int) -> Bool { distanceCount(length: length) <= budget * (1 + 1e-9) }
    if isSafe(longest) || isOneStepOutside(trained) { return .infinity }
    var low = 1, high = longest
    while high - low > 1 {
      let middle = (low + high) / 2
      if isSafe(middle) { low = middle } else { high = middle }
    }
    return Double(low)
  }

  private static let longestProbe = 1 << 30

  /// Whether no pair meets a new angle in a context of `length` tokens, up to a token of rounding.
  func isPhaseSafe(_ trained: TrainedAngles, length: Int) -> Bool {
    guard let budget = distanceBudget(trained) else { return true }
    return distanceCount(length: length) <= budget * (1 + 1e-9) + 1
  }

  /// Whether the phase-safe length is surely that of `other`: the same frequencies and the same re-mapped distances.
  func reachesLike(_ other: RotaryPlan) -> Bool {
    !readsTrueDistances && bands == other.bands && visibility == other.visibility
      && inverseFrequencies == other.inverseFrequencies && normalisation == other.normalisation
  }

  /// Whether no context, however long, puts a key farther than one token beyond the trained distances: LM-Infinite with
  /// its default ceiling, which is counted as safe with that remark.
  func isOneStepOutside(_ trained: TrainedAngles) -> Bool {
    guard !readsTrueDistances, let budget = distanceBudget(trained) else { return false }
    let count = distanceCount(length: Self.longestProbe)
    return count > budget * (1 + 1e-9) && count <= budget * (1 + 1e-9) + 1
  }

  /// `min_i (largest trained angle)_i / θ′_i` over the pairs that never completed a turn; nil where there is none.
  private func distanceBudget(_ trained: TrainedAngles) -> Double? {
    limitingPair(trained).map { trained.largest[$0] / inverseFrequencies[$0] }
  }

  /// The pair that limits `phaseSafeLength`.
  func limitingPair(_ trained: TrainedAngles) -> Int? {
    trained.incompletePairs.filter { $0 < pairCount && inverseFrequencies[$0] > 0 }
      .min { trained.largest[$0] / inverseFrequencies[$0] < trained.largest[$1] / inverseFrequencies[$1] }
  }

  /// `Σθ′²/Σθ²` against the trained frequencies: what is left of the power to tell neighbouring tokens apart, to second
  /// order in the angle of one token.
  func resolutionKept(_ baseline: RotaryPlan) -> Double {
    let own = inverseFrequencies.reduce(0) { $0 + $1 * $1 }
    let trained = baseline.inverseFrequencies.reduce(0) { $0 + $1 * $1 }
    return own / trained
  }

  /// Whether every query attends to every key before it under one softmax, a sink in it or not.
  var isExact: Bool { visibility == .causal && normalisation == .softmax }

  /// What every rotated logit of the query at position `p` is multiplied by: `t · a² · g(p)`.
  func logitFactor(query p: Int) -> Double { logitFactor * queryScale.value(at: max(0, p)) }

  /// Turns within the trained length between which methods blend what they keep and what they interpolate (YaRN's
  /// defaults).
  private static let middleTurns = 1.0...32.0

  /// `(Π ρ_i)^(1/m)` over the pairs that turned 1 to 32 times in training; not a number where there are none.
  func middleRatio(_ baseline: RotaryPlan) -> Double {
    let ratios = zip(inverseFrequencies, baseline.inverseFrequencies).filter { own, trained in
      own > 0 && Self.middleTurns.contains(trained * Double(baseline.length) / TrainedAngles.turn)
    }
    guard !ratios.isEmpty else { return .nan }
    return Double.exp(ratios.reduce(0) { $0 + Double.log($1.0 / $1.1) } / Double(ratios.count))
  }

  /// `(Π ρ_i)^(1/m)` against the trained frequencies, over the pairs that both rotate.
  func geometricMeanRatio(_ baseline: RotaryPlan) -> Double {
    let ratios = zip(inverseFrequencies, baseline.inverseFrequencies).filter { $0 > 0 && $1 > 0 }
    guard !ratios.isEmpty else { return .nan }
    return Double.exp(ratios.reduce(0) { $0 + Double.log($1.0 / $1.1) } / Double(ratios.count))
  }
}

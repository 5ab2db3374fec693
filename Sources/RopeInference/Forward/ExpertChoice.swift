import RealModule

/// The experts of one token and their shares.
struct ExpertChoice<Scalar: ForwardScalar> {
  private(set) var shares: [(expert: Int, share: Scalar)] = []

  /// - Parameters:
  ///   - logits: the router's, one an expert.
  ///   - correction: added to scores for the choice only.
  init(_ logits: [Scalar], _ mixture: MixtureDescription, correction: [Scalar]?) {
    let scores: [Scalar] =
      switch mixture.scoring {
      case .softmax: Self.softmax(logits)
      case .sigmoid: logits.map { 1 / (1 + .exp(-$0)) }
      case .softmaxOfChosen, .sigmoidOfInput: logits
      }
    var ranked = correction.map { zip(scores, $0).map(+) } ?? scores
    if let groups = mixture.groups {
      Self.keepBest(groups, &ranked, isFloored: correction == nil && mixture.scoring == .softmax)
    }
    // Of equals the first: which one torch takes is not defined.
    let chosen = ranked.indices.sorted { (ranked[$1], $0) < (ranked[$0], $1) }.prefix(mixture.chosen)
    var own = chosen.map { scores[$0] }
    switch mixture.scoring {
    case .softmaxOfChosen: own = Self.softmax(own)
    case .sigmoidOfInput: own = own.map { 1 / (1 + .exp(-$0)) }
    case .softmax, .sigmoid: break
    }
    if mixture.normalises {
      let sum = own.reduce(0, +)
      own = own.map { $0 / sum }
    }
    let scale = Scalar(mixture.scale)
    shares = zip(chosen, own).map { ($0, $1 * scale) }
  }

  /// Scores of experts outside of the best groups can no longer be chosen.
  private static func keepBest(_ groups: MixtureDescription.Groups, _ ranked: inout [Scalar], isFloored: Bool) {
    let size = ranked.count / groups.count
    let best = (0..<groups.count).map { group -> Scalar in
      let own = ranked[group * size..<(group + 1) * size].sorted(by: >)
      return groups.score == .largest ? own[0] : own.prefix(2).reduce(0, +)
    }
    let kept = Set(best.indices.sorted { (best[$1], $0) < (best[$0], $1) }.prefix(groups.chosen))
    for expert in ranked.indices where !kept.contains(expert / size) { ranked[expert] = isFloored ? 0 : -.infinity }
  }

  private static func softmax(_ logits: [Scalar]) -> [Scalar] {
    let largest = logits.max() ?? 0
    let powers = logits.map { Scalar.exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

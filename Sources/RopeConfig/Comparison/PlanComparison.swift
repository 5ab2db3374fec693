import RopeMath

/// How far one plan is from another at a length.
public struct PlanComparison: Sendable {
  /// A relative difference above this is a mismatch.
  public static let tolerance = 1e-6

  /// `|θ′_i − θ_i|/θ_i` of each pair; against the larger of the two where the reference does not rotate it.
  public let relativeDifferences: [Double]
  /// `|θ′_i − θ_i|·L` of each pair, radians.
  public let phaseErrors: [Double]
  /// Relative difference of the factors: attention factor, softmax scale, query scale at the last position.
  public let factorDifference: Double
  /// Whether the same temperature stands in another place: on the whole logit instead of cos and sin.
  public let isTemperatureMoved: Bool
  /// What differs beside the pairs: a name and the two values.
  private let factors: [(name: String, own: Double, reference: Double)]

  /// Pairs beyond the shorter list count as not rotated there.
  public init(of plan: RotaryPlan, with reference: RotaryPlan) {
    let count = max(plan.pairCount, reference.pairCount)
    func value(_ list: [Double], _ i: Int) -> Double { i < list.count ? list[i] : 0 }
    var relative: [Double] = []
    var phases: [Double] = []
    for i in 0..<count {
      let own = value(plan.inverseFrequencies, i)
      let other = value(reference.inverseFrequencies, i)
      relative.append(Self.relative(own, other))
      phases.append(abs(own - other) * Double(reference.length))
    }
    relativeDifferences = relative
    phaseErrors = phases
    let isWholeHead =
      reference.geometry.rotaryDimension == reference.geometry.headDimension
      && plan.pairCount == reference.pairCount
    let differs = max(
      Self.relative(plan.attentionFactor, reference.attentionFactor),
      Self.relative(plan.softmaxScaleFactor, reference.softmaxScaleFactor))
    // Where every feature rotates, a factor on all logits and its root on cos and sin are the same attention.
    isTemperatureMoved =
      differs > Self.tolerance && isWholeHead
      && Self.relative(plan.logitFactor, reference.logitFactor) <= Self.tolerance
    let last = reference.length - 1
    let temperatures = [
      ("attention factor", plan.attentionFactor, reference.attentionFactor),
      ("softmax scale factor", plan.softmaxScaleFactor, reference.softmaxScaleFactor),
    ]
    factors =
      (isTemperatureMoved ? [] : temperatures)
      + [("query scale at the last position", plan.queryScale.value(at: last), reference.queryScale.value(at: last))]
    factorDifference = factors.map { Self.relative($0.own, $0.reference) }.max() ?? 0
  }

  public var maxRelativeDifference: Double { max(relativeDifferences.max() ?? 0, factorDifference) }
  public var maxPhaseError: Double { phaseErrors.max() ?? 0 }
  public var pairsDiffering: Int { relativeDifferences.count { $0 > Self.tolerance } }
  public var isMismatch: Bool { maxRelativeDifference > Self.tolerance }

  /// First token at which a pair's phase is more than `radians` away; nil where none is within the length.
  public func firstPosition(beyond radians: Double, length: Int) -> Int? {
    guard let fastest = phaseErrors.max(), fastest > 0 else { return nil }
    let position = (radians / (fastest / Double(length))).rounded(.down) + 1
    return position < Double(length) ? Int(position) : nil
  }

  /// What differs, for a message.
  var sentence: String {
    var parts: [String] = []
    if pairsDiffering > 0 {
      let percent = (relativeDifferences.max() ?? 0) * 100
      parts.append(
        """
        \(pairsDiffering) of \(relativeDifferences.count) pairs differ, by up to \
        \(percent.rounded(toPlaces: 3).formattedShortest) %
        """
      )
    }
    for factor in factors where Self.relative(factor.own, factor.reference) > Self.tolerance {
      let own = factor.own.rounded(toPlaces: 5)
      let other = factor.reference.rounded(toPlaces: 5)
      parts.append("the \(factor.name) is \(own.formattedShortest) instead of \(other.formattedShortest)")
    }
    return parts.isEmpty ? "nothing differs" : parts.joined(separator: "; ")
  }

  static func relative(_ value: Double, _ reference: Double) -> Double {
    if value == reference { return 0 }
    let scale = reference == 0 ? abs(value) : abs(reference)
    return abs(value - reference) / scale
  }
}

extension Double {
  func rounded(toPlaces places: Int) -> Double {
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    let scaled = (self * power).rounded()
    return scaled.isFinite ? scaled / power : self
  }
}

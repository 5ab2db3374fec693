import RopeMath

/// How far one plan is from another at a length: pairs, factors, positions, visibility, decay, normalisation and sink.
///
/// The one answer to whether two plans are the same; a number that is none makes them differ.
public struct PlanComparison: Sendable {
  /// A relative difference above this is a mismatch.
  public static let tolerance = 1e-6

  /// `|θ′_i − θ_i|/θ_i` of each pair; against the larger of the two where the reference does not rotate it.
  public let relativeDifferences: [Double]
  /// `|θ′_i − θ_i|·L` of each pair, radians.
  public let phaseErrors: [Double]
  /// Relative difference of the factors: attention factor, softmax scale, query scale over the positions.
  public let factorDifference: Double
  /// Whether the same temperature stands in another place: on the whole logit instead of cos and sin.
  public let isTemperatureMoved: Bool
  /// What differs and is no number: a clause each.
  public let otherDifferences: [String]
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
    let temperatures = [
      ("attention factor", plan.attentionFactor, reference.attentionFactor),
      ("softmax scale factor", plan.softmaxScaleFactor, reference.softmaxScaleFactor),
    ]
    factors = (isTemperatureMoved ? [] : temperatures) + [Self.queryScales(plan, reference)]
    otherDifferences = Self.otherDifferences(plan, reference)
    factorDifference = factors.map { Self.relative($0.own, $0.reference) }.max() ?? 0
  }

  public var maxRelativeDifference: Double { max(relativeDifferences.max() ?? 0, factorDifference) }
  public var maxPhaseError: Double { phaseErrors.max() ?? 0 }
  public var pairsDiffering: Int { relativeDifferences.count { $0 > Self.tolerance } }
  public var isMismatch: Bool { maxRelativeDifference > Self.tolerance || !otherDifferences.isEmpty }

  /// Whether two plans give the same attention.
  public static func isSame(_ plan: RotaryPlan, _ reference: RotaryPlan) -> Bool {
    !PlanComparison(of: plan, with: reference).isMismatch
  }

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
    parts += otherDifferences
    return parts.isEmpty ? "nothing differs" : parts.joined(separator: "; ")
  }

  /// Infinite for numbers that are none: those are never the same.
  static func relative(_ value: Double, _ reference: Double) -> Double {
    if value == reference { return 0 }
    let scale = reference == 0 ? abs(value) : abs(reference)
    let difference = abs(value - reference) / scale
    return difference.isNaN ? .infinity : difference
  }

  // MARK: Beside the pairs

  /// The query's multiplier where the two differ most, of 65 positions spread over the length.
  private static func queryScales(
    _ plan: RotaryPlan, _ reference: RotaryPlan
  ) -> (name: String, own: Double, reference: Double) {
    let last = reference.length - 1
    let positions = plan.queryScale == reference.queryScale ? [last] : (0...64).map { last / 64 * $0 } + [last]
    let worst =
      positions.max { left, right in
        difference(left) < difference(right)
      } ?? last
    func difference(_ position: Int) -> Double {
      relative(plan.queryScale.value(at: position), reference.queryScale.value(at: position))
    }
    return (
      worst == last || difference(worst) == 0
        ? "query scale at the last position" : "query scale at position \(worst)",
      plan.queryScale.value(at: worst), reference.queryScale.value(at: worst)
    )
  }

  private static func otherDifferences(_ plan: RotaryPlan, _ reference: RotaryPlan) -> [String] {
    var found: [String] = []
    if plan.bands != reference.bands {
      found.append(
        plan.bands == [.plain]
          ? "positions are not re-mapped"
          : reference.bands == [.plain] ? "positions are re-mapped" : "positions are re-mapped otherwise")
    }
    if plan.visibility != reference.visibility { found.append("other tokens are visible") }
    if plan.normalisation != reference.normalisation { found.append("the softmax is normalised otherwise") }
    if !isSameDecay(plan.decayRates, reference.decayRates) { found.append("logits decay otherwise with distance") }
    if plan.logitByDistance != reference.logitByDistance { found.append("logits change otherwise with distance") }
    if plan.sink != reference.sink { found.append("another sink takes part in the softmax") }
    if plan.rotatedLayers != reference.rotatedLayers { found.append("other layers rotate") }
    if plan.scaledLayers != reference.scaledLayers { found.append("other layers scale their queries") }
    if plan.queryScale != reference.queryScale, !plan.queryScale.isUniform || !reference.queryScale.isUniform {
      found.append("heads scale their queries otherwise")
    }
    if plan.geometry.pairing != reference.geometry.pairing { found.append("other features make a pair") }
    return found
  }

  private static func isSameDecay(_ rates: [Double]?, _ reference: [Double]?) -> Bool {
    let rates = rates ?? []
    let reference = reference ?? []
    return (0..<max(rates.count, reference.count)).allSatisfy { i in
      relative(i < rates.count ? rates[i] : 0, i < reference.count ? reference[i] : 0) <= tolerance
    }
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

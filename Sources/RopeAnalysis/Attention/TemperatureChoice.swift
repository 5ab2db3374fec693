import RealModule
import RopeMath

/// Which of several methods multiplies the logits most nearly by what holds the entropy of attention at a target length.
///
/// The held multiplier κ solves `H(n, κσ) = H(n₀, σ)` (`GaussianEntropy.holdingMultiplier`): n and n₀ are the keys that the
/// trained plan's last query sees at the target and at the trained length, σ the deviation of the trained logits. Distance
/// is `|ln(multiplier/κ)|`. σ is a guess where nothing was measured, and κ falls as σ grows (8 times the keys: 2.3 at σ = 1,
/// 1.3 at σ = 3), so the choice is one for that σ.
///
/// Sources: the entropy of Gaussian logits (Derrida, Phys. Rev. B 24, 1981); temperatures that grow with the length: YaRN,
/// arXiv 2309.00071, §3.4, and Chiang & Cholak, arXiv 2202.12172, §5.3.
public struct TemperatureChoice: Sendable, Hashable {
  /// One method in the choice.
  public struct Candidate: Sendable, Hashable {
    public let label: String
    /// What it multiplies a whole logit by at the target, as a multiple of what training did (`multiplier(of:baseline:)`).
    public let multiplier: Double
    /// κ under this method's own rotation, where measured moments tell it; nil for the κ of all.
    public let holdingMultiplier: Double?

    public init(label: String, multiplier: Double, holdingMultiplier: Double? = nil) {
      self.label = label
      self.multiplier = multiplier
      self.holdingMultiplier = holdingMultiplier
    }
  }

  /// κ of all candidates that bring none of their own; not a number where the target shows fewer keys than training.
  public let holdingMultiplier: Double
  /// Those nearest to κ, the nearest first and others in the order given: every candidate whose distance is within
  /// `tieTolerance` of the smallest. Empty where no distance is finite.
  public let nearest: [Candidate]

  /// Distances that differ by less than this are a tie: a multiplier 1 % off is less than the model of the logits can tell.
  public static let tieTolerance = Double.log(1.01)

  /// - Parameters:
  ///   - holdingMultiplier: κ, such as `holding_multiplier_at_target` of the analysis `temperature`.
  public init(holdingMultiplier: Double, candidates: [Candidate]) {
    self.holdingMultiplier = holdingMultiplier
    let ranked = candidates.enumerated().map { place, candidate in
      (
        place: place, candidate: candidate,
        distance: Self.distance(candidate.multiplier, candidate.holdingMultiplier ?? holdingMultiplier)
      )
    }.filter(\.distance.isFinite)
    guard let best = ranked.min(by: { ($0.distance, $0.place) < ($1.distance, $1.place) }) else {
      nearest = []
      return
    }
    let ties = ranked.filter { $0.place != best.place && $0.distance <= best.distance + Self.tieTolerance }
    nearest = [best.candidate] + ties.map(\.candidate)
  }

  /// Independent Gaussian logits of the ensemble's σ under the trained plan.
  ///
  /// - Parameters:
  ///   - baseline: the trained plan at its own length.
  ///   - targetLength: tokens.
  public init(ensemble: AttentionEnsemble, baseline: RotaryPlan, targetLength: Int, candidates: [Candidate]) {
    self.init(
      holdingMultiplier: Self.holdingMultiplier(
        deviation: ensemble.logitDeviation, baseline: baseline, targetLength: targetLength),
      candidates: candidates)
  }

  /// The nearest candidate; nil where there is none.
  public var choice: Candidate? { nearest.first }

  /// Whether other candidates are as near as the nearest.
  public var isTie: Bool { nearest.count > 1 }

  /// κ for trained logits of deviation σ before the plan's own temperature; 1 where the target shows as many keys as training.
  public static func holdingMultiplier(deviation: Double, baseline: RotaryPlan, targetLength: Int) -> Double {
    let last = max(0, baseline.length - 1)
    return GaussianEntropy.holdingMultiplier(
      keys: Double(baseline.keyCount(query: max(0, targetLength - 1))),
      referenceKeys: Double(baseline.keyCount(query: last)),
      deviation: baseline.logitDeviation(of: deviation, query: last))
  }

  /// What the plan multiplies a whole isotropic logit of its newest query by, un-rotated features included, as a multiple of
  /// what the trained plan does: `t g √(a⁴ d/D + 1 − d/D)` over the same of training.
  public static func multiplier(of plan: RotaryPlan, baseline: RotaryPlan) -> Double {
    plan.logitDeviation(of: 1, query: max(0, plan.length - 1))
      / baseline.logitDeviation(of: 1, query: max(0, baseline.length - 1))
  }

  /// `|ln(multiplier/κ)|`; not a number where one of them is not positive.
  private static func distance(_ multiplier: Double, _ held: Double) -> Double {
    guard multiplier > 0, held > 0 else { return .nan }
    return abs(Double.log(multiplier / held))
  }
}

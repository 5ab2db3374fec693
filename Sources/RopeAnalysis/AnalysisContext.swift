import RopeMath

/// Everything that an analysis may read: the model's trained state, the target and the methods under study.
public struct AnalysisContext: Sendable {
  public let geometry: RotaryGeometry
  /// What counts as trained: the model's own plan at `baseline.length` tokens, its trained length.
  public let baseline: RotaryPlan
  /// Every stage of training with its weight: the angles that any of them showed count as trained.
  public let training: TrainedDistances
  public let targetLength: Int
  public let subjects: [AnalysisSubject]
  /// The statistical model of queries and keys that attention properties are computed under.
  public let ensemble: AttentionEnsemble
  /// What was measured of the model's own queries and keys; nil for the ensemble's guess. Entropy, temperature and score by
  /// distance are computed from it.
  public let moments: AttentionMoments?
  /// Sizes that memory is computed from; nil where no model was given.
  public let cache: CacheShape?
  public let seed: UInt64

  /// - Parameters:
  ///   - earlierStages: stages of training before the baseline, whose weights are not known.
  ///   - training: all stages with their weights, where they are known; stands in for the baseline and earlier ones.
  public init(
    geometry: RotaryGeometry, baseline: RotaryPlan, targetLength: Int, subjects: [AnalysisSubject],
    ensemble: AttentionEnsemble = AttentionEnsemble(), moments: AttentionMoments? = nil, cache: CacheShape? = nil,
    seed: UInt64 = 0,
    earlierStages: [RotaryPlan] = [], training: TrainedDistances? = nil
  ) {
    self.geometry = geometry
    self.baseline = baseline
    self.targetLength = targetLength
    self.subjects = subjects
    self.ensemble = ensemble
    self.moments = moments
    self.cache = cache
    self.seed = seed
    self.training = training ?? TrainedDistances(baseline, earlier: earlierStages)
  }

  /// Tokens that the model was trained on, `baseline.length`.
  public var trainedLength: Int { baseline.length }
}

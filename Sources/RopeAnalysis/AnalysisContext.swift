import RopeMath

/// Everything that an analysis may read: the model's trained state, the target and the methods under study.
public struct AnalysisContext: Sendable {
  public let geometry: RotaryGeometry
  /// What counts as trained: the model's own plan at `baseline.length` tokens, its trained length.
  public let baseline: RotaryPlan
  /// Earlier stages of training, each at its own length: the angles that they showed count as trained too.
  public let earlierStages: [RotaryPlan]
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

  public init(
    geometry: RotaryGeometry, baseline: RotaryPlan, targetLength: Int, subjects: [AnalysisSubject],
    ensemble: AttentionEnsemble = AttentionEnsemble(), moments: AttentionMoments? = nil, cache: CacheShape? = nil, seed: UInt64 = 0,
    earlierStages: [RotaryPlan] = []
  ) {
    self.geometry = geometry
    self.baseline = baseline
    self.targetLength = targetLength
    self.subjects = subjects
    self.ensemble = ensemble
    self.moments = moments
    self.cache = cache
    self.seed = seed
    self.earlierStages = earlierStages
  }

  /// Tokens that the model was trained on, `baseline.length`.
  public var trainedLength: Int { baseline.length }
}

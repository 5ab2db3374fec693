import RopeMath

/// Everything that an analysis may read: the model's trained state, the target and the methods under study.
public struct AnalysisContext: Sendable {
  public let geometry: RotaryGeometry
  /// What counts as trained: the model's own plan at `baseline.length` tokens, its trained length.
  public let baseline: RotaryPlan
  public let targetLength: Int
  public let subjects: [AnalysisSubject]
  /// The statistical model of queries and keys that attention properties are computed under.
  public let ensemble: AttentionEnsemble
  /// Sizes that memory is computed from; nil where no model was given.
  public let cache: CacheShape?
  public let seed: UInt64

  public init(
    geometry: RotaryGeometry, baseline: RotaryPlan, targetLength: Int, subjects: [AnalysisSubject],
    ensemble: AttentionEnsemble = AttentionEnsemble(), cache: CacheShape? = nil, seed: UInt64 = 0
  ) {
    self.geometry = geometry
    self.baseline = baseline
    self.targetLength = targetLength
    self.subjects = subjects
    self.ensemble = ensemble
    self.cache = cache
    self.seed = seed
  }

  /// Tokens that the model was trained on, `baseline.length`.
  public var trainedLength: Int { baseline.length }
}

import RopeAnalysis
import RopeConfig
import RopeMath
import RopeRecords

/// What a run is asked to compute.
public struct RunRequest: Sendable {
  /// What counts as trained.
  public enum Baseline: String, Sendable, Codable, CaseIterable {
    /// The file's own plan at its own window where the file is scaled, else plain rotation at the trained length.
    case file
    /// Plain rotation at the trained length.
    case plain
  }

  public var model: Reading
  /// In the order of tables and figures; nil for every method that is defined for the model.
  public var methods: [MethodSpecification]?
  /// Tokens.
  public var targetLength: Int
  /// Tokens that parameters of methods are derived from where they are not given; nil for the target.
  public var parameterLength: Int?
  public var baseline: Baseline
  /// Stages of training as told, in their order; empty for what the file says.
  public var trainedStages: [TrainedStage]
  public var ensemble: AttentionEnsemble
  /// Measured moments of the model's queries and keys, in place of the ensemble's guess; nil for the guess.
  public var moments: AttentionMoments?
  public var seed: UInt64
  /// Analyses to run; nil for all.
  public var analyses: [String]?
  /// What was measured on the model, to lay beside the closed forms; empty for nothing.
  public var measurements: Measurements
  /// How files that methods name are read.
  public var resources: MethodResources
  /// Runtimes that must compute what is advised; nil for transformers and a server that runs the model.
  public var runtimes: [Runtime]?
  /// Tokens that the model can be trained on; 0 for frozen weights.
  public var trainTokens: Double
  /// What `check` says of the configuration; nil where it was not asked.
  public var findings: [FindingRecord]?

  public init(
    model: Reading, methods: [MethodSpecification]? = nil, targetLength: Int, baseline: Baseline = .file,
    ensemble: AttentionEnsemble = AttentionEnsemble(), moments: AttentionMoments? = nil, seed: UInt64 = 0,
    analyses: [String]? = nil,
    measurements: Measurements = Measurements(), resources: MethodResources = .none, runtimes: [Runtime]? = nil,
    trainTokens: Double = 0, trainedStages: [TrainedStage] = []
  ) {
    self.model = model
    self.methods = methods
    self.targetLength = targetLength
    self.baseline = baseline
    self.ensemble = ensemble
    self.moments = moments
    self.seed = seed
    self.analyses = analyses
    self.measurements = measurements
    self.resources = resources
    self.runtimes = runtimes
    self.trainTokens = trainTokens
    self.trainedStages = trainedStages
  }
}

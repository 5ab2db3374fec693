import RopeAdvice
import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeMath
import RopeRecords
import RopeText

/// A finished run: everything that a report, figure or table is rendered from, and nothing that is computed again.
public struct RunRecord: Sendable, Codable {
  public static let currentSchema = "ropescope.run/1"

  /// One method of the run.
  public struct Method: Sendable, Codable {
    /// The specification as given, the key of `analyses` and `comparison`.
    public var label: String
    /// What figures and sentences call it: `YaRN`.
    public var name: String
    /// Ids of its parts, `config` resolved.
    public var ids: [String]
    public var title: String
    /// Whether figures show it; tables show all.
    public var inFigures: Bool

    enum CodingKeys: String, CodingKey {
      case label, name, ids, title
      case inFigures = "in_figures"
    }
  }

  /// A method that the model has no plan for, and why.
  public struct Refusal: Sendable, Codable {
    public var label: String
    public var reason: String
  }

  /// Measured moments that took the place of the ensemble's guess; their effect stands in the analyses.
  public struct Statistics: Sendable, Codable {
    public var model: String?
    public var text: String?
    public var tokens: Int
    public var heads: Int
    /// Root mean square over heads of the logits' deviation about their mean, nats.
    public var logitDeviation: Double

    init(_ moments: AttentionMoments) {
      model = moments.setting?.model
      text = moments.setting?.text
      tokens = moments.tokens
      heads = moments.heads.count
      logitDeviation = moments.logitDeviation
    }

    enum CodingKeys: String, CodingKey {
      case model, text, tokens, heads
      case logitDeviation = "logit_deviation"
    }
  }

  public var schema = RunRecord.currentSchema
  public var version: String
  /// Arguments that make this run again.
  public var command: [String]
  public var model: ModelRecord
  public var geometry: GeometryRecord
  public var resolved: [ResolvedValue]
  public var notes: [String]
  /// The plan that counts as trained, at its own length.
  public var baseline: PlanRecord
  public var targetLength: Int
  public var ensemble: AttentionEnsemble
  public var seed: UInt64
  public var methods: [Method]
  public var refused: [Refusal]
  public var plans: [PlanRecord]
  public var analyses: [AnalysisSeries]
  public var comparison: [ComparisonRow]
  /// What each runtime computes from the file's own scaling; nil where the file has none.
  public var parity: ParityReport?
  /// What was measured on the model; nil where nothing was.
  public var measured: MeasuredRecord?
  /// Nil where entropy, temperature and score by distance were computed for the ensemble.
  public var statistics: Statistics?
  /// What is advised; nil where only chosen analyses were run, and in records of versions before there was one.
  public var advice: Advice?
  /// Label of the method, among `methods`, whose plan is the advised one; nil where none is.
  public var advised: String?
  /// How each runtime is told what is advised; nil in records of versions before it was kept.
  public var settings: [SettingsRecord]?
  /// What `check` says of the configuration, worst first; nil where it was not asked.
  public var findings: [FindingRecord]?

  enum CodingKeys: String, CodingKey {
    case schema, version, command, model, geometry, resolved, notes, baseline, ensemble, seed, methods, refused, plans
    case analyses, comparison, parity, measured, statistics, advice, advised, settings, findings
    case targetLength = "target_length"
  }

  public var trainedLength: Int { baseline.length }

  /// What figures are drawn from.
  ///
  /// - Throws: `GeometryError` where the record was edited into an impossible geometry.
  public func figureData(in language: Language = .english) throws(GeometryError) -> FigureData {
    func named(_ method: Method) -> FigureData.Method {
      FigureData.Method(label: method.label, name: method.name, ids: method.ids).named(in: .english)
    }
    var data = FigureData(
      modelName: model.title, geometry: try geometry.geometry(), trainedLength: trainedLength,
      targetLength: targetLength, methods: methods.filter(\.inFigures).map(named), all: methods.map(named),
      series: analyses + (measured?.predictions(of: model.title) ?? []),
      measurements: measured?.measurements ?? Measurements(), measured: measured?.methods ?? [])
    data.concernsFullLayers = plans.first?.layers == "full_attention"
    data.language = language
    return data
  }
}

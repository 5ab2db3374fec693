import RopeAdvice
import RopeAnalysis
import RopeRecords
import RopeReport

/// What the index and the tables show of a finished case; the rest stands in its report.
package struct CaseSummary: Sendable, Codable, Equatable {
  package struct Row: Sendable, Codable, Equatable {
    /// The SPEC.
    package var method: String
    package var name: String
    /// Tokens; nil where nothing limits it.
    package var phaseSafeLength: Double?
    /// Of the target; nil where nothing limits it.
    package var shareOfTarget: Double?
    package var resolutionKept: Double?
    package var logitFactor: Double?
    package var hazard: String
    package var studyClass: String

    enum CodingKeys: String, CodingKey {
      case method, name, hazard
      case phaseSafeLength = "phase_safe_length"
      case shareOfTarget = "share_of_target"
      case resolutionKept = "resolution_kept"
      case logitFactor = "logit_factor"
      case studyClass = "class"
    }
  }

  package var modelName: String
  package var trainedLength: Int
  package var targetLength: Int
  /// Label of the row to try first, or its SPEC where no row has it; nil where nothing is needed or none can be advised.
  package var firstMethod: String?
  /// The advice as one sentence.
  package var reason: String
  /// Nil in summaries of versions before there was one.
  package var advice: Advice?
  /// What each runtime is to be told for the advice; nil where nothing was advised.
  package var settings: [SettingsRecord]?
  package var rows: [Row]

  enum CodingKeys: String, CodingKey {
    case reason, rows, advice, settings
    case modelName = "model_name"
    case trainedLength = "trained_length"
    case targetLength = "target_length"
    case firstMethod = "first_method"
  }

  /// - Parameter settings: of the runtimes that the batch is for.
  package init(_ record: RunRecord, settings: [SettingsRecord]? = nil) {
    modelName = record.model.name
    trainedLength = record.trainedLength
    targetLength = record.targetLength
    firstMethod = record.advised ?? record.advice?.method
    advice = record.advice
    self.settings = settings
    reason =
      record.advice.map { advice in
        AdviceText.first(advice, name: record.methods.first { $0.label == record.advised }?.name)
      } ?? ""
    rows = record.comparison.map { row in
      func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
      return Row(
        method: row.label, name: record.methods.first { $0.label == row.label }?.name ?? row.label,
        phaseSafeLength: finite(row.phaseSafeLength), shareOfTarget: finite(row.shareOfTarget),
        resolutionKept: finite(row.resolutionKept), logitFactor: finite(row.logitFactor), hazard: row.hazard,
        studyClass: row.studyClass)
    }
  }
}

import RopeAnalysis
import RopeFigures
import RopeMath
import RopeText

/// The numbers of a record that its verdict speaks of.
struct VerdictFacts {
  let record: RunRecord
  private let language: Language
  let trainedLength: Int
  let targetLength: Int
  let pairCount: Int
  /// Pairs that never complete a turn in the trained length.
  let incompletePairs: Int
  /// Rows of the methods that figures show, in their order.
  let principal: [ComparisonRow]

  init(_ record: RunRecord, in language: Language) {
    self.record = record
    self.language = language
    trainedLength = record.trainedLength
    targetLength = record.targetLength
    pairCount = record.baseline.inverseFrequencies.count
    let trained = Double(record.trainedLength)
    let counted = record.analyses.value(
      .incompletePairs, of: Coverage.card.id, method: AnalysisSeries.baseline)
    incompletePairs =
      counted.flatMap { Int(exactly: $0) }
      ?? record.baseline.inverseFrequencies.count { $0 * trained < 2 * .pi && $0 > 0 }
    let shown = record.methods.filter(\.inFigures).map(\.label)
    principal = record.comparison.filter { shown.contains($0.label) }
  }

  /// Whether the record holds measurements of the model itself.
  var isMeasured: Bool { record.measured.map { !$0.measurements.isEmpty } ?? false }

  var logitDeviation: Double { record.statistics?.logitDeviation ?? record.ensemble.logitDeviation }

  /// Whose logits the temperature is judged for.
  var logits: Message {
    record.statistics.map { "the \($0.heads) measured heads" } ?? "logits with σ = \(Wording.number(logitDeviation))"
  }

  func row(_ label: String) -> ComparisonRow? { record.comparison.first { $0.label == label } }

  /// Up to a token of rounding.
  func isSafe(_ row: ComparisonRow) -> Bool { row.phaseSafeLength >= Double(targetLength) - 1 }

  /// The logit multiplier that holds the entropy of the ensemble at the target.
  var holdingMultiplier: Double? {
    record.analyses.lazy.filter { $0.name == Temperature.card.id }
      .compactMap { $0.summary[.holdingMultiplierAtTarget] }.first { $0.isFinite }
  }

  /// The same under a method's own rotation, which tells apart methods where measured heads are known.
  func holdingMultiplier(_ row: ComparisonRow) -> Double? {
    record.analyses.value(.holdingMultiplierAtTarget, of: Temperature.card.id, method: row.label).flatMap {
      $0.isFinite ? $0 : nil
    } ?? holdingMultiplier
  }

  func name(_ row: ComparisonRow) -> Message { row.label == "config" ? "the file's own scaling" : own(row) }

  /// The name where it begins a sentence.
  func start(_ row: ComparisonRow) -> Message {
    switch row.label {
    case "config": "The file's own scaling"
    case "none": "No scaling"
    default: own(row)
    }
  }

  private func own(_ row: ComparisonRow) -> Message {
    "\(record.methods.first { $0.label == row.label }?.name(in: language) ?? row.label)"
  }

  /// Names as the beginning of a sentence.
  func list(_ rows: [ComparisonRow]) -> [Message] { rows.prefix(1).map(start) + rows.dropFirst().map(name) }

  /// The row whose plan is the advised one.
  var advised: ComparisonRow? { record.advised.flatMap(row) }

  /// The row of the model as it stands: the file's own scaling, else none.
  var shipped: ComparisonRow? { row(MethodSpecification.configuration.description) ?? row("none") }

  /// How near a logit multiplier counts as the one that holds the entropy, as a share of it.
  static let closeTemperature = 0.05

  func isTemperatureClose(_ row: ComparisonRow) -> Bool {
    holdingMultiplier(row).map { abs(row.logitFactor / $0 - 1) < Self.closeTemperature } ?? false
  }
}

import RopeAnalysis
import RopeConfig
import RopeMath
import RopeRecords

/// Sets the closed-form columns of methods beside what was measured of them, method by method and length by length.
public enum Prediction {
  /// A model and what was measured on it.
  public struct Subject: Sendable {
    public var model: Reading
    public var measurements: Measurements

    public init(model: Reading, measurements: Measurements) {
      self.model = model
      self.measurements = measurements
    }
  }

  /// Columns by name. Lengths are taken as shares of the measured one, entropies as the distance from what was trained.
  private static let columns: [(name: String, value: @Sendable (ComparisonRow, Int) -> Double)] = [
    ("phase_safe_share", { row, _ in row.shareOfTarget }),
    ("pairs_with_new_angles", { row, _ in row.pairsWithNewAngles }),
    ("mean_new_arc", { row, _ in row.meanNewArc }),
    ("share_out_of_distribution", { row, _ in row.shareOutOfDistribution }),
    ("resolution_kept", { row, _ in row.resolutionKept }),
    ("middle_ratio", { row, _ in row.middleRatio }),
    ("geometric_mean_ratio", { row, _ in row.geometricMeanRatio }),
    ("logit_factor", { row, _ in row.logitFactor }),
    ("entropy_gap", { row, _ in abs(row.entropyAtTarget - row.entropyAtTrained) }),
    ("entropy_shift_at_trained", { row, _ in row.entropyShiftAtTrained }),
    ("first_sign_change_share", { row, length in row.firstSignChange / Double(length) }),
    ("scores_per_token", { row, _ in row.scoresPerToken }),
  ]
  /// Of the series: the chance that a matched key scores above all others, mean over distances.
  private static let chance = SummaryKey.meanChance

  private static let analyses = [
    PhaseSafeLength.card.id, Coverage.card.id, ExtrapolatedAngles.card.id, AttentionEntropy.card.id,
    ScoreByDistance.card.id, ShortContextCost.card.id, WorkPerToken.card.id, SignalNoise.card.id,
  ]

  /// Labels that are no method of the catalogue, or have no plan on the model, are left out. Parameters that a label does
  /// not give are derived from the measured length.
  public static func record(
    _ subjects: [Subject], seed: UInt64 = 0, resources: MethodResources = .none
  ) async throws -> PredictionRecord {
    var cases: [PredictionRecord.Case] = []
    for subject in subjects {
      for length in subject.measurements.lengths {
        let measured = subject.measurements.numbers(at: length)
        var specifications: [MethodSpecification] = []
        for label in subject.measurements.methods where measured[label] != nil {
          guard let specification = try? MethodSpecification.parse(label),
            (try? subject.model.bind(
              specification, targetLength: length, on: try subject.model.scaledLayers(), resources: resources
            ).plan(length: length)) != nil
          else { continue }
          specifications.append(specification)
        }
        guard !specifications.isEmpty else { continue }
        let record = try await Run.record(
          RunRequest(
            model: subject.model, methods: specifications, targetLength: length, baseline: .plain, seed: seed,
            analyses: analyses, resources: resources), version: "", command: [])
        for row in record.comparison {
          guard let label = subject.measurements.methods.first(where: { Self.isSame($0, row.label) }),
            let numbers = measured[label]
          else { continue }
          var properties: [String: Double] = [:]
          for column in columns {
            let value = column.value(row, length)
            if !value.isNaN { properties[column.name] = value }
          }
          properties[chance.name] = record.analyses.value(chance, of: SignalNoise.card.id, method: row.label)
          cases.append(
            PredictionRecord.Case(
              model: subject.model.name, method: label, length: length, properties: properties, measured: numbers))
        }
      }
    }
    return PredictionRecord(columns: columns.map(\.name) + [chance.name], cases: cases, seed: seed)
  }

  private static func isSame(_ label: String, _ other: String) -> Bool {
    label == other || (try? MethodSpecification.parse(label).description) == other
  }
}

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

  /// Labels that are no method of the catalogue, or have no plan on the model, are left out. Parameters that a label does
  /// not give are derived from the length that the files tell theirs were derived from, else from the measured one.
  public static func record(
    _ subjects: [Subject], seed: UInt64 = 0, resources: MethodResources = .none
  ) async throws -> PredictionRecord {
    var cases: [PredictionRecord.Case] = []
    for subject in subjects {
      let target = subject.measurements.targetLength
      for length in subject.measurements.lengths {
        let measured = subject.measurements.numbers(at: length)
        var specifications: [MethodSpecification] = []
        for label in subject.measurements.methods where measured[label] != nil {
          guard let specification = try? MethodSpecification.parse(label),
            (try? subject.model.bind(
              specification, targetLength: target ?? length, on: try subject.model.scaledLayers(), resources: resources
            ).plan(length: length)) != nil
          else { continue }
          specifications.append(specification)
        }
        guard !specifications.isEmpty else { continue }
        var request = RunRequest(
          model: subject.model, methods: specifications, targetLength: length, baseline: .plain, seed: seed,
          analyses: ClosedForm.all.compactMap { $0.analysis?.card.id }, resources: resources)
        request.parameterLength = target
        let record = try await Run.record(request, version: "", command: [])
        for row in record.comparison {
          guard let label = subject.measurements.methods.first(where: { Self.isSame($0, row.label) }),
            let numbers = measured[label]
          else { continue }
          var properties: [String: Double] = [:]
          for column in ClosedForm.all {
            let value = column.value(row, in: record.analyses, length: length)
            if !value.isNaN { properties[column.name] = value }
          }
          cases.append(
            PredictionRecord.Case(
              model: subject.model.name, method: label, length: length, properties: properties, measured: numbers))
        }
      }
    }
    return PredictionRecord(columns: ClosedForm.all.map(\.name), cases: cases, seed: seed)
  }

  private static func isSame(_ label: String, _ other: String) -> Bool {
    label == other || (try? MethodSpecification.parse(label).description) == other
  }
}

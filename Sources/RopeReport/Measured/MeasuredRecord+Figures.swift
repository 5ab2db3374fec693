import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeRecords
import RopeText

extension MeasuredRecord {
  /// What figures of the measurements alone are drawn from.
  ///
  /// - Parameter series: of predictions; nil for those that follow from the record alone.
  /// - Throws: `RunError` where the model does not tell enough to rotate anything.
  public func figureData(
    of model: Reading, series: [AnalysisSeries]? = nil, in language: Language = .english
  ) throws(RunError) -> FigureData {
    let geometry = try model.scaledLayers().geometry
    var data = FigureData(
      modelName: model.name, geometry: geometry, trainedLength: geometry.trainedLength,
      targetLength: measurements.lengths.last ?? geometry.trainedLength, methods: [],
      series: series ?? predictions(of: model.name), measurements: measurements, measured: methods)
    data.language = language
    return data
  }

  /// What is kept of the closed forms against what was measured, as curves for the figure; none for a single method.
  func predictions(of model: String) -> [AnalysisSeries] {
    let numbers = Dictionary(
      uniqueKeysWithValues: Set(reach.map(\.length)).map { ($0, measurements.numbers(at: $0)) })
    let cases = reach.compactMap { entry -> PredictionRecord.Case? in
      guard let measured = numbers[entry.length]?[entry.method] else { return nil }
      return PredictionRecord.Case(
        model: model, method: entry.method, length: entry.length,
        properties: Dictionary(uniqueKeysWithValues: entry.columns.map { ($0.name, $0.value) }), measured: measured)
    }
    guard Set(cases.map(\.method)).count > 1 else { return [] }
    return PredictionRecord(columns: reach.first?.columns.map(\.name) ?? [], cases: cases, seed: 0).series
  }
}

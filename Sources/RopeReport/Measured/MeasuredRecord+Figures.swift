import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeText

extension MeasuredRecord {
  /// What figures of the measurements alone are drawn from.
  ///
  /// - Throws: `RunError` where the model does not tell enough to rotate anything.
  public func figureData(of model: Reading, in language: Language = .english) throws(RunError) -> FigureData {
    let geometry = try model.scaledLayers().geometry
    var data = FigureData(
      modelName: model.name, geometry: geometry, trainedLength: geometry.trainedLength,
      targetLength: measurements.lengths.last ?? geometry.trainedLength, methods: [], series: [],
      measurements: measurements, measured: methods(in: language))
    data.language = language
    return data
  }

  /// The measured methods, named in the language.
  func methods(in language: Language) -> [FigureData.Method] {
    methods.map { method in
      var told = method
      told.name = MethodName.told(method.name, ids: method.ids, in: language)
      return told
    }
  }
}

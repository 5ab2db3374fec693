import RopeAnalysis
import RopeConfig
import RopeFigures

extension MeasuredRecord {
  /// What figures of the measurements alone are drawn from.
  ///
  /// - Throws: `RunError` where the model does not tell enough to rotate anything.
  public func figureData(of model: Reading) throws(RunError) -> FigureData {
    let geometry = try model.scaledLayers().geometry
    return FigureData(
      modelName: model.name, geometry: geometry, trainedLength: geometry.trainedLength,
      targetLength: measurements.lengths.last ?? geometry.trainedLength, methods: [], series: [],
      measurements: measurements, measured: methods)
  }
}

import RopeAnalysis
import RopeMath

extension PredictionRecord {
  /// What the figure is drawn from: for each column, measurement and method the column's values as x and the measured
  /// ones as y, a point a model and length, with the correlation over all methods beside it.
  public var series: [AnalysisSeries] {
    let methods = cases.distinct(\.method)
    return properties.flatMap { property in
      methods.compactMap { method -> AnalysisSeries? in
        let points = cases.filter { $0.method == method }.compactMap { entry -> (x: Double, y: Double, length: Int)? in
          entry.properties[property.property].flatMap { x in
            entry.measured[property.against].map { (x, $0, entry.length) }
          }
        }
        guard let length = points.map(\.length).max() else { return nil }
        var summary: [SummaryKey: Double] = [.cases: Double(property.cases), .clusters: Double(property.clusters)]
        summary[.correlation] = property.correlation
        summary[.lower] = property.lower
        summary[.upper] = property.upper
        return AnalysisSeries(
          name: Measurements.SeriesName.prediction, series: "\(property.property) against \(property.against)",
          title: property.property, unit: property.against, method: method, length: length, x: points.map(\.x),
          y: points.map(\.y), summary: summary)
      }
    }
  }
}

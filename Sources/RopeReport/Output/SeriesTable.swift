import RopeAnalysis
import RopeMath
import RopeText

/// Curves as CSV: a row a point.
public enum SeriesTable {
  /// The first line.
  public static let header = "name,series,method,length,unit,x,y,lower,upper,closed_form"

  public static func csv(_ series: [AnalysisSeries]) -> String {
    var lines = [header]
    for curve in series {
      let head = [curve.name, curve.series, curve.method, String(curve.length), curve.unit].map(Escaping.csv).joined(
        separator: ",")
      for index in curve.x.indices {
        let values = [curve.x, curve.y, curve.lower, curve.upper, curve.closedForm].map { number($0, index) }
        lines.append(head + "," + values.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func number(_ values: [Double], _ index: Int) -> String {
    guard index < values.count, values[index].isFinite else { return "" }
    return values[index].formattedShortest
  }
}

import RopeAnalysis
import RopeChart

extension FigureData {
  /// A square map with keys from left to right and queries from the bottom up; nil where the curve is no square grid.
  func queryKeyPanel(
    _ name: String, _ curve: AnalysisSeries, values: [Double], domain: ClosedRange<Double>, label: String,
    format: Axis.Format, colours: Mark.Cells.Colours = .sequential
  ) -> Panel? {
    let side = Int(curve.summary[.side] ?? 0)
    guard side > 0, values.count == side * side else { return nil }
    let length = Double(curve.length)
    let edges = (0...side).map { Double($0) * length / Double(side) }
    let ticks = length > Double(trainedLength) ? [Double(trainedLength)] : []
    return Panel(
      title: name, x: Axis(language("Key (tokens)"), format: .tokens, domain: 0...length, requiredTicks: ticks),
      y: Axis(language("Query (tokens)"), format: .tokens, domain: 0...length, requiredTicks: ticks),
      marks: [
        .cells(
          Mark.Cells(
            xEdges: edges, yEdges: edges, values: values, colours: colours, domain: domain, label: label, format: format
          ))
      ])
  }
}

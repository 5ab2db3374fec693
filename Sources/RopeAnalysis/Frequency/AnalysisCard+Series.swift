import RopeMath

extension AnalysisCard {
  /// A curve of this analysis over the pairs 0, 1, 2 …
  func overPairs(
    _ series: String, _ y: [Double], method: String, length: Int, closedForm: [Double] = [],
    summary: [SummaryKey: Double] = [:]
  ) -> AnalysisSeries {
    curve(
      series, x: y.indices.map(Double.init), y, method: method, length: length, closedForm: closedForm, summary: summary
    )
  }

  func curve(
    _ series: String, x: [Double], _ y: [Double], method: String, length: Int, closedForm: [Double] = [],
    summary: [SummaryKey: Double] = [:]
  ) -> AnalysisSeries {
    AnalysisSeries(
      name: id, series: series, title: title, unit: unit, method: method, length: length, x: x, y: y,
      closedForm: closedForm, summary: summary)
  }
}

extension AnalysisSeries {
  /// The method name of curves that concern the model as it was trained.
  public static let baseline = "baseline"
}

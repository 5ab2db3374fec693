/// One curve of an analysis for one method: the data that figures, tables and files are made from.
public struct AnalysisSeries: Sendable, Hashable, Codable {
  /// The analysis's id: `wavelengths`.
  public var name: String
  /// Which of the analysis's curves this is: `after`, `closed_form`, `simulated`.
  public var series: String
  public var title: String
  /// Unit of y.
  public var unit: String
  /// The subject's label, or `baseline` for what concerns the model as trained.
  public var method: String
  /// The length, in tokens, that the plan was made for.
  public var length: Int
  public var x: [Double]
  /// Not-a-number and infinite values are written as null.
  public var y: [Double]
  /// y minus and plus one standard error, for simulated curves; empty elsewhere.
  public var lower: [Double]
  public var upper: [Double]
  /// The closed form at the same x, for simulated curves; empty elsewhere.
  public var closedForm: [Double]
  /// One-number results, by the keys that the analysis declares.
  public var summary: [SummaryKey: Double]

  public init(
    name: String, series: String, title: String, unit: String, method: String, length: Int, x: [Double], y: [Double],
    lower: [Double] = [], upper: [Double] = [], closedForm: [Double] = [], summary: [SummaryKey: Double] = [:]
  ) {
    self.name = name
    self.series = series
    self.title = title
    self.unit = unit
    self.method = method
    self.length = length
    self.x = x
    self.y = y
    self.lower = lower
    self.upper = upper
    self.closedForm = closedForm
    self.summary = summary
  }
}

import RopeAnalysis
import RopeChart
import RopeMath

/// What figures are drawn from: the numbers of a finished run, nothing that would have to be computed again.
public struct FigureData: Sendable {
  /// One method of the run, in the run's order.
  public struct Method: Sendable, Hashable, Codable {
    /// The subject's label, as in `AnalysisSeries.method`.
    public var label: String
    /// What figures call it: `YaRN`.
    public var name: String
    /// Ids of its parts: `yarn`, `resonance`; none for a measured name that is no method.
    public var ids: [String]

    public init(label: String, name: String, ids: [String]) {
      self.label = label
      self.name = name
      self.ids = ids
    }
  }

  public var modelName: String
  public let geometry: RotaryGeometry
  public let trainedLength: Int
  public let targetLength: Int
  /// The methods that most figures show, at most eight.
  public let methods: [Method]
  /// Every method of the run, for figures that concern few of them.
  public let all: [Method]
  public let series: [AnalysisSeries]
  /// What was measured on the model; empty where nothing was.
  public let measurements: Measurements
  /// The methods that were measured, in the order of the files.
  public let measured: [Method]

  public init(
    modelName: String, geometry: RotaryGeometry, trainedLength: Int, targetLength: Int, methods: [Method],
    all: [Method]? = nil, series: [AnalysisSeries], measurements: Measurements = Measurements(), measured: [Method] = []
  ) {
    self.modelName = modelName
    self.geometry = geometry
    self.trainedLength = trainedLength
    self.targetLength = targetLength
    self.methods = methods
    self.all = all ?? methods
    self.series = series
    self.measurements = measurements
    self.measured = measured
  }

  /// The curve of an analysis for a method (`baseline` for the model as trained).
  public func series(_ name: String, _ series: String, method: String) -> AnalysisSeries? {
    self.series.first { $0.name == name && $0.series == series && $0.method == method }
  }

  /// The style of a method: its own row of the table, told apart where two methods of the run share their ids. What was
  /// measured under a name that is no method has the look of its place.
  public func style(of method: Method) -> SeriesStyle {
    guard !method.ids.isEmpty else { return MethodStyles.ordered(measured.firstIndex(of: method) ?? 0) }
    let alike = (all + measured.filter { !all.contains($0) }).filter { $0.ids == method.ids }
    return MethodStyles.style(ids: method.ids, variant: alike.firstIndex(of: method) ?? 0)
  }
}

import RopeAnalysis
import RopeChart
import RopeMath
import RopeText

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
  /// What titles, captions and axes are told in. Methods take the names that it has for them, once: it is set before an
  /// author's names.
  public var language = Language.english {
    didSet {
      (methods, all, measured) = (
        methods.map { $0.named(in: language) }, all.map { $0.named(in: language) },
        measured.map { $0.named(in: language) }
      )
    }
  }
  /// Whether the figures are those of the layers that see the whole context, beside which the model has others.
  public var concernsFullLayers = false
  public let geometry: RotaryGeometry
  public let trainedLength: Int
  public let targetLength: Int
  /// The methods that most figures show, at most eight.
  public private(set) var methods: [Method]
  /// Every method of the run, for figures that concern few of them.
  public private(set) var all: [Method]
  public let series: [AnalysisSeries]
  /// What was measured on the model; empty where nothing was.
  public let measurements: Measurements
  /// The methods that were measured, in the order of the files.
  public private(set) var measured: [Method]
  private var looks: MethodLooks
  private var measuredLooks: MethodLooks

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
    (looks, measuredLooks) = Self.looks(methods, self.all, measured, author: [:])
  }

  /// Methods of one figure are either those of the run or those that were measured.
  private static func looks(
    _ methods: [Method], _ all: [Method], _ measured: [Method], author: [String: AuthorStyle.Series]
  ) -> (MethodLooks, MethodLooks) {
    let shown = MethodLooks(methods, author: author, name: "own")
    let known = Dictionary(methods.compactMap { method in shown[method.label].map { (method.label, $0) } }) {
      first, _ in
      first
    }
    let run = MethodLooks(
      methods + all.filter { known[$0.label] == nil }, known: known, sharesColours: true, name: "more")
    let common = known.filter { entry in measured.contains { $0.label == entry.key } }
    return (run, MethodLooks(measured, known: common, author: author.filter { known[$0.key] == nil }, name: "measured"))
  }

  /// Methods named, ordered and coloured as an author wants them.
  ///
  /// - Throws: `AuthorStyleError` where a name stands for several methods.
  public func styled(by author: AuthorStyle) throws(AuthorStyleError) -> FigureData {
    var data = self
    var changes: [String: AuthorStyle.Series] = [:]
    let every = all + measured.filter { !all.contains($0) }
    func method(_ key: String) throws(AuthorStyleError) -> Method? {
      let found = every.filter { AuthorStyle.names(key, $0) }
      let exact = found.filter { $0.label.lowercased() == key.lowercased() }
      let labels = (exact.isEmpty ? found : exact).map(\.label)
      guard Set(labels).count <= 1 else { throw .severalSeries(key, labels: labels) }
      return exact.first ?? found.first
    }
    for (key, change) in author.series.sorted(by: { $0.key < $1.key }) {
      if let found = try method(key) { changes[found.label] = change }
    }
    var places: [String: Int] = [:]
    for (place, key) in author.order.enumerated() {
      guard let found = try method(key) else { throw .unknownSeries(key, known: every.map(\.label)) }
      places[found.label] = place
    }
    func changed(_ methods: [Method]) -> [Method] {
      methods.enumerated().sorted { left, right in
        let ranks = (places[left.element.label] ?? .max, places[right.element.label] ?? .max)
        return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0 < ranks.1
      }.map { entry in
        var method = entry.element
        if let name = changes[method.label]?.name { method.name = name }
        return method
      }
    }
    (data.methods, data.all, data.measured) = (changed(methods), changed(all), changed(measured))
    let shown = (data.methods + data.measured).map(\.label).reduce(into: [String]()) { labels, label in
      if !labels.contains(label), changes[label]?.colour == nil { labels.append(label) }
    }
    for (label, colour) in zip(shown, author.palette) { changes[label, default: .init()].colour = colour }
    (data.looks, data.measuredLooks) = Self.looks(data.methods, data.all, data.measured, author: changes)
    return data
  }

  /// The curve of an analysis for a method (`baseline` for the model as trained).
  public func series(_ name: String, _ series: String, method: String) -> AnalysisSeries? {
    // By index: a curve is not copied to be looked at.
    for index in self.series.indices
    where self.series[index].method == method && self.series[index].name == name && self.series[index].series == series
    { return self.series[index] }
    return nil
  }

  /// The style of a method: its own row of the table, or what tells it apart from the others of its figures.
  public func style(of method: Method) -> SeriesStyle {
    looks[method.label] ?? measuredLooks[method.label] ?? MethodStyles.style(ids: method.ids)
  }
}

import RopeChart
import RopeMath

/// What an author asks of a figure beyond its kind: names, looks and order of its series, limits, scales and labels of
/// its axes, title and notes. Sizes and faces are the `FigureStyle`'s.
public struct AuthorStyle: Sendable, Hashable {
  /// Changes of one series; nil leaves it as it is.
  public struct Series: Sendable, Hashable {
    public var name: String?
    /// `RRGGBB`, on light ground and on dark.
    public var colour: String?
    public var dash: [Double]?
    public var marker: SeriesStyle.Marker?

    public init() {}

    func changed(_ style: SeriesStyle) -> SeriesStyle {
      var style = style
      if let colour { (style.light, style.dark) = (colour, colour) }
      if let dash { style.dash = dash }
      if let marker { style.marker = marker }
      return style
    }
  }

  /// A wish for one panel, or for all.
  public struct Scoped<Value: Sendable & Hashable>: Sendable, Hashable {
    /// From 0 on; nil for every panel.
    public var panel: Int?
    public var value: Value

    public init(_ value: Value, panel: Int? = nil) {
      self.value = value
      self.panel = panel
    }
  }

  public struct AxisWishes: Sendable, Hashable {
    public var label: [Scoped<String>] = []
    public var limits: [Scoped<AxisLimits>] = []
    public var scale: [Scoped<Axis.Scale>] = []
  }

  /// A note at a point, or, without y, an upright rule with a name.
  public struct Annotation: Sendable, Hashable {
    public var x: Double
    public var y: Double?
    public var text: String

    public init(x: Double, y: Double?, text: String) {
      self.x = x
      self.y = y
      self.text = text
    }
  }

  /// By what the author calls the series: a method's SPEC, id, alias or name, or a name in the figure.
  public var series: [String: Series] = [:]
  /// `RRGGBB` each: what methods without a colour of the author's take, in their order; those beyond its end keep their own.
  public var palette: [String] = []
  /// Methods in this order, the others after them.
  public var order: [String] = []
  public var x = AxisWishes()
  public var y = AxisWishes()
  /// First and last pair of axes that run over pairs.
  public var pairs: ClosedRange<Int>?
  public var title: String?
  public var annotations: [Scoped<Annotation>] = []

  public init() {}

  /// Whether a name stands for a method.
  static func names(_ key: String, _ method: FigureData.Method) -> Bool {
    let wanted = key.lowercased()
    if wanted == method.label.lowercased() || wanted == method.name.lowercased() { return true }
    guard !method.ids.isEmpty, let specification = try? MethodSpecification.parse(key) else { return false }
    return specification.description == method.label
      || specification.parts.allSatisfy(\.given.isEmpty) && specification.parts.map(\.id) == method.ids
  }
}

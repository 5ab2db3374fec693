/// What a panel draws. Values are in data units; a value that is not finite breaks a line or is left out.
public enum Mark: Sendable, Hashable, Codable {
  /// A polyline; markers, where the style has one, at a few spread points, or at each where there are at most 24.
  case line(Series)
  /// Points without a line, with error bars where `lower` and `upper` are given.
  case points(Series)
  /// The area between `lower` and `upper`.
  case band(Series)
  /// Constant between pair indices: drawn as steps centred on x.
  case steps(Series)
  /// A straight rule across the frame with a short label.
  case rule(Rule)
  /// Shaded range across the frame, drawn below everything.
  case region(Region)
  /// One dot for each category row: y is the row's index.
  case dots(Series)
  /// A grid of values coloured by a map.
  case cells(Cells)
  /// A short text at a point, or an arrowless note.
  case note(Note)

  public struct Series: Sendable, Hashable, Codable {
    /// What the label says; empty for a series that needs none.
    public var label: String
    public var style: SeriesStyle
    public var x: [Double]
    public var y: [Double]
    public var lower: [Double]
    public var upper: [Double]

    public init(
      label: String, style: SeriesStyle, x: [Double], y: [Double], lower: [Double] = [], upper: [Double] = []
    ) {
      self.label = label
      self.style = style
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
    }
  }

  public struct Rule: Sendable, Hashable, Codable {
    public enum Direction: String, Sendable, Codable { case horizontal, vertical }
    public var direction: Direction
    public var at: Double
    public var label: String

    public init(_ direction: Direction, at: Double, label: String) {
      self.direction = direction
      self.at = at
      self.label = label
    }
  }

  public struct Region: Sendable, Hashable, Codable {
    public var direction: Rule.Direction
    /// In data units of x for `vertical` (a vertical strip), of y for `horizontal`.
    public var from: Double
    public var to: Double
    public var label: String

    public init(_ direction: Rule.Direction, from: Double, to: Double, label: String) {
      self.direction = direction
      self.from = from
      self.to = to
      self.label = label
    }
  }

  public struct Cells: Sendable, Hashable, Codable {
    public enum Colours: String, Sendable, Codable {
      /// cividis: light is more.
      case sequential
      /// Blue, white, orange around 0.
      case diverging
      /// For angles.
      case cyclic
      /// cividis from its light end: dark is more. A cell without a value is none at all, one step lighter than the least,
      /// so that the steps stay in order where only their lightness is seen.
      case density
    }

    /// Cell edges along x and y, ascending, one more than there are columns and rows; drawn on the axes' scales.
    public var xEdges: [Double]
    public var yEdges: [Double]
    /// Row by row from the first y edge; not-a-number cells are hatched, and lighter than any other where the colours tell
    /// densities.
    public var values: [Double]
    public var colours: Colours
    public var domain: ClosedRange<Double>
    /// Label of the colour bar, with its unit.
    public var label: String
    public var format: Axis.Format
    /// Printed in the cells in place of the values, as many as there are values; nil for the values.
    public var texts: [String]?

    public init(
      xEdges: [Double], yEdges: [Double], values: [Double], colours: Colours = .sequential,
      domain: ClosedRange<Double>, label: String, format: Axis.Format = .number, texts: [String]? = nil
    ) {
      self.xEdges = xEdges
      self.yEdges = yEdges
      self.values = values
      self.colours = colours
      self.domain = domain
      self.label = label
      self.format = format
      self.texts = texts
    }
  }

  public struct Note: Sendable, Hashable, Codable {
    public var x: Double
    public var y: Double
    public var text: String

    public init(x: Double, y: Double, text: String) {
      self.x = x
      self.y = y
      self.text = text
    }
  }
}

/// One step of drawing. Coordinates are points, angles degrees.
public enum DrawOperation: Sendable, Hashable, Codable {
  /// An open or closed polyline; several for a broken line.
  case path(Path)
  case text(Text)
  /// The same small shape at several points.
  case markers(Markers)
  /// A grid of coloured cells, one pixel a cell, scaled without smoothing.
  case image(Image)
  /// Begins and ends a named part: series, axis, alt text. SVG makes a `<g>` of it.
  case beginGroup(Group)
  case endGroup
  /// Everything until `endClip` is cut to the rectangle.
  case beginClip(Rectangle)
  case endClip
  /// An area that opens a link; in a PDF an internal one names a destination.
  case link(Rectangle, Target)
  /// A place that links and outlines can point to.
  case destination(name: String, x: Double, y: Double)

  public struct Path: Sendable, Hashable, Codable {
    public var segments: [[Point]]
    public var closed: Bool
    public var stroke: Stroke?
    public var fill: Paint?
    public var fillOpacity: Double

    public init(
      segments: [[Point]], closed: Bool = false, stroke: Stroke? = nil, fill: Paint? = nil, fillOpacity: Double = 1
    ) {
      self.segments = segments
      self.closed = closed
      self.stroke = stroke
      self.fill = fill
      self.fillOpacity = fillOpacity
    }
  }

  public struct Stroke: Sendable, Hashable, Codable {
    public var paint: Paint
    public var width: Double
    /// In points, already multiplied by the width.
    public var dash: [Double]

    public init(_ paint: Paint, width: Double, dash: [Double] = []) {
      self.paint = paint
      self.width = width
      self.dash = dash
    }
  }

  public struct Text: Sendable, Hashable, Codable {
    public enum Anchor: String, Sendable, Codable { case start, middle, end }
    public var string: String
    /// The baseline's point for the anchor.
    public var at: Point
    public var anchor: Anchor
    public var role: FontRole
    public var size: Double
    public var paint: Paint
    /// Clockwise degrees about `at`; −90 for a y label.
    public var rotation: Double

    public init(
      _ string: String, at: Point, anchor: Anchor = .start, role: FontRole = .text, size: Double, paint: Paint = .ink,
      rotation: Double = 0
    ) {
      self.string = string
      self.at = at
      self.anchor = anchor
      self.role = role
      self.size = size
      self.paint = paint
      self.rotation = rotation
    }
  }

  public struct Markers: Sendable, Hashable, Codable {
    public var shape: SeriesStyle.Marker
    /// Width and height of the shape.
    public var size: Double
    public var points: [Point]
    /// Outline of open shapes, fill of filled ones; open shapes are filled with the ground.
    public var paint: Paint
    public var lineWidth: Double

    public init(
      _ shape: SeriesStyle.Marker, size: Double, at points: [Point], paint: Paint, lineWidth: Double
    ) {
      self.shape = shape
      self.size = size
      self.points = points
      self.paint = paint
      self.lineWidth = lineWidth
    }
  }

  public struct Image: Sendable, Hashable, Codable {
    public var frame: Rectangle
    public var columns: Int
    public var rows: Int
    /// 0xRRGGBB, row by row from the top; nil is transparent.
    public var pixels: [UInt32?]

    public init(frame: Rectangle, columns: Int, rows: Int, pixels: [UInt32?]) {
      self.frame = frame
      self.columns = columns
      self.rows = rows
      self.pixels = pixels
    }
  }

  public struct Group: Sendable, Hashable, Codable {
    /// CSS class: `series`, `axis`.
    public var name: String
    /// The series' key, where it is one.
    public var key: String?
    /// Spoken and hover text.
    public var title: String?
    /// Facts for scripts, such as an axis's domain; SVG writes them as `data-` attributes.
    public var attributes: [String: String]
    /// The part's place, for a panel the frame between its axes.
    public var frame: Rectangle?

    public init(
      _ name: String, key: String? = nil, title: String? = nil, attributes: [String: String] = [:],
      frame: Rectangle? = nil
    ) {
      self.name = name
      self.key = key
      self.title = title
      self.attributes = attributes
      self.frame = frame
    }
  }

  public enum Target: Sendable, Hashable, Codable {
    case address(String)
    case destination(String)
  }
}

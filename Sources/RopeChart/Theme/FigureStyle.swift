/// Widths, sizes and faces of a venue or screen.
public struct FigureStyle: Sendable, Hashable, Codable {
  /// Where series are named.
  public enum Legend: String, Sendable, Hashable, Codable, CaseIterable {
    /// On the lines and at their ends; in a key what has no room there.
    case direct
    /// In a column at the right of the frames.
    case right
    /// In rows above the frames.
    case top
    /// Nowhere.
    case none
  }

  public var id: String
  /// In points (1/72 in).
  public var width: Double
  /// Height of the whole figure in points; nil takes what the frames' aspect gives.
  public var height: Double?
  /// Height of each frame as a share of its width; nil takes the figure's own.
  public var aspect: Double?
  /// The greatest height as a share of the width where neither height nor aspect is given; nil for no limit.
  public var largestAspect: Double?
  /// Points: axis labels and series labels; ticks and notes.
  public var labelSize: Double
  public var tickSize: Double
  /// Whether the figure's title is drawn (reports, slides) or left to the caption (papers).
  public var drawsTitle: Bool
  /// Nil names series directly where all have room for it, else in a key above the frames.
  public var legend: Legend?
  /// Font families by preference for text; the first that is installed is used and named in the record.
  public var families: [String]
  /// Width of data lines in points; axis lines are half as wide.
  public var lineWidth: Double
  /// Whether the frame is closed on all four sides, as some journals want, instead of left and bottom only.
  public var drawsBox: Bool
  /// Free space along all four edges in points.
  public var padding: Double
  /// Of a PNG.
  public var dotsPerInch: Double

  /// With families behind its own that have the characters of a language.
  public func told(in language: String) -> FigureStyle {
    guard language == "zh" else { return self }
    var style = self
    let isSans = families.contains { FontFamilies.sans.contains($0) }
    style.families += (isSans ? FontFamilies.chineseSans : FontFamilies.chineseSerif).filter { !families.contains($0) }
    return style
  }

  /// Whether it goes across both columns of a page.
  public var spansColumns: Bool { id.hasSuffix("-full") }

  public init(
    id: String, width: Double, labelSize: Double, tickSize: Double, drawsTitle: Bool = false, families: [String],
    lineWidth: Double = 1, drawsBox: Bool = false, largestAspect: Double? = 1.2, padding: Double = 2
  ) {
    self.id = id
    self.width = width
    self.largestAspect = largestAspect
    self.labelSize = labelSize
    self.tickSize = tickSize
    self.drawsTitle = drawsTitle
    self.families = families
    self.lineWidth = lineWidth
    self.drawsBox = drawsBox
    self.padding = padding
    dotsPerInch = 144
  }
}

/// Widths, sizes and faces of a venue or screen.
public struct FigureStyle: Sendable, Hashable, Codable {
  public var id: String
  /// In points (1/72 in).
  public var width: Double
  /// Points: axis labels and series labels; ticks and notes.
  public var labelSize: Double
  public var tickSize: Double
  /// Whether the figure's title is drawn (reports, slides) or left to the caption (papers).
  public var drawsTitle: Bool
  /// Font families by preference for text; the first that is installed is used and named in the record.
  public var families: [String]
  /// Width of data lines in points; axis lines are half as wide.
  public var lineWidth: Double
  /// Whether the frame is closed on all four sides, as some journals want, instead of left and bottom only.
  public var drawsBox: Bool

  public init(
    id: String, width: Double, labelSize: Double, tickSize: Double, drawsTitle: Bool = false, families: [String],
    lineWidth: Double = 1, drawsBox: Bool = false
  ) {
    self.id = id
    self.width = width
    self.labelSize = labelSize
    self.tickSize = tickSize
    self.drawsTitle = drawsTitle
    self.families = families
    self.lineWidth = lineWidth
    self.drawsBox = drawsBox
  }
}

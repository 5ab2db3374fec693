/// One frame of a figure: two axes and the marks between them, drawn in order.
public struct Panel: Sendable, Hashable, Codable {
  public var title: String
  public var x: Axis
  public var y: Axis
  public var marks: [Mark]
  /// Label series at their ends where they fit (default), else in a key beside the frame; never over data.
  public var labelsSeries: Bool

  public init(title: String = "", x: Axis, y: Axis, marks: [Mark], labelsSeries: Bool = true) {
    self.title = title
    self.x = x
    self.y = y
    self.marks = marks
    self.labelsSeries = labelsSeries
  }
}

/// A rectangle in points, y downwards.
public struct Rectangle: Sendable, Hashable, Codable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var right: Double { x + width }
  public var bottom: Double { y + height }
}

extension Rectangle {
  /// Whether a point lies inside or on the edge, with a hair's slack.
  public func contains(_ point: Point) -> Bool {
    let slack = 1e-6
    return point.x >= x - slack && point.x <= right + slack && point.y >= y - slack && point.y <= bottom + slack
  }

  public func intersects(_ other: Rectangle) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  /// With x and y exchanged.
  var transposed: Rectangle { Rectangle(x: y, y: x, width: height, height: width) }

  public func moved(_ dx: Double, _ dy: Double) -> Rectangle {
    Rectangle(x: x + dx, y: y + dy, width: width, height: height)
  }

  /// Smaller by `margin` on all sides; larger where it is negative.
  public func inset(_ margin: Double) -> Rectangle {
    Rectangle(x: x + margin, y: y + margin, width: max(0, width - 2 * margin), height: max(0, height - 2 * margin))
  }
}

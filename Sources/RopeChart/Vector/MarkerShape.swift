import Foundation

extension SeriesStyle.Marker {
  public var isFilled: Bool {
    switch self {
    case .filledCircle, .filledSquare, .filledTriangle, .filledDiamond, .star: true
    default: false
    }
  }

  public var isCircle: Bool { self == .circle || self == .filledCircle }

  /// The strokes or the outline of a shape of width 1 about (0, 0); empty for circles and `none`. Shapes are sized to
  /// look equally large.
  public var outline: (segments: [[Point]], closed: Bool) {
    switch self {
    case .none, .circle, .filledCircle: return ([], true)
    case .square, .filledSquare: return ([polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)], 0.44)], true)
    case .triangle, .filledTriangle: return ([polygon([(0, -1), (0.95, 0.72), (-0.95, 0.72)], 0.6)], true)
    case .invertedTriangle: return ([polygon([(0, 1), (0.95, -0.72), (-0.95, -0.72)], 0.6)], true)
    case .diamond, .filledDiamond: return ([polygon([(0, -1), (1, 0), (0, 1), (-1, 0)], 0.62)], true)
    case .cross:
      return ([polygon([(-1, -1), (1, 1)], 0.44), polygon([(-1, 1), (1, -1)], 0.44)], false)
    case .plus: return ([polygon([(-1, 0), (1, 0)], 0.56), polygon([(0, -1), (0, 1)], 0.56)], false)
    case .star:
      let corners = (0..<10).map { index -> (Double, Double) in
        let angle = Double(index) * Double.pi / 5
        let radius = index.isMultiple(of: 2) ? 1.0 : 0.42
        return (radius * sin(angle), -radius * cos(angle))
      }
      return ([polygon(corners, 0.7)], true)
    }
  }

  private func polygon(_ corners: [(Double, Double)], _ scale: Double) -> [Point] {
    corners.map { Point($0.0 * scale, $0.1 * scale) }
  }
}

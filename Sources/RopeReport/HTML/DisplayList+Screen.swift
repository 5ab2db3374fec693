import RopeChart

extension DisplayList {
  /// The same picture in fewer and shorter numbers: places to a tenth of a point, which is less than a seventh of a pixel,
  /// curves without the points that lie on the line between their neighbours, hatching without its shortest strokes, of
  /// a panel's facts those that the page's script reads.
  var forScreen: DisplayList {
    var list = self
    list.operations = operations.map { operation in
      switch operation {
      case .path(var path):
        if Self.isHatching(path) { path.segments.removeAll(where: Self.isShortStroke) }
        path.segments = path.segments.map { Self.simplified($0).map(Self.rounded) }
        return .path(path)
      case .markers(var markers):
        markers.points = markers.points.map(Self.rounded)
        markers.size = (markers.size * 5).rounded() / 5
        return .markers(markers)
      case .text(var text):
        text.at = Self.rounded(text.at)
        return .text(text)
      case .beginGroup(var group):
        group.attributes = group.attributes.filter { ["x-domain", "x-scale"].contains($0.key) }
        return .beginGroup(group)
      case .image, .endGroup, .beginClip, .endClip, .link, .destination: return operation
      }
    }
    return list
  }

  private static func rounded(_ point: Point) -> Point {
    Point((point.x * 10).rounded() / 10, (point.y * 10).rounded() / 10)
  }

  /// Many thin slanting strokes.
  private static func isHatching(_ path: DrawOperation.Path) -> Bool {
    guard path.fill == nil, let stroke = path.stroke, stroke.width <= 0.5, path.segments.count > 30 else {
      return false
    }
    return path.segments.allSatisfy { $0.count == 2 && $0[0].x != $0[1].x && $0[0].y != $0[1].y }
  }

  private static func isShortStroke(_ points: [Point]) -> Bool {
    points.count == 2 && abs(points[0].x - points[1].x) < 2.5 && abs(points[0].y - points[1].y) < 2.5
  }

  /// Points within this distance, in points, of the line that is drawn without them are left out: less than half a pixel.
  private static let tolerance = 0.3

  /// After Ramer (1972) and Douglas and Peucker (1973).
  private static func simplified(_ points: [Point]) -> [Point] {
    guard points.count > 4 else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    isKept[0] = true
    isKept[points.count - 1] = true
    var spans = [(0, points.count - 1)]
    while let (first, last) = spans.popLast() {
      var farthest = (place: first, distance: tolerance)
      for place in first + 1..<max(last, first + 1) {
        let distance = distance(points[place], points[first], points[last])
        if distance > farthest.distance { farthest = (place, distance) }
      }
      if farthest.place > first {
        isKept[farthest.place] = true
        spans += [(first, farthest.place), (farthest.place, last)]
      }
    }
    return points.indices.filter { isKept[$0] }.map { points[$0] }
  }

  /// From a point to the stretch between two others.
  private static func distance(_ point: Point, _ start: Point, _ end: Point) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = dx * dx + dy * dy
    let share = length > 0 ? min(max(((point.x - start.x) * dx + (point.y - start.y) * dy) / length, 0), 1) : 0
    let (x, y) = (point.x - start.x - share * dx, point.y - start.y - share * dy)
    return (x * x + y * y).squareRoot()
  }
}

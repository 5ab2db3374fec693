import Foundation

/// Operations on broken lines in points.
public enum Polyline {
  /// Thins a line to at most four points (first, lowest, highest, last) in each column of `column` points; the
  /// envelope stays exact. Lines that do not run to the right are left as they are.
  public static func decimated(_ points: [Point], column: Double = 0.25) -> [Point] {
    guard points.count > 4, let first = points.first, let last = points.last,
      Double(points.count) > 4 * (abs(last.x - first.x) / column + 1)
        || points.count > 64,
      zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x })
        || zip(points, points.dropFirst()).allSatisfy({ $0.x >= $1.x })
    else { return points }
    var result: [Point] = []
    var start = 0
    while start < points.count {
      let bin = floor(points[start].x / column)
      var end = start
      var lowest = start
      var highest = start
      while end < points.count, floor(points[end].x / column) == bin {
        if points[end].y < points[lowest].y { lowest = end }
        if points[end].y > points[highest].y { highest = end }
        end += 1
      }
      for index in Set([start, lowest, highest, end - 1]).sorted() { result.append(points[index]) }
      start = end
    }
    return result
  }

  /// Drops points that lie within `tolerance` of the line through their neighbours (Ramer, Douglas and Peucker).
  public static func simplified(_ points: [Point], tolerance: Double = 0.02) -> [Point] {
    guard points.count > 2 else { return points }
    var keeps = [Bool](repeating: false, count: points.count)
    keeps[0] = true
    keeps[points.count - 1] = true
    var open = [(0, points.count - 1)]
    while let (first, last) = open.popLast() {
      guard last - first > 1 else { continue }
      let (a, b) = (points[first], points[last])
      let length = hypot(b.x - a.x, b.y - a.y)
      var worst = (distance: tolerance, index: -1)
      for index in (first + 1)..<last {
        let p = points[index]
        let distance =
          length == 0
          ? hypot(p.x - a.x, p.y - a.y) : abs((b.x - a.x) * (a.y - p.y) - (a.x - p.x) * (b.y - a.y)) / length
        if distance > worst.distance { worst = (distance, index) }
      }
      guard worst.index > 0 else { continue }
      keeps[worst.index] = true
      open.append((first, worst.index))
      open.append((worst.index, last))
    }
    return points.indices.filter { keeps[$0] }.map { points[$0] }
  }

  /// The parts of a line inside a rectangle, each an unbroken line (Liang and Barsky).
  public static func clipped(_ points: [Point], to frame: Rectangle) -> [[Point]] {
    var parts: [[Point]] = []
    var current: [Point] = []
    if points.count == 1, let only = points.first { return frame.contains(only) ? [[only]] : [] }
    for (a, b) in zip(points, points.dropFirst()) {
      guard let (from, to) = clip(a, b, frame) else {
        if current.count > 1 { parts.append(current) }
        current = []
        continue
      }
      if current.last != from {
        if current.count > 1 { parts.append(current) }
        current = [from]
      }
      if from != to { current.append(to) }
      if to != b {
        if current.count > 1 { parts.append(current) }
        current = []
      }
    }
    if current.count > 1 { parts.append(current) }
    return parts
  }

  private static func clip(_ a: Point, _ b: Point, _ frame: Rectangle) -> (Point, Point)? {
    var enter = 0.0
    var leave = 1.0
    let dx = b.x - a.x
    let dy = b.y - a.y
    for (p, q) in [(-dx, a.x - frame.x), (dx, frame.right - a.x), (-dy, a.y - frame.y), (dy, frame.bottom - a.y)] {
      if p == 0 {
        if q < 0 { return nil }
      } else if p < 0 {
        enter = max(enter, q / p)
      } else {
        leave = min(leave, q / p)
      }
    }
    guard enter <= leave else { return nil }
    let from = enter == 0 ? a : Point(a.x + dx * enter, a.y + dy * enter)
    let to = leave == 1 ? b : Point(a.x + dx * leave, a.y + dy * leave)
    return (from, to)
  }

  /// A filled outline cut to a rectangle (Sutherland and Hodgman).
  public static func clippedArea(_ outline: [Point], to frame: Rectangle) -> [Point] {
    typealias Side = (isInside: (Point) -> Bool, cross: (Point, Point) -> Point)
    func atX(_ x: Double) -> (Point, Point) -> Point {
      { a, b in Point(x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)) }
    }
    func atY(_ y: Double) -> (Point, Point) -> Point {
      { a, b in Point(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y) }
    }
    let sides: [Side] = [
      ({ $0.x >= frame.x }, atX(frame.x)), ({ $0.x <= frame.right }, atX(frame.right)),
      ({ $0.y >= frame.y }, atY(frame.y)), ({ $0.y <= frame.bottom }, atY(frame.bottom)),
    ]
    return sides.reduce(outline) { points, side in
      guard var previous = points.last else { return [] }
      var result: [Point] = []
      for point in points {
        if side.isInside(point) != side.isInside(previous) { result.append(side.cross(previous, point)) }
        if side.isInside(point) { result.append(point) }
        previous = point
      }
      return result
    }
  }
}

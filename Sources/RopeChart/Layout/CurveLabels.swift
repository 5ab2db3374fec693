import Foundation

/// Names set on the curves themselves, each where its curve is furthest from all others and no text, rule or point is in
/// the way.
struct CurveLabels {
  /// The heights that a curve takes in each column of one point; nil where it has none.
  struct Columns {
    var spans: [ClosedRange<Double>?]

    init(parts: [[Point]], width: Double) {
      spans = Array(repeating: nil, count: max(Int(width.rounded(.up)), 1))
      for part in parts {
        if part.count == 1, let point = part.first { add(point.x, point.y...point.y) }
        for (a, b) in zip(part, part.dropFirst()) { add(a, b) }
      }
    }

    private mutating func add(_ a: Point, _ b: Point) {
      let (left, right) = a.x <= b.x ? (a, b) : (b, a)
      let first = max(Int(left.x), 0), last = min(Int(right.x), spans.count - 1)
      guard first <= last else { return }
      for column in first...last {
        func height(_ x: Double) -> Double {
          guard right.x - left.x > 1e-9 else { return x <= left.x ? left.y : right.y }
          return left.y + (right.y - left.y) * (min(max(x, left.x), right.x) - left.x) / (right.x - left.x)
        }
        let from = height(Double(column)), to = height(Double(column) + 1)
        add(Double(column), min(from, to)...max(from, to))
      }
    }

    private mutating func add(_ x: Double, _ span: ClosedRange<Double>) {
      let column = min(max(Int(x), 0), spans.count - 1)
      spans[column] =
        spans[column].map { min($0.lowerBound, span.lowerBound)...max($0.upperBound, span.upperBound) } ?? span
    }

    /// Least and greatest height between two columns; nil where the curve does not run through all of them.
    func span(_ columns: ClosedRange<Int>) -> ClosedRange<Double>? {
      var whole: ClosedRange<Double>?
      for column in columns {
        guard spans.indices.contains(column), let span = spans[column] else { return nil }
        whole = whole.map { min($0.lowerBound, span.lowerBound)...max($0.upperBound, span.upperBound) } ?? span
      }
      return whole
    }

    /// How far the curve stays above or below a box; nil where it is not there, 0 where it runs through it.
    func distance(to box: Rectangle) -> Double? {
      var least: Double?
      for column in max(Int(box.x), 0)...max(Int(box.x), min(Int(box.right), spans.count - 1)) {
        guard spans.indices.contains(column), let span = spans[column] else { continue }
        let gap = max(span.lowerBound - box.bottom, box.y - span.upperBound, 0)
        least = min(least ?? gap, gap)
      }
      return least
    }
  }

  struct Item {
    var text: String
    /// Which of the curves it names.
    var curve: Int
    var paint: Paint
    var key: String?
    var size: Double
  }

  struct Placed {
    var item: Item
    var box: Rectangle
  }

  /// From a curve to the text beside it, and the least distance from any other.
  private static let gap = 1.6
  private static let clearance = 4.0
  /// More distance than this makes a place no better.
  private static let enough = 14.0
  /// How much a curve may climb along a text, in heights of the text.
  private static let climb = 0.9

  /// Places for those items that have one; the order of the items decides who comes first.
  ///
  /// - Parameters:
  ///   - upright: the same curves with x and y exchanged.
  ///   - rules: heights of lying rules, which no text crosses but may stand close to.
  static func place(
    _ items: [Item], curves: [Columns], upright: [Columns], rules: [Double], obstacles: [Rectangle], frame: PanelFrame,
    metrics: any TextMetrics
  ) -> [Int: Placed] {
    var placed: [Int: Placed] = [:]
    var taken = obstacles
    for (index, item) in items.enumerated() {
      let found = candidates(item, curves, upright, rules, frame: frame, metrics: metrics)
        .filter { candidate in !taken.contains { $0.intersects(candidate.box.inset(-1)) } }
        .max { $0.worth < $1.worth }
      guard let found else { continue }
      taken.append(found.box)
      placed[index] = Placed(item: item, box: found.box)
    }
    return placed
  }

  private static func candidates(
    _ item: Item, _ curves: [Columns], _ upright: [Columns], _ rules: [Double], frame: PanelFrame,
    metrics: any TextMetrics
  ) -> [(box: Rectangle, worth: Double)] {
    let width = metrics.width(of: item.text, role: .text, size: item.size)
    let height =
      metrics.ascent(role: .text, size: item.size) + metrics.descent(role: .text, size: item.size)
    guard curves.indices.contains(item.curve), upright.indices.contains(item.curve), width < frame.width * 0.6 else {
      return []
    }
    var found: [(Rectangle, Double)] = []
    func consider(_ left: Double, _ top: Double, slant: Double, isBeside: Bool = false) {
      let box = Rectangle(x: left, y: top, width: width, height: height)
      guard box.x >= 3, box.right <= frame.width - 1, box.y >= 1, box.bottom <= frame.height - 0.5,
        !rules.contains(where: { $0 > box.y - 0.8 && $0 < box.bottom + 0.8 })
      else { return }
      var nearest = enough
      for (place, curve) in curves.enumerated() where place != item.curve {
        nearest = min(nearest, curve.distance(to: box.inset(-2)) ?? enough)
        // Beside the end of its own curve a text may be as near to the ends of others.
        if isBeside, upright.indices.contains(place) {
          nearest = min(nearest, upright[place].distance(to: box.inset(-2).transposed) ?? enough)
        }
        if nearest < clearance - 2 { return }
      }
      guard curves[item.curve].distance(to: box) ?? 1 > 0 else { return }
      found.append((box, nearest - 2 * slant + 2 * (left + width / 2) / frame.width))
    }
    // Above and below where the curve lies, beside it where it is steep.
    for left in stride(from: 3.0, through: max(frame.width - width - 1, 3), by: 3) {
      guard let own = curves[item.curve].span(Int(left)...Int(left + width)),
        own.upperBound - own.lowerBound <= height * climb
      else { continue }
      let slant = (own.upperBound - own.lowerBound) / height
      consider(left, own.lowerBound - gap - height, slant: slant)
      consider(left, own.upperBound + gap, slant: slant)
    }
    for top in stride(from: 1.0, through: max(frame.height - height - 2, 1), by: 3) {
      guard let own = upright[item.curve].span(Int(top)...Int(top + height)),
        own.upperBound - own.lowerBound <= height * climb
      else { continue }
      consider(own.upperBound + 2 * gap, top, slant: 0.5, isBeside: true)
      consider(own.lowerBound - 2 * gap - width, top, slant: 0.5, isBeside: true)
    }
    return found
  }

  static func operations(_ placed: [Placed], metrics: any TextMetrics) -> [DrawOperation] {
    placed.flatMap { label -> [DrawOperation] in
      let item = label.item
      let baseline = label.box.y + metrics.ascent(role: .text, size: item.size)
      let text = DrawOperation.text(
        .init(item.text, at: Point(label.box.x, baseline), size: item.size, paint: item.paint))
      guard let key = item.key else { return [text] }
      return [.beginGroup(.init("series-label", key: key)), text, .endGroup]
    }
  }
}

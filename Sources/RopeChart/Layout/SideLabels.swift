import Foundation

/// Names of series and lying rules beside a frame's right edge, pushed apart where they would touch.
struct SideLabels: Sendable {
  struct Item: Sendable, Hashable {
    var text: String
    /// Where the line that is named ends, in the frame.
    var end: Point
    var paint: Paint
    /// Colour of the leader.
    var leader: Paint
    var key: String?
    /// Names of series are larger than those of rules.
    var size: Double
    /// The series that is named; nil for rules and strips.
    var named: PanelContent.Named?
  }

  struct Placed: Sendable {
    var item: Item
    /// Its place among the items that were given.
    var index: Int
    /// Middle of the text, upright.
    var centre: Double
    var hasLeader: Bool
  }

  private static let leastPadding = 4.0
  static let leaderWidth = 10.0

  var placed: [Placed] = []
  var width = 0.0
  /// Left edge of the texts, from the frame's right edge.
  var textOffset = 0.0

  /// The type of the series' names; nil where none is named here.
  var nameSize: Double? { placed.filter { $0.item.named != nil }.map(\.item.size).min() }

  /// From the frame to the texts: clear of a marker on the frame's edge.
  static func padding(_ frame: PanelFrame) -> Double { max(leastPadding, frame.markerSize * 0.6 + 2) }

  /// Nil where the labels are together higher than the frame.
  static func place(
    _ items: [Item], frame: PanelFrame, metrics: any TextMetrics
  ) -> SideLabels? {
    guard !items.isEmpty else { return SideLabels() }
    func height(_ size: Double) -> Double {
      metrics.ascent(role: .text, size: size) + metrics.descent(role: .text, size: size)
    }
    let order = items.indices.sorted { (items[$0].end.y, $0) < (items[$1].end.y, $1) }
    let sorted = order.map { items[$0] }
    let centres = LabelStack.centres(
      sorted.map(\.end.y), sizes: sorted.map { height($0.size) }, gap: 1,
      bounds: (-height(sorted[0].size) / 2)...(frame.height + 3))
    guard let centres else { return nil }
    var labels = SideLabels()
    labels.placed = zip(order, centres).map { index, centre in
      let item = items[index]
      let isAway = item.end.x < frame.width - 4
      return Placed(
        item: item, index: index, centre: centre,
        hasLeader: isAway || abs(centre - item.end.y) > item.size * 0.5)
    }
    let isMoved = labels.placed.contains { abs($0.centre - $0.item.end.y) > $0.item.size * 0.5 }
    labels.textOffset = padding(frame) + (isMoved ? leaderWidth : 0)
    labels.width = labels.textOffset + (items.map { metrics.width(of: $0.text, role: .text, size: $0.size) }.max() ?? 0)
    return labels
  }

  /// Upper edge of the highest text.
  func top(metrics: any TextMetrics) -> Double {
    placed.map { label in
      let size = label.item.size
      return label.centre - (metrics.ascent(role: .text, size: size) + metrics.descent(role: .text, size: size)) / 2
    }.min() ?? 0
  }

  func operations(frame: PanelFrame, metrics: any TextMetrics) -> [DrawOperation] {
    placed.flatMap { label -> [DrawOperation] in
      let size = label.item.size
      let middle = (metrics.ascent(role: .text, size: size) - metrics.descent(role: .text, size: size)) / 2
      var operations: [DrawOperation] = []
      if let key = label.item.key { operations.append(.beginGroup(.init("series-label", key: key))) }
      if label.hasLeader {
        let end = label.item.end
        var line = [Point(frame.width + 1.5, end.y)]
        if abs(label.centre - end.y) > 0.01 { line.append(Point(frame.width + textOffset - 1.5, label.centre)) }
        if line.count > 1 {
          operations.append(.path(.init(segments: [line], stroke: .init(label.item.leader, width: 0.4))))
        }
        // Inside the frame a leader must not be taken for the line going on.
        if end.x < frame.width - 4 {
          let inside = [Point(end.x + frame.markerSize * 0.6 + 1, end.y), Point(frame.width + 1.5, end.y)]
          operations.append(
            .path(.init(segments: [inside], stroke: .init(.mutedInk, width: 0.4, dash: [0.8, 2.2]))))
        }
      }
      let at = Point(frame.width + textOffset, label.centre + middle)
      operations.append(.text(.init(label.item.text, at: at, size: size, paint: label.item.paint)))
      if label.item.key != nil { operations.append(.endGroup) }
      return operations
    }
  }
}

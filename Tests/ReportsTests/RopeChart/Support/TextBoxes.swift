import RopeChart

/// Where the texts of a display list stand.
enum TextBoxes {
  static func boxes(of list: DisplayList, metrics: any TextMetrics) -> [(text: String, box: Rectangle)] {
    list.operations.compactMap { operation in
      guard case .text(let text) = operation, !text.string.isEmpty else { return nil }
      return (text.string, box(of: text, metrics: metrics))
    }
  }

  /// For texts that lie or are turned by −90°.
  static func box(of text: DrawOperation.Text, metrics: any TextMetrics) -> Rectangle {
    let width = metrics.width(of: text.string, role: text.role, size: text.size)
    let ascent = metrics.ascent(role: text.role, size: text.size)
    let descent = metrics.descent(role: text.role, size: text.size)
    let start = text.anchor == .start ? 0 : text.anchor == .middle ? -width / 2 : -width
    if text.rotation == -90 {
      return Rectangle(x: text.at.x - ascent, y: text.at.y - start - width, width: ascent + descent, height: width)
    }
    return Rectangle(x: text.at.x + start, y: text.at.y - ascent, width: width, height: ascent + descent)
  }

  /// Pairs of texts whose boxes share more than `slack` points in both directions.
  static func collisions(_ list: DisplayList, metrics: any TextMetrics, slack: Double = 0.05) -> [String] {
    let all = boxes(of: list, metrics: metrics)
    var found: [String] = []
    for (index, one) in all.enumerated() {
      for other in all[(index + 1)...] where one.box.inset(slack).intersects(other.box.inset(slack)) {
        found.append("“\(one.text)” and “\(other.text)”")
      }
    }
    return found
  }

  /// Texts that reach beyond the page.
  static func outside(_ list: DisplayList, metrics: any TextMetrics, slack: Double = 0.05) -> [String] {
    boxes(of: list, metrics: metrics).filter { _, box in
      box.x < -slack || box.y < -slack || box.right > list.width + slack || box.bottom > list.height + slack
    }.map { "“\($0.text)” at \($0.box)" }
  }
}

extension TextBoxes {
  /// Names set on curves that a line of another series runs through.
  static func crossings(_ list: DisplayList, metrics: any TextMetrics, slack: Double = 0.5) -> [String] {
    var groups: [DrawOperation.Group] = []
    var labels: [(key: String, text: String, box: Rectangle)] = []
    var lines: [(key: String, a: Point, b: Point)] = []
    for operation in list.operations {
      switch operation {
      case .beginGroup(let group): groups.append(group)
      case .endGroup: groups.removeLast()
      case .text(let text):
        if let group = groups.last, group.name == "series-label", let key = group.key {
          labels.append((key, text.string, box(of: text, metrics: metrics)))
        }
      case .path(let path):
        guard let group = groups.last, group.name == "series", let key = group.key, path.fill == nil else { continue }
        for part in path.segments {
          for (a, b) in zip(part, part.dropFirst()) { lines.append((key, a, b)) }
        }
      default: break
      }
    }
    return labels.flatMap { label in
      lines.filter { $0.key != label.key && crosses($0.a, $0.b, label.box.inset(slack)) }.prefix(1)
        .map { "\($0.key) runs through “\(label.text)”" }
    }
  }

  /// Texts that a marker reaches into by more than `slack` points.
  static func marked(_ list: DisplayList, metrics: any TextMetrics, slack: Double = 0.3) -> [String] {
    let all = boxes(of: list, metrics: metrics)
    let markers = list.operations.flatMap { operation -> [Rectangle] in
      guard case .markers(let markers) = operation else { return [] }
      return markers.points.map {
        Rectangle(x: $0.x - markers.size / 2, y: $0.y - markers.size / 2, width: markers.size, height: markers.size)
          .inset(slack)
      }
    }
    return all.filter { text in markers.contains { $0.intersects(text.box) } }.map { "a marker on “\($0.text)”" }
  }

  static func smallest(_ list: DisplayList) -> Double {
    list.operations.compactMap { operation in
      if case .text(let text) = operation { return text.size }
      return nil
    }.min() ?? .infinity
  }

  /// Whether a line has a part inside a box (Liang and Barsky).
  private static func crosses(_ a: Point, _ b: Point, _ box: Rectangle) -> Bool {
    var from = 0.0, to = 1.0
    let edges = [
      (a.x - b.x, a.x - box.x), (b.x - a.x, box.right - a.x), (a.y - b.y, a.y - box.y), (b.y - a.y, box.bottom - a.y),
    ]
    for (slope, distance) in edges {
      if slope == 0 {
        if distance < 0 { return false }
      } else if slope < 0 {
        from = max(from, distance / slope)
      } else {
        to = min(to, distance / slope)
      }
    }
    return from < to
  }
}

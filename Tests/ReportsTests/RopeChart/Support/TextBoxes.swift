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

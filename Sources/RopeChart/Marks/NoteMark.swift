import Foundation

/// Short texts inside a frame, each beside its point where it covers the least data and no other note.
enum NoteMark {
  static func place(
    _ notes: [Mark.Note], obstacles: [Point], taken: [Rectangle], frame: PanelFrame, metrics: any TextMetrics
  ) -> [DrawOperation] {
    let size = frame.style.tickSize
    let ascent = metrics.ascent(role: .text, size: size)
    let height = ascent + metrics.descent(role: .text, size: size)
    var taken = taken
    var operations: [DrawOperation] = []
    for note in notes {
      guard frame.contains(note.x, note.y), let point = frame.point(note.x, note.y) else { continue }
      let block = TextFitter(metrics: metrics).block(note.text, size: size, width: frame.width * 0.9, lines: 1)
      guard let line = block.lines.first else { continue }
      let best = candidates(around: point, width: block.width, height: height)
        .filter { box in
          box.x >= 0 && box.right <= frame.width && box.y >= 0 && box.bottom <= frame.height
            && !taken.contains { $0.intersects(box) }
        }
        .enumerated()
        .min { cost($0, obstacles) < cost($1, obstacles) }?.element
      guard let best else { continue }
      taken.append(best)
      if let leader = leader(from: point, to: best) {
        operations.append(.path(.init(segments: [leader], stroke: .init(.mutedInk, width: 0.4))))
      }
      operations.append(.text(.init(line, at: Point(best.x, best.y + ascent), size: block.size)))
    }
    return operations
  }

  /// Eight places around the point, near ones first.
  private static func candidates(around point: Point, width: Double, height: Double) -> [Rectangle] {
    [4.0, 9, 16, 26, 40, 60, 90].flatMap { distance -> [Rectangle] in
      let lefts = [point.x + distance, point.x - distance - width, point.x - width / 2]
      let tops = [point.y - distance - height, point.y + distance, point.y - height / 2]
      return lefts.flatMap { left in
        tops.compactMap { top in
          if left == lefts[2], top == tops[2] { return nil }
          return Rectangle(x: left, y: top, width: width, height: height)
        }
      }
    }
  }

  /// A hairline from a text that stands far off to its point.
  private static func leader(from point: Point, to box: Rectangle) -> [Point]? {
    let near = Point(min(max(point.x, box.x), box.right), min(max(point.y, box.y), box.bottom))
    let distance = hypot(near.x - point.x, near.y - point.y)
    guard distance > 12 else { return nil }
    return [near, Point(point.x + (near.x - point.x) * 2 / distance, point.y + (near.y - point.y) * 2 / distance)]
  }

  private static func cost(_ entry: (offset: Int, element: Rectangle), _ obstacles: [Point]) -> Double {
    let box = entry.element.inset(-1)
    return Double(obstacles.count { box.contains($0) }) * 10 + Double(entry.offset)
  }
}

extension PanelLayout {
  func notes() -> [DrawOperation] {
    let notes = panel.marks.compactMap { mark -> Mark.Note? in
      if case .note(let note) = mark { return note }
      return nil
    }
    guard !notes.isEmpty else { return [] }
    return NoteMark.place(notes, obstacles: obstacles(), taken: curveLabels.map(\.box), frame: frame, metrics: metrics)
  }

  /// Points along everything drawn, two points apart.
  private func obstacles() -> [Point] {
    var points: [Point] = []
    func add(_ parts: [[Point]]) {
      for part in parts {
        for (a, b) in zip(part, part.dropFirst()) {
          let steps = max(1, Int(hypot(b.x - a.x, b.y - a.y) / 2))
          for step in 0...steps {
            let share = Double(step) / Double(steps)
            points.append(Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share))
          }
        }
      }
    }
    for (_, trace) in traces { add(trace.parts) }
    for mark in panel.marks {
      switch mark {
      case .points(let series), .dots(let series):
        points += zip(series.x, series.y).compactMap { frame.point($0, $1) }
      case .rule(let rule):
        for operation in RuleMark.draw(rule, frame: frame, overCells: false) {
          if case .path(let path) = operation { add(path.segments) }
        }
      default: break
      }
    }
    return points
  }
}

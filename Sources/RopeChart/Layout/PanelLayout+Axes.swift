import Foundation

extension PanelLayout {
  /// Axis lines, ticks outwards, tick labels and axis labels.
  func axes() -> [DrawOperation] {
    [.beginGroup(.init("axis"))] + lines() + xTexts() + yTexts() + [.endGroup]
  }

  private func lines() -> [DrawOperation] {
    let width = style.lineWidth * 0.5
    var axis: [[Point]] = [[Point(0, 0), Point(0, frame.height), Point(frame.width, frame.height)]]
    if style.drawsBox { axis = [frame.rectangle.corners + [Point(0, 0)]] }
    var major: [[Point]] = []
    var minor: [[Point]] = []
    let isColumns = panel.x.scale.categoryCount != nil
    let isRows = panel.y.scale.categoryCount != nil
    for tick in xTicks where !isColumns {
      guard let x = frame.x.position(tick.value) else { continue }
      let length = tick.isMajor ? tickLength : minorTickLength
      let line = [Point(x, frame.height), Point(x, frame.height + length)]
      if tick.isMajor { major.append(line) } else { minor.append(line) }
    }
    for tick in yTicks where !isRows {
      guard let y = frame.y.position(tick.value) else { continue }
      let length = tick.isMajor ? tickLength : minorTickLength
      let line = [Point(0, y), Point(-length, y)]
      if tick.isMajor { major.append(line) } else { minor.append(line) }
    }
    var operations: [DrawOperation] = [.path(.init(segments: axis, stroke: .init(.ink, width: width)))]
    if !major.isEmpty { operations.append(.path(.init(segments: major, stroke: .init(.ink, width: width)))) }
    if !minor.isEmpty { operations.append(.path(.init(segments: minor, stroke: .init(.ink, width: width * 0.7)))) }
    return operations
  }

  private func xTexts() -> [DrawOperation] {
    guard options.showsXLabels else { return [] }
    var operations: [DrawOperation] = []
    let top = frame.height + tickLength + tickPadding
    for (tick, block) in zip(xTicks, xTickLabels) where !tick.label.isEmpty {
      guard let x = frame.x.position(tick.value) else { continue }
      operations += texts(block, anchor: .middle) { Point(x, top + $0) }
    }
    let labelTop = frame.height + margins.bottom - xLabel.height
    return operations + texts(xLabel, anchor: .middle) { Point(frame.width / 2, labelTop + $0) }
  }

  private func yTexts() -> [DrawOperation] {
    guard options.showsYLabels else { return [] }
    var operations: [DrawOperation] = []
    let right = -tickLength - tickPadding
    for (tick, block) in zip(yTicks, yTickLabels) where !tick.label.isEmpty {
      guard let y = frame.y.position(tick.value) else { continue }
      let height = lineHeight(block.size) + Double(block.lines.count - 1) * block.size * block.lineSpacing
      operations += texts(block, anchor: .end) { Point(right, y - height / 2 + $0) }
    }
    let widest = yTickLabels.map(\.width).max() ?? 0
    let labelLeft = right - widest - labelPadding - yLabel.height
    return operations + texts(yLabel, anchor: .middle, rotation: -90) { Point(labelLeft + $0, frame.height / 2) }
  }

  /// Lines of a block; `place` turns the distance of a baseline from the block's top into a point.
  private func texts(
    _ block: TextFitter.Block, anchor: DrawOperation.Text.Anchor, rotation: Double = 0, place: (Double) -> Point
  ) -> [DrawOperation] {
    block.lines.enumerated().map { index, line in
      let baseline = metrics.ascent(role: .text, size: block.size) + Double(index) * block.size * block.lineSpacing
      return .text(.init(line, at: place(baseline), anchor: anchor, size: block.size, rotation: rotation))
    }
  }
}

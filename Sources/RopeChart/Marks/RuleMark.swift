/// A dashed line across the frame.
enum RuleMark {
  static let width = 0.6

  static func draw(_ rule: Mark.Rule, frame: PanelFrame, overCells: Bool) -> [DrawOperation] {
    let line: [Point]
    switch rule.direction {
    case .vertical:
      guard frame.x.contains(rule.at), let x = frame.x.position(rule.at) else { return [] }
      line = [Point(x, 0), Point(x, frame.height)]
    case .horizontal:
      guard frame.y.contains(rule.at), let y = frame.y.position(rule.at) else { return [] }
      line = [Point(0, y), Point(frame.width, y)]
    }
    func path(_ paint: Paint, _ width: Double, _ dash: [Double]) -> DrawOperation {
      .path(.init(segments: [line], stroke: .init(paint, width: width, dash: dash)))
    }
    // On a map no single ink is visible everywhere: white under black is.
    if overCells { return [path(.fixed("FFFFFF"), 1.8, []), path(.fixed("000000"), 0.8, [3, 2])] }
    return [path(.mutedInk, width, [3, 2])]
  }
}

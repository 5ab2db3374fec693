import Foundation

/// A line as it will be drawn: cut to the frame, with the place where it ends or leaves.
struct SeriesTrace {
  enum Exit: Sendable { case top, bottom }

  /// Unbroken parts inside the frame.
  var parts: [[Point]] = []
  /// Where it stops inside the frame, or crosses the frame's edge for the last time.
  var end: Point?
  /// The side by which the last value lies outside, and that value.
  var exit: Exit?
  var lastValue = Double.nan
  /// The x of that value.
  var lastPlace = Double.nan
  /// Whether the line swings so often that it fills an area: dashes and markers would only be noise on it.
  private(set) var isDense = false

  /// Length of a line, in widths of the frame, from which on it is dense.
  private static let denseLength = 12.0

  private static func length(_ parts: [[Point]]) -> Double {
    parts.reduce(0) { sum, part in
      zip(part, part.dropFirst()).reduce(sum) { $0 + hypot($1.1.x - $1.0.x, $1.1.y - $1.0.y) }
    }
  }

  init(lines: [[Point]], last: (x: Double, y: Double), frame: PanelFrame) {
    (lastPlace, lastValue) = last
    let area = frame.rectangle.inset(-1e-3)
    for line in lines {
      let thinned = Polyline.decimated(line)
      parts += Polyline.clipped(thinned, to: area).map { Polyline.simplified($0) }
    }
    isDense = Self.length(parts) > Self.denseLength * frame.width
    if isDense {
      parts = lines.flatMap { Polyline.clipped(Polyline.decimated($0, column: 0.4), to: area) }
        .map { Polyline.simplified($0, tolerance: 0.05) }
    }
    end = parts.last?.last
    guard let last = lines.last?.last, last.x >= -0.01, last.x <= frame.width + 0.01 else { return }
    if last.y < area.y { exit = .top }
    if last.y > area.bottom { exit = .bottom }
    if let exit, end == nil { end = Point(last.x, exit == .top ? 0 : frame.height) }
  }

  /// The trace of a line or steps mark.
  init(_ series: Mark.Series, asSteps: Bool, frame: PanelFrame) {
    let xs = asSteps ? Self.stepEdges(series.x) : series.x
    let ys = asSteps ? series.y.flatMap { [$0, $0] } : series.y
    let last = Array(zip(series.x, series.y)).last { frame.point($0, $1) != nil } ?? (.nan, .nan)
    self.init(lines: frame.lines(xs, ys), last: last, frame: frame)
  }

  /// Left and right edge of each step: half way to the neighbours.
  static func stepEdges(_ centres: [Double]) -> [Double] {
    centres.indices.flatMap { index -> [Double] in
      let here = centres[index]
      let before = index > 0 ? here - centres[index - 1] : index + 1 < centres.count ? centres[index + 1] - here : 1
      let after = index + 1 < centres.count ? centres[index + 1] - here : before
      return [here - before / 2, here + after / 2]
    }
  }
}

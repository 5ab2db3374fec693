import RopeChart

extension Mark {
  /// The series of a line or of points; nil of other marks.
  var lineOrPoints: Series? {
    switch self {
    case .line(let series), .points(let series): series
    default: nil
    }
  }
}

extension Mark.Series {
  /// All that is drawn along y, error bars among it, as far as it is finite.
  var heights: [Double] { (y + lower + upper).filter(\.isFinite) }
}

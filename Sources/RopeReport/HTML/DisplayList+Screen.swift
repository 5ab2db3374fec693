import RopeChart

extension DisplayList {
  /// With places to a tenth of a point, which is less than a seventh of a pixel: shorter numbers, the same picture.
  var forScreen: DisplayList {
    var list = self
    list.operations = operations.map { operation in
      switch operation {
      case .path(var path):
        path.segments = path.segments.map { $0.map(Self.rounded) }
        return .path(path)
      case .markers(var markers):
        markers.points = markers.points.map(Self.rounded)
        markers.size = (markers.size * 5).rounded() / 5
        return .markers(markers)
      case .text(var text):
        text.at = Self.rounded(text.at)
        return .text(text)
      case .image, .beginGroup, .endGroup, .beginClip, .endClip, .link, .destination: return operation
      }
    }
    return list
  }

  private static func rounded(_ point: Point) -> Point {
    Point((point.x * 10).rounded() / 10, (point.y * 10).rounded() / 10)
  }
}

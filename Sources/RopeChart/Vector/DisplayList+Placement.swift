extension DisplayList {
  /// Adds another list with its top left corner at (x, y), such as a figure on a page.
  public mutating func append(_ other: DisplayList, x: Double, y: Double) {
    operations.append(contentsOf: other.operations.map { $0.moved(x, y) })
  }
}

extension DrawOperation {
  /// The same operation, `dx` to the right and `dy` down.
  public func moved(_ dx: Double, _ dy: Double) -> DrawOperation {
    func move(_ point: Point) -> Point { Point(point.x + dx, point.y + dy) }
    switch self {
    case .path(var path):
      path.segments = path.segments.map { $0.map(move) }
      return .path(path)
    case .text(var text):
      text.at = move(text.at)
      return .text(text)
    case .markers(var markers):
      markers.points = markers.points.map(move)
      return .markers(markers)
    case .image(var image):
      image.frame = image.frame.moved(dx, dy)
      return .image(image)
    case .beginClip(let frame): return .beginClip(frame.moved(dx, dy))
    case .link(let area, let target): return .link(area.moved(dx, dy), target)
    case .destination(let name, let x, let y): return .destination(name: name, x: x + dx, y: y + dy)
    case .beginGroup(var group):
      if let frame = group.frame { group.frame = frame.moved(dx, dy) }
      return .beginGroup(group)
    case .endGroup, .endClip: return self
    }
  }
}

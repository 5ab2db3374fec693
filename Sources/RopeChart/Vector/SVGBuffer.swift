import Foundation
import RopeText

/// SVG text under construction.
struct SVGBuffer {
  var text = ""
  /// What the drawing shares with others of its page; nil where it stands alone.
  var parts: SVGParts?
  /// Where the pen stands within a path, in hundredths of a point; nil before its first point.
  private var pen: (x: Int, y: Int)?

  init(parts: SVGParts? = nil) { self.parts = parts }

  private func fillClass(_ paint: Paint) -> String {
    parts?.name(paint).map { "f" + $0 } ?? SVGStyleSheet.fillClass(paint)
  }

  private func strokeClass(_ paint: Paint) -> String {
    parts?.name(paint).map { "s" + $0 } ?? SVGStyleSheet.strokeClass(paint)
  }

  mutating func path(_ path: DrawOperation.Path) {
    var classes = path.fill.map { [fillClass($0)] } ?? (parts == nil ? ["n"] : [])
    var attributes = ""
    if path.fillOpacity < 1, path.fill != nil { attributes += " fill-opacity=\"\(Self.number(path.fillOpacity))\"" }
    if let stroke = path.stroke {
      classes.append(strokeClass(stroke.paint))
      if let name = parts?.lines[SVGParts.Line(width: stroke.width, dash: stroke.dash)] {
        classes.append(name)
      } else {
        attributes += " stroke-width=\"\(Self.number(stroke.width))\""
        if !stroke.dash.isEmpty {
          attributes += " stroke-dasharray=\"\(stroke.dash.map { Self.number($0) }.joined(separator: " "))\""
        }
      }
    }
    text += "<path class=\"\(classes.joined(separator: " "))\"\(attributes) d=\""
    pen = nil
    let isSolid = path.stroke?.dash.isEmpty != false
    for segment in path.segments {
      append(isSolid && !path.closed ? nearerEndFirst(segment) : segment, closed: path.closed)
    }
    text += "\"/>\n"
  }

  /// A stroke of two points, from the end that is nearer to the pen.
  private func nearerEndFirst(_ points: [Point]) -> [Point] {
    guard parts != nil, let pen, points.count == 2 else { return points }
    func distance(_ point: Point) -> Int {
      abs(Self.hundredths(point.x) - pen.x) + abs(Self.hundredths(point.y) - pen.y)
    }
    return distance(points[1]) < distance(points[0]) ? [points[1], points[0]] : points
  }

  /// The first point of a part of a path: by a step from the pen where that is shorter.
  private mutating func move(_ x: Int, _ y: Int) {
    var absolute = "M"
    Self.append(x, to: &absolute)
    absolute += y < 0 ? "" : " "
    Self.append(y, to: &absolute)
    guard parts != nil, let pen else { return text += absolute }
    var relative = "m"
    Self.append(x - pen.x, to: &relative)
    relative += y - pen.y < 0 ? "" : " "
    Self.append(y - pen.y, to: &relative)
    text += relative.utf8.count < absolute.utf8.count ? relative : absolute
  }

  /// A polyline in relative steps of hundredths of a point; rounding errors do not add up.
  private mutating func append(_ points: [Point], closed: Bool) {
    guard let first = points.first else { return }
    let (startX, startY) = (Self.hundredths(first.x), Self.hundredths(first.y))
    var (x, y) = (startX, startY)
    move(x, y)
    defer { pen = closed ? (startX, startY) : (x, y) }
    if !closed, points.count == 2, let last = points.last {
      // Ticks and grid lines, of which there are many.
      let (dx, dy) = (Self.hundredths(last.x) - x, Self.hundredths(last.y) - y)
      if dx == 0 || dy == 0 {
        text += dy == 0 ? "h" : "v"
        Self.append(dy == 0 ? dx : dy, to: &text)
        return (x, y) = (x + dx, y + dy)
      }
    }
    var isFirst = true
    for point in points.dropFirst() {
      let nextX = Self.hundredths(point.x)
      let nextY = Self.hundredths(point.y)
      if nextX == x, nextY == y { continue }
      if isFirst { text += "l" } else if nextX - x >= 0 { text += " " }
      Self.append(nextX - x, to: &text)
      if nextY - y >= 0 { text += " " }
      Self.append(nextY - y, to: &text)
      (x, y) = (nextX, nextY)
      isFirst = false
    }
    // A point alone is drawn by its round cap.
    if isFirst { text += "h0" }
    if closed { text += "z" }
  }

  mutating func markers(_ markers: DrawOperation.Markers) {
    guard markers.shape != .none, !markers.points.isEmpty else { return }
    guard let name = parts?.markers[SVGParts.shape(of: markers)] else { return outlines(markers) }
    text += "<path class=\"\(name)\" d=\""
    pen = nil
    // A mark stands at every point of a line that is not drawn.
    append(markers.points, closed: false)
    text += "\"/>\n"
  }

  /// Markers as outlines of their own.
  mutating func outlines(_ markers: DrawOperation.Markers) {
    let fill = markers.shape.isFilled ? markers.paint : .ground
    var style = fillClass(fill) + " " + strokeClass(markers.paint)
    let line = parts?.lines[SVGParts.Line(width: markers.lineWidth)]
    if let line { style += " " + line }
    text += "<path class=\"\(style)\""
    if line == nil { text += " stroke-width=\"\(Self.number(markers.lineWidth))\"" }
    text += " d=\""
    pen = nil
    let outline = markers.shape.outline
    for point in markers.points {
      if markers.shape.isCircle {
        let radius = markers.size / 2
        let r = Self.number(radius)
        let d = Self.number(radius * 2)
        text +=
          "M\(Self.number(point.x - radius)) \(Self.number(point.y))a\(r) \(r) 0 1 0 \(d) 0a\(r) \(r) 0 1 0-\(d) 0z"
      } else {
        for segment in outline.segments {
          let placed = segment.map { Point(point.x + $0.x * markers.size, point.y + $0.y * markers.size) }
          append(placed, closed: outline.closed)
        }
      }
    }
    text += "\"/>\n"
  }

  /// Texts that follow one another, such as the labels of an axis, say once what they have in common.
  mutating func labels(_ labels: ArraySlice<DrawOperation.Text>) {
    guard labels.count > 2, let first = labels.first else { return labels.forEach { label($0, style: style($0)) } }
    text += "<g\(style(first))>\n"
    labels.forEach { label($0, style: "") }
    text += "</g>\n"
  }

  static func areAlike(_ left: DrawOperation.Text, _ right: DrawOperation.Text) -> Bool {
    left.role == right.role && left.paint == right.paint && left.size == right.size && left.anchor == right.anchor
  }

  private func style(_ label: DrawOperation.Text) -> String {
    let paint = fillClass(label.paint)
    if let name = parts?.faces[SVGParts.Face(label)] {
      let role = label.role == .text ? "" : label.role.rawValue + " "
      return " class=\"\(role)\(paint) \(name)\""
    }
    let anchor = label.anchor == .start ? "" : " text-anchor=\"\(label.anchor.rawValue)\""
    return
      " class=\"\(label.role.rawValue) \(paint)\" font-size=\"\(Self.number(label.size))\"\(anchor)"
  }

  private mutating func label(_ label: DrawOperation.Text, style: String) {
    text += "<text\(style)"
    let x = Self.number(label.at.x)
    let y = Self.number(label.at.y)
    if label.rotation == 0 {
      text += " x=\"\(x)\" y=\"\(y)\">"
    } else {
      text += " transform=\"translate(\(x) \(y)) rotate(\(Self.number(label.rotation)))\">"
    }
    var rise = 0.0
    for run in TextRun.split(label.string) {
      let next = run.rise * label.size
      if run.position == .normal, rise == 0 {
        text += Escaping.svg(run.string)
      } else {
        text += "<tspan"
        if next != rise { text += " dy=\"\(Self.number(rise - next))\"" }
        if run.position != .normal { text += " font-size=\"\(Self.number(label.size * TextRun.smallSize))\"" }
        text += ">\(Escaping.svg(run.string))</tspan>"
      }
      rise = next
    }
    text += "</text>\n"
  }

  mutating func open(_ group: DrawOperation.Group) {
    text += "<g"
    // A page's script looks for panels; what else a group is tells readers of a file.
    if parts == nil || group.name == "panel" { text += " class=\"\(Escaping.identifier(group.name))\"" }
    if let key = group.key { text += " data-series=\"\(Escaping.identifier(key))\"" }
    if let frame = group.frame {
      let sides = [frame.x, frame.y, frame.width, frame.height].map { Self.number($0) }
      text += " data-frame=\"\(sides.joined(separator: " "))\""
    }
    for (name, value) in group.attributes.sorted(by: { $0.key < $1.key }) {
      text += " data-\(Escaping.identifier(name))=\"\(Escaping.svg(value))\""
    }
    text += ">\n"
    if let title = group.title { text += "<title>\(Escaping.svg(title))</title>\n" }
  }

  mutating func link(_ area: Rectangle, _ target: DrawOperation.Target) {
    let address: String =
      switch target {
      case .address(let address): address
      case .destination(let name): "#" + Escaping.identifier(name)
      }
    let isSafe = ["http://", "https://", "mailto:", "#"].contains { address.lowercased().hasPrefix($0) }
    guard isSafe else { return }
    text +=
      "<a href=\"\(Escaping.svg(address))\">\(Self.rect(area, style: " fill=\"none\" pointer-events=\"all\""))</a>\n"
  }

  static func rect(_ area: Rectangle, style: String = "") -> String {
    "<rect x=\"\(number(area.x))\" y=\"\(number(area.y))\" width=\"\(number(area.width))\" height=\"\(number(area.height))\"\(style)/>"
  }

  // MARK: Characters

  static func hundredths(_ value: Double) -> Int {
    guard value.isFinite else { return 0 }
    return Int((min(max(value, -1e7), 1e7) * 100).rounded())
  }

  /// At most two decimals, no trailing zeros, no leading zero.
  static func number(_ value: Double) -> String {
    var text = ""
    append(hundredths(value), to: &text)
    return text
  }

  static func append(_ hundredths: Int, to text: inout String) {
    if hundredths < 0 { text += "-" }
    let size = abs(hundredths)
    if size >= 100 || size == 0 { text += String(size / 100) }
    let rest = size % 100
    if rest == 0 { return }
    text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
  }
}

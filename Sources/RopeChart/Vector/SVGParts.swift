import RopeText

/// What the drawings of one page have in common, each under a short name: colours, widths and dashes of strokes, faces of
/// text, marks of points, pictures of cells. A page that draws each chart twice, for wide and narrow screens, says them once.
struct SVGParts: Sendable {
  /// A paint's colours in the order of the themes: what looks alike on every ground has one name.
  struct Colours: Hashable, Sendable {
    let hexes: [String]

    init(_ paint: Paint) { hexes = Theme.allCases.map { $0.colour(of: paint).hex } }

    var isFixed: Bool { hexes.allSatisfy { $0 == hexes[0] } }
    func hex(_ theme: Theme) -> String { hexes[Theme.allCases.firstIndex(of: theme) ?? 0] }
  }

  struct Face: Hashable, Sendable {
    let role: FontRole
    let size: Int
    let anchor: DrawOperation.Text.Anchor

    init(_ text: DrawOperation.Text) {
      (role, size, anchor) = (text.role, SVGBuffer.hundredths(text.size), text.anchor)
    }
  }

  struct Line: Hashable, Sendable {
    let width: Int
    let dash: [Int]

    init(width: Double, dash: [Double] = []) {
      self.width = SVGBuffer.hundredths(width)
      self.dash = dash.map(SVGBuffer.hundredths)
    }
  }

  struct Cells: Hashable, Sendable {
    let columns: Int
    let pixels: [UInt32?]

    init(_ image: DrawOperation.Image) { (columns, pixels) = (image.columns, image.pixels) }

    /// A few of the many cells tell most pictures apart; equality looks at all.
    func hash(into hasher: inout Hasher) {
      hasher.combine(columns)
      hasher.combine(pixels.count)
      for place in stride(from: 0, to: pixels.count, by: max(pixels.count / 32, 1)) { hasher.combine(pixels[place]) }
    }
  }

  private(set) var colours = Names<Colours>("")
  private var names: [Paint: String] = [:]
  private(set) var lines = Names<Line>("w")
  private(set) var faces = Names<Face>("t")
  private(set) var markers = Names<DrawOperation.Markers>("k")
  private(set) var cells = Names<Cells>("i")
  private var pictures: [String] = []

  /// The parts of all lists, named in the order in which they appear.
  init(_ lists: [DisplayList]) {
    var points: [DrawOperation.Markers: Int] = [:]
    add(.ground)
    for operation in lists.flatMap(\.operations) {
      switch operation {
      case .path(let path):
        if let fill = path.fill { add(fill) }
        if let stroke = path.stroke {
          add(stroke.paint)
          lines.add(Line(width: stroke.width, dash: stroke.dash))
        }
      case .text(let text):
        add(text.paint)
        faces.add(Face(text))
      case .markers(let list):
        add(list.paint)
        lines.add(Line(width: list.lineWidth))
        let shape = Self.shape(of: list)
        points[shape, default: 0] += list.points.count
        // One or two are shorter where they stand.
        if list.shape != .none, points[shape, default: 0] > 2 { markers.add(shape) }
      case .image(let image):
        guard cells[Cells(image)] == nil, let png = SVGBuffer.picture(of: image) else { continue }
        let name = cells.add(Cells(image))
        pictures.append(
          "<symbol id=\"\(name)\" viewBox=\"0 0 \(image.columns) \(image.rows)\" preserveAspectRatio=\"none\">"
            + "<image width=\"\(image.columns)\" height=\"\(image.rows)\"\(SVGBuffer.pictureStyle) "
            + "href=\"data:image/png;base64,\(Base64.encoded(png))\"/></symbol>")
      case .beginGroup, .endGroup, .beginClip, .endClip, .link, .destination: break
      }
    }
  }

  private mutating func add(_ paint: Paint) {
    if names[paint] == nil { names[paint] = colours.add(Colours(paint)) }
  }

  func name(_ paint: Paint) -> String? { names[paint] }

  /// `--c0:#colour;` for each colour that changes with the ground.
  func properties(_ theme: Theme) -> String {
    colours.all.filter { !$0.value.isFixed }.map { "--c\($0.name):#\($0.value.hex(theme));" }.joined()
  }

  /// A list of markers without its points.
  static func shape(of markers: DrawOperation.Markers) -> DrawOperation.Markers {
    DrawOperation.Markers(
      markers.shape, size: markers.size, at: [], paint: markers.paint, lineWidth: markers.lineWidth)
  }

  /// A class for each colour as fill and as stroke, for each line, face and mark.
  var rules: String {
    var css = ""
    for (colour, name) in colours.all {
      let value = colour.isFixed ? "#\(colour.hex(.light))" : "var(--c\(name))"
      css += ".f\(name){fill:\(value)}.s\(name){stroke:\(value)}"
    }
    for (line, name) in lines.all {
      css += ".\(name){stroke-width:\(Self.number(line.width))"
      if !line.dash.isEmpty { css += ";stroke-dasharray:\(line.dash.map(Self.number).joined(separator: " "))" }
      css += "}"
    }
    for (face, name) in faces.all {
      css += ".\(name){font-size:\(Self.number(face.size))px"
      if face.anchor != .start { css += ";text-anchor:\(face.anchor.rawValue)" }
      css += "}"
    }
    for (_, name) in markers.all { css += ".\(name){marker:url(#\(name))}" }
    return css
  }

  /// Elements that drawings refer to: for an `<svg>` that stands once in the page.
  var definitions: String {
    markers.all.map { markers, name in
      var single = markers
      single.points = [Point(0, 0)]
      var buffer = SVGBuffer(parts: self)
      buffer.outlines(single)
      return
        "<marker id=\"\(name)\" markerUnits=\"userSpaceOnUse\" overflow=\"visible\" stroke-linejoin=\"round\">\(buffer.text)</marker>"
    }.joined() + pictures.joined()
  }

  private static func number(_ hundredths: Int) -> String {
    var text = ""
    SVGBuffer.append(hundredths, to: &text)
    return text
  }

  /// Short names by value, in order of appearance: `w0`, `w1`.
  struct Names<Value: Hashable & Sendable>: Sendable {
    private let prefix: String
    private var names: [Value: String] = [:]
    private(set) var all: [(value: Value, name: String)] = []

    init(_ prefix: String) { self.prefix = prefix }

    subscript(value: Value) -> String? { names[value] }

    @discardableResult mutating func add(_ value: Value) -> String {
      if let name = names[value] { return name }
      let name = prefix + String(all.count)
      names[value] = name
      all.append((value, name))
      return name
    }
  }
}

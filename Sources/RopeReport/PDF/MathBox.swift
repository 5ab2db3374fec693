import RopeChart

/// Mathematics laid out for paper: texts and rules about a baseline, y upwards.
struct MathBox: Hashable {
  struct Item: Hashable {
    var text: String
    var x: Double
    var y: Double
    var role: FontRole
    var size: Double
  }

  /// A horizontal line.
  struct Rule: Hashable {
    var x: Double
    var y: Double
    var width: Double
  }

  private(set) var width = 0.0
  private(set) var ascent = 0.0
  private(set) var descent = 0.0
  private(set) var items: [Item] = []
  private(set) var rules: [Rule] = []

  /// Heights of the axis that fractions stand on and of the gaps at their rule, and how scripts shrink, as shares of the
  /// size.
  private static let axis = 0.26, gap = 0.17, script = 0.7, raise = 0.38, lower = 0.17

  private init() {}

  init(_ nodes: [MathText.Node], size: Double, ruler: TextRuler, depth: Int = 0) {
    for (place, node) in nodes.enumerated() {
      // A sum begins a factor: a little space after what stands before it.
      if case .sign("Σ") = node, place > 0, case .number = nodes[place - 1] { width += size * 0.15 }
      append(MathBox(node, size: size, ruler: ruler, depth: depth))
    }
  }

  private init(_ node: MathText.Node, size: Double, ruler: TextRuler, depth: Int) {
    func part(_ nodes: [MathText.Node], _ scale: Double = 1) -> MathBox {
      MathBox(nodes, size: size * scale, ruler: ruler, depth: depth + 1)
    }
    // Exponents of exponents shrink less.
    let small = depth > 1 ? 0.82 : Self.script
    switch node {
    case .variable(let name): self.init(name, .italic, size, ruler)
    case .number(let text), .word(let text), .sign(let text): self.init(text, .text, size, ruler)
    case .space:
      self.init()
      width = size * 0.24
    case .scripts(let base, let lower, let upper):
      self = part(base)
      let primes = MathText.primes(upper)
      var above = MathBox(String(repeating: "′", count: primes), .text, size, ruler)
      let exponent = part(Array(upper.dropFirst(primes)), small)
      let rise = max(size * Self.raise, ascent - size * 0.42)
      if !exponent.items.isEmpty { above.append(exponent, y: rise + exponent.descent * 0.4) }
      let below = part(lower, small)
      let start = width
      append(above)
      let end = width
      width = start
      if !below.items.isEmpty { append(below, y: -max(size * Self.lower, descent * 0.7)) }
      width = max(width, end) + (lower.isEmpty && exponent.items.isEmpty ? 0 : size * 0.04)
    case .group(let open, let inner, let close):
      let content = part(inner)
      let height = content.ascent + content.descent
      let delimiter = min(max(size, height * 0.86), size * 2.2)
      let y = delimiter > size * 1.05 ? (content.ascent - content.descent) / 2 - delimiter * 0.25 : 0
      self.init()
      append(MathBox(open, .text, delimiter, ruler), y: y)
      append(content)
      append(MathBox(close, .text, delimiter, ruler), y: y)
    case .root(let inner):
      let content = part(inner)
      let scale = max(size, (content.ascent + content.descent) * 0.95)
      self.init()
      append(MathBox("√", .text, scale, ruler), y: scale > size * 1.05 ? -content.descent * 0.75 : 0)
      let start = width, top = content.ascent + size * 0.1
      append(content)
      rules.append(Rule(x: start, y: top, width: content.width))
      ascent = max(ascent, top)
      width += size * 0.06
    case .fraction(let over, let under):
      let upper = part(over, 0.92), lower = part(under, 0.92)
      let side = size * 0.08
      self.init()
      let span = max(upper.width, lower.width)
      width = side + (span - upper.width) / 2
      append(upper, y: size * (Self.axis + Self.gap) + upper.descent)
      width = side + (span - lower.width) / 2
      append(lower, y: size * (Self.axis - Self.gap) - lower.ascent)
      rules.append(Rule(x: side * 0.5, y: size * Self.axis, width: span + side))
      width = span + 2 * side
    }
  }

  private init(_ text: String, _ role: FontRole, _ size: Double, _ ruler: TextRuler) {
    guard !text.isEmpty else { return }
    width = ruler.width(text, role, size)
    ascent = ruler.ascent(role, size)
    descent = ruler.descent(role, size)
    items = [Item(text: text, x: 0, y: 0, role: role, size: size)]
  }

  /// Adds a box at the right end, its baseline `y` above this one's. Texts that look alike are joined.
  private mutating func append(_ box: MathBox, y: Double = 0) {
    for item in box.items {
      var own = item
      own.x += width
      own.y += y
      items.append(own)
    }
    rules += box.rules.map { Rule(x: $0.x + width, y: $0.y + y, width: $0.width) }
    width += box.width
    ascent = max(ascent, box.ascent + y)
    descent = max(descent, box.descent - y)
  }

  /// Operations with the left end of the baseline at (x, y), y downwards.
  func operations(x: Double, y: Double, paint: Paint) -> [DrawOperation] {
    items.map { item in
      .text(.init(item.text, at: Point(x + item.x, y - item.y), role: item.role, size: item.size, paint: paint))
    }
      + rules.map { rule in
        let height = y - rule.y
        return .path(
          .init(
            segments: [[Point(x + rule.x, height), Point(x + rule.x + rule.width, height)]],
            stroke: .init(paint, width: 0.5)))
      }
  }
}

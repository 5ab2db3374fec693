import RopeChart

extension PageComposer {
  func pieces(_ verdict: Block.Verdict) -> [FlowPiece] {
    let look = TextLook(size: style.textSize * 1.05)
    let leading = style.leading * 1.06
    let sentences = verdict.sentences.flatMap { sentence -> [FlowPiece] in
      var text = sentence.text
      if let evidence = sentence.evidence { text = Prose("\(text) (\(reference: evidence))", in: language) }
      var lines = lines(text, look: look, x: 18, measure: style.measure + 18, leading: leading)
      guard !lines.isEmpty else { return [] }
      lines[0].operations.append(contentsOf: toneMark(sentence.tone, y: lines[0].baseline - look.size * 0.32))
      return spaced(keptTogether(lines.tagged("LBody").inside("LI")), by: 6)
    }
    guard !sentences.isEmpty else { return [] }
    var heading = lines(
      Prose(language("In short")), look: TextLook(role: .bold, size: style.textSize * 1.3), measure: style.measure)
    for place in heading.indices { heading[place].keepsWithNext = true }
    return spaced(heading.tagged("H2"), by: blockGap * 1.2) + sentences.inside("L")
  }

  /// A small shape in the margin of a sentence: green disc good, triangle caution, square bad, bullet neither.
  private func toneMark(_ tone: Block.Verdict.Sentence.Tone, y: Double) -> [DrawOperation] {
    let centre = Point(5, y)
    func polygon(_ points: [(Double, Double)], fill: Paint) -> [DrawOperation] {
      [.path(.init(segments: [points.map { Point(centre.x + $0.0, centre.y + $0.1) }], closed: true, fill: fill))]
    }
    func disc(_ radius: Double) -> [(Double, Double)] {
      [
        (1, 0), (0.924, 0.383), (0.707, 0.707), (0.383, 0.924), (0, 1), (-0.383, 0.924), (-0.707, 0.707),
        (-0.924, 0.383), (-1, 0), (-0.924, -0.383), (-0.707, -0.707), (-0.383, -0.924), (0, -1), (0.383, -0.924),
        (0.707, -0.707), (0.924, -0.383),
      ].map { ($0.0 * radius, $0.1 * radius) }
    }
    return switch tone {
    case .plain: polygon(disc(1.7), fill: .ink)
    case .good: polygon(disc(2.7), fill: .fixed("1A7F4B"))
    case .caution: polygon([(0, -3.1), (3.2, 2.5), (-3.2, 2.5)], fill: .fixed("A85F00"))
    case .bad: polygon([(-2.5, -2.5), (2.5, -2.5), (2.5, 2.5), (-2.5, 2.5)], fill: .fixed("B3261E"))
    }
  }

  func pieces(_ list: Block.List) -> [FlowPiece] {
    list.items.enumerated().flatMap { place, item in
      marked(list.numbered ? "\(place + 1)." : "•", item, look: textLook, space: place == 0 ? paragraphGap : 2)
    }.inside("L")
  }

  func pieces(_ citations: Block.Citations) -> [FlowPiece] {
    citations.entries.flatMap { entry -> [FlowPiece] in
      var text = entry.text
      if let address = entry.address { text = text + " " + Prose(runs: [.externalLink(address, address: address)]) }
      let number = index[entry.id]?.number ?? ""
      var pieces = marked("[\(number)]", text, look: TextLook(size: style.textSize * 0.95), space: 4, indent: 26)
      if !pieces.isEmpty { pieces[0].operations.append(.destination(name: entry.id, x: 0, y: 0)) }
      return pieces
    }.inside("L")
  }

  func pieces(_ note: Block.Note) -> [FlowPiece] {
    let pieces = lines(
      Prose(runs: [.strong(language(note.heading) + " ")] + note.text.runs),
      look: TextLook(size: style.textSize * 0.95), x: 12,
      measure: style.measure)
    return spaced(keptTogether(withBar(pieces)), by: paragraphGap + 2)
  }

  func pieces(_ details: Block.Details) -> [FlowPiece] {
    var heading = lines(
      Prose(details.summary), look: TextLook(role: .bold, size: style.textSize), measure: style.measure)
    for place in heading.indices { heading[place].keepsWithNext = true }
    if let id = details.id, !heading.isEmpty {
      heading[0].operations.append(.destination(name: id, x: 0, y: 0))
    }
    return spaced(heading, by: blockGap) + pieces(details.blocks)
  }

  func pieces(_ code: Block.Code) -> [FlowPiece] {
    let look = TextLook(role: .mono, size: style.textSize * 0.8)
    let leading = look.size * 1.4
    let advance = max(ruler.width("0", .mono, look.size), 0.1)
    let columns = max(Int((style.columnWidth - 16) / advance), 8)
    var pieces = code.text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      Self.wrapped(String(line), columns: columns).map { text in
        FlowPiece(
          height: leading,
          operations: [box(Rectangle(x: 0, y: 0, width: style.columnWidth, height: leading + 0.2), fill: .shade)]
            + TextLine(fragments: [(8, ruler.fragment(text, look))], width: 0)
            .operations(x: 0, y: baseline(leading, look), ruler: ruler), tags: [StructureTag("Code")])
      }
    }
    for place in pieces.indices.dropFirst() { pieces[place].continued = 1 }
    if pieces.count <= 12 { pieces = keptTogether(pieces) }
    guard !code.title.isEmpty else { return spaced(pieces, by: paragraphGap) }
    var title = lines(Prose(code.title), look: TextLook(role: setter.slanted, size: smallSize), measure: style.measure)
    for place in title.indices { title[place].keepsWithNext = true }
    return spaced(title, by: paragraphGap) + spaced(pieces, by: 2)
  }

  /// Cuts a line of code at spaces where it can; what goes over is set in by two.
  static func wrapped(_ line: String, columns: Int) -> [String] {
    var rest = Array(line.replacing("\t", with: "  "))
    var lines: [String] = []
    while rest.count > columns {
      let cut = rest[..<columns].lastIndex(of: " ").flatMap { $0 > columns / 2 ? $0 + 1 : nil } ?? columns
      lines.append(String(rest[..<cut]))
      rest = Array("  ") + rest[cut...]
    }
    return lines + [String(rest)]
  }

  func pieces(_ values: Block.KeyValues) -> [FlowPiece] {
    let keyLook = TextLook(size: style.textSize * 0.95, paint: .mutedInk)
    let widest = values.entries.map { setter.width(Prose($0.key), look: keyLook) }.max() ?? 0
    let x = min(widest, style.measure * 0.4) + 14
    var pieces = values.entries.enumerated().flatMap { place, entry -> [FlowPiece] in
      var value = entry.value
      if let number = index.number(ofSource: entry.source) {
        value = value + Prose(runs: [.number("", source: index.sources[number - 1])])
      }
      var lines = lines(value, look: TextLook(size: style.textSize * 0.95), x: x, measure: style.measure)
      let keyLines = self.lines(Prose(entry.key), look: keyLook, measure: x - 14)
      for (line, key) in keyLines.enumerated() {
        if line < lines.count {
          lines[line].operations = lines[line].operations.led(by: key.operations)
        } else {
          lines.append(key)
        }
      }
      if let id = entry.id, !lines.isEmpty { lines[0].operations.append(.destination(name: id, x: 0, y: 0)) }
      return spaced(keptTogether(lines), by: place == 0 ? paragraphGap : entry.id == nil ? 1 : 4)
    }
    if pieces.count > 1 {
      pieces[0].keepsWithNext = true
      pieces[pieces.count - 2].keepsWithNext = true
    }
    return pieces
  }

  func pieces(_ findings: Block.Findings) -> [FlowPiece] {
    findings.items.enumerated().flatMap { place, item -> [FlowPiece] in
      let word: Inline = .strong(language(fixed: item.severity.rawValue) + " ")
      var text = Prose(runs: [word, .code(item.rule), .text("  ")] + item.message.runs)
      if !item.remedy.isEmpty { text = text + " " + item.remedy }
      if !item.place.isEmpty { text = Prose("\(text) (at \(code: item.place))", in: language) }
      var pieces = marked("•", text, look: textLook, space: place == 0 ? paragraphGap : 4)
      if place == 0, let id = findings.id, !pieces.isEmpty {
        pieces[0].operations.append(.destination(name: id, x: 0, y: 0))
      }
      return pieces
    }.inside("L")
  }

  private func marked(
    _ mark: String, _ text: Prose, look: TextLook, space: Double, indent: Double = 16
  ) -> [FlowPiece] {
    var lines = lines(text, look: look, x: indent, measure: style.measure)
    guard !lines.isEmpty else { return [] }
    let label = TextLine(fragments: [(0, ruler.fragment(mark, look))], width: 0)
      .operations(x: 0, y: lines[0].baseline, ruler: ruler)
    lines[0].operations = lines[0].operations.led(by: label)
    return spaced(lines.tagged("LBody").inside("LI"), by: space)
  }

  private func withBar(_ pieces: [FlowPiece]) -> [FlowPiece] {
    pieces.map { piece in
      var piece = piece
      piece.operations.append(box(Rectangle(x: 0, y: 0, width: 2, height: piece.height + 0.2), fill: .grid))
      return piece
    }
  }
}

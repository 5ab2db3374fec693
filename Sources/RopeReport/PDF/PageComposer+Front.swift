import RopeChart

extension PageComposer {
  func titlePieces(_ metadata: Document.Metadata) -> [FlowPiece] {
    let size = style.textSize * 2
    var title = lines(
      Prose(metadata.title), look: TextLook(role: .bold, size: size), measure: style.columnWidth, leading: size * 1.18)
    if !title.isEmpty { title[0].operations.insert(.destination(name: "top", x: 0, y: 0), at: 0) }
    let subtitle = spaced(
      lines(
        Prose(metadata.subtitle), look: TextLook(size: style.textSize * 1.1, paint: .mutedInk),
        measure: style.columnWidth), by: 4)
    let rule = FlowPiece(
      height: 1, operations: [horizontalRule(y: 0.5, to: style.columnWidth, width: 0.8)], spaceBefore: 10)
    return keptTogether(title.tagged("H1") + subtitle + [rule])
  }

  /// Sections with the page that each begins on.
  func contentsPieces(_ document: Document, pageNumbers: [String: Int]) -> [FlowPiece] {
    var entries = document.sections.flatMap { section in
      [(section.id, 1)] + section.subsections.map { ($0.id, 2) }
    }
    if index[DocumentIndex.sourcesID] != nil { entries.append((DocumentIndex.sourcesID, 1)) }
    guard entries.count > 1 else { return [] }
    var heading = lines(
      Prose(language("Contents")), look: TextLook(role: .bold, size: style.textSize * 1.14), measure: style.measure)
    for place in heading.indices { heading[place].keepsWithNext = true }
    let numberWidth = 20.0
    let rows = entries.compactMap { id, level -> FlowPiece? in
      guard let entry = index[id] else { return nil }
      var look = textLook
      look.target = .destination(id)
      let indent = level == 1 ? 0 : numberWidth
      let titleX = indent + numberWidth + (level == 1 ? 0 : 8)
      let leading = style.leading * 1.05
      let y = baseline(leading, look)
      // Titles that are too long for one line are cut: the list must not change its height.
      let available = style.measure - titleX - 30
      let title = setter.lines(Prose(entry.title), look: look, measure: available)
      let page = pageNumbers[id].map(String.init) ?? ""
      let pageWidth = ruler.width(page, .text, look.size)
      var operations = setter.lines(Prose(entry.number), look: look, measure: 100)
        .flatMap { $0.operations(x: indent, y: y, ruler: ruler) }
      if let first = title.first { operations += first.operations(x: titleX, y: y, ruler: ruler) }
      operations += setter.lines(Prose(page), look: look, measure: 100)
        .flatMap { $0.operations(x: style.measure - pageWidth, y: y, ruler: ruler) }
      return FlowPiece(height: leading, operations: operations.withLinksTagged, tags: [StructureTag("TOCI")])
    }
    return keptTogether(spaced(heading, by: style.leading * 1.6) + spaced(rows.inside("TOC"), by: 3))
  }

  /// The list behind the raised letters after numbers.
  func sourcePieces() -> [FlowPiece] {
    guard index[DocumentIndex.sourcesID] != nil else { return [] }
    let section = Section(id: DocumentIndex.sourcesID, title: index[DocumentIndex.sourcesID]?.title ?? "", blocks: [])
    let look = TextLook(size: smallSize)
    let rows = index.sources.enumerated().flatMap { place, source -> [FlowPiece] in
      var label = look
      label.role = .italic
      label.paint = .link
      var lines = lines(Prose(source), look: look, x: 22, measure: style.measure, leading: smallLeading * 1.02)
      guard !lines.isEmpty else { return [] }
      let mark = setter.lines(Prose(SourceLabel.text(place + 1)), look: label, measure: 40)
      lines[0].operations += mark.flatMap { $0.operations(x: 0, y: baseline(smallLeading, look), ruler: ruler) }
      lines[0].operations.append(.destination(name: "source-\(place + 1)", x: 0, y: 0))
      return spaced(lines, by: 2)
    }
    return pieces(section) + rows
  }

  /// Running head and page number.
  func furniture(
    _ metadata: Document.Metadata, _ page: PageFlow.Page, number: Int, of count: Int
  ) -> [DrawOperation] {
    let look = TextLook(size: smallSize, paint: .mutedInk)
    let right = style.width - style.right
    var operations: [DrawOperation] = []
    func text(_ string: String, x: Double, y: Double, endsAt: Bool = false, measure: Double) {
      guard let line = setter.lines(Prose(string), look: look, measure: measure).first else { return }
      operations += line.operations(x: endsAt ? x - line.width : x, y: y, ruler: ruler)
    }
    if number > 1 {
      let y = style.top - 30
      text(metadata.title, x: style.left, y: y, measure: style.columnWidth * 0.48)
      text(page.sectionTitle, x: right, y: y, endsAt: true, measure: style.columnWidth * 0.48)
      operations.append(
        .path(
          .init(
            segments: [[Point(style.left, y + 6), Point(right, y + 6)]], stroke: .init(.grid, width: 0.5))))
    }
    let y = style.height - style.bottom + 30
    text(metadata.creator, x: style.left, y: y, measure: style.columnWidth * 0.6)
    text(language("page \(number) of \(count)"), x: right, y: y, endsAt: true, measure: style.columnWidth * 0.38)
    return operations
  }
}

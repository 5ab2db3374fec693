import RopeFigures

extension ReportDocument {
  /// What was measured on the model, with the closed forms beside it; nil where nothing was.
  func measured(_ data: FigureData) -> Section? {
    guard let measured = record.measured, !measured.measurements.isEmpty else { return nil }
    let blocks = MeasuredBlocks(data: data, reach: measured.reach)
    let shown = Set(figures.map(\.figure.id))
    let findings = blocks.findings.map { sentence -> Prose in
      guard let id = sentence.figure, shown.contains(id) else { return Prose(sentence.text) }
      return told("\(sentence.text) (\(reference: id))")
    }
    return Section(
      id: "measured", title: language("Measured"),
      blocks: [
        .prose(
          told("What a real model did, beside what the closed forms say of the same plans at the same lengths.")),
        blocks.setting,
      ] + (findings.isEmpty ? [] : [.list(Block.List(findings))])
        + charts(.losses) + [blocks.lossTable].compactMap { $0 }
        + charts(.retrieval) + [blocks.retrievalTable].compactMap { $0 }
        + charts(.scores) + [blocks.scoreTable].compactMap { $0 } + charts(.predictions))
  }
}

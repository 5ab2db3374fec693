import RopeFigures

extension ReportDocument {
  /// What was measured on the model, with the closed forms beside it; nil where nothing was.
  func measured(_ data: FigureData) -> Section? {
    guard let measured = record.measured, !measured.measurements.isEmpty else { return nil }
    let blocks = MeasuredBlocks(data: data, reach: measured.reach)
    let findings = blocks.findings.map { sentence in
      Block.Verdict.Sentence(Prose(sentence.text), evidence: sentence.figure.flatMap { id in figures.contains { $0.figure.id == id } ? id : nil })
    }
    return Section(
      id: "measured", title: "Measured",
      blocks: [
        .prose("What a real model did, beside what the closed forms say of the same plans at the same lengths."), blocks.setting,
      ] + (findings.isEmpty ? [] : [.verdict(Block.Verdict(findings))])
        + charts(["loss-by-position"]) + [blocks.lossTable].compactMap { $0 }
        + charts(["passkey-map"]) + [blocks.retrievalTable].compactMap { $0 }
        + charts(["score-by-length"]) + [blocks.scoreTable].compactMap { $0 })
  }
}

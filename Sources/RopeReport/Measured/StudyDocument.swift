import RopeAnalysis
import RopeFigures
import RopeMath

/// The page of a controlled study: published claims beside what the measurements say of them.
public struct StudyDocument: Sendable {
  /// Where the figures lie, relative to the page: `study`.
  public let folder: String
  public let figures: [ReportFigure]
  private let data: FigureData
  private let reach: [MeasuredReach]

  public init(_ record: MeasuredRecord, data: FigureData, folder: String) {
    self.data = data
    self.folder = folder
    reach = record.reach
    let kinds: [any FigureKind.Type] = [LossByPositionFigure.self, PasskeyMapFigure.self]
    figures = kinds.compactMap { kind in kind.figure(data).map { ReportFigure(kind: kind.card, figure: $0) } }
  }

  public var claims: [StudyClaim] {
    StudyClaims(
      data.measurements, trainedLength: data.trainedLength,
      method: { id in data.measured.first { $0.ids == [id] }?.label },
      name: { label in data.measured.first { $0.label == label }?.name ?? label }
    ).all
  }

  public var document: Document {
    let blocks = MeasuredBlocks(data: data, reach: reach)
    let findings = blocks.findings.map { Prose($0.text) }
    return Document(
      metadata: Document.Metadata(
        title: "A controlled study in miniature: \(data.modelName)",
        subtitle: "Context extension without training, beyond \(Wording.whole(data.trainedLength)) trained tokens",
        description: "Claims of arXiv 2409.12181 tested on \(data.modelName)."),
      lead: [.verdict(Block.Verdict(claims.map(sentence)))],
      sections: [
        Section(
          id: "claims", title: "The published claims",
          blocks: [
            .prose(
              "Lu et al., \(link: "A Controlled Study on Long Context Extension and Generalization in LLMs", address: "https://arxiv.org/abs/2409.12181"), compared methods on one base model of 7 billion parameters. Here each claim that needs no training is put to the numbers of a much smaller model. A claim holds where every 95 % interval lies where it is asked to, does not hold where one lies wholly on the other side, and is undecided otherwise."
            ),
            .table(claimsTable),
          ]),
        Section(
          id: "losses", title: "Perplexity by position",
          blocks: charts("loss-by-position") + [blocks.lossTable].compactMap { $0 }),
        Section(
          id: "retrieval", title: "Retrieval by length and depth",
          blocks: charts("passkey-map") + [blocks.retrievalTable].compactMap { $0 }),
        Section(
          id: "sureness", title: "How it was made, and how sure it is",
          blocks: [blocks.setting] + (findings.isEmpty ? [] : [.list(Block.List(findings))]) + [
            .note(
              Block.Note(
                .caution,
                "One small model and little text: differences of losses are taken over blocks of 512 tokens of the same text, which removes what makes one text harder than another, but says nothing of other texts, models or sizes. The number hidden in prose is the easiest kind of retrieval."
              ))
          ]),
      ].filter { !$0.blocks.isEmpty })
  }

  private func sentence(_ claim: StudyClaim) -> Block.Verdict.Sentence {
    let tone: Block.Verdict.Sentence.Tone =
      switch claim.verdict {
      case .holds: .good
      case .fails: .bad
      case .undecided: .caution
      }
    let rest = claim.missing > 0 && claim.verdict == .undecided ? " Not everything it needs was measured." : ""
    return Block.Verdict.Sentence(
      "\(strong: Self.capitalised(claim.verdict.rawValue)): \(claim.text)\(rest)", evidence: "claims-table", tone: tone)
  }

  private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private var claimsTable: Block.Table {
    Block.Table(
      id: "claims-table", caption: "Every test behind the verdicts, with its 95 % interval.",
      columns: [
        Block.Table.Column("Claim", alignment: .left), Block.Table.Column("Test", alignment: .left),
        Block.Table.Column("Asked", alignment: .left), Block.Table.Column("Found"),
        Block.Table.Column("95 % interval", alignment: .left),
        Block.Table.Column("n", explanation: "blocks of 512 tokens, or trials"),
        Block.Table.Column("Verdict", alignment: .left),
      ],
      rows: claims.flatMap { claim in
        claim.tests.map { test in
          Block.Table.Row([
            Block.Table.Cell(Prose(claim.id)), Block.Table.Cell(Prose("\(test.comparison) (\(test.unit))")),
            Block.Table.Cell(Prose(test.asked)),
            Block.Table.Cell(Prose(Wording.fixed(test.value, decimals: 3)), value: test.value),
            Block.Table.Cell(
              Prose(
                "\(Wording.fixed(test.interval.lowerBound, decimals: 3)) to \(Wording.fixed(test.interval.upperBound, decimals: 3))"
              )),
            Block.Table.Cell(Prose("\(test.count)"), value: Double(test.count)),
            Block.Table.Cell(Prose(test.verdict.rawValue)),
          ])
        }
      }, sortable: false)
  }

  private func charts(_ id: String) -> [Block] {
    figures.filter { $0.figure.id == id }.map { figure in
      .chart(
        Block.Chart(
          figure.figure,
          files: ["pdf", "svg", "png", "csv", "json"].map {
            Block.Chart.File($0.uppercased(), path: "\(folder)/\(id).\($0)")
          }))
    }
  }
}

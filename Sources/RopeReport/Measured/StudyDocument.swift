import RopeAnalysis
import RopeFigures
import RopeMath
import RopeRecords
import RopeText

/// The page of a controlled study: published claims beside what the measurements say of them.
public struct StudyDocument: Sendable {
  /// Where the figures lie, relative to the page: `study`.
  public let folder: String
  public let figures: [ReportFigure]
  private let data: FigureData
  private let reach: [MeasuredReach]
  /// Closed forms beside what was measured; nil where none was.
  let prediction: PredictionRecord?

  public init(_ record: MeasuredRecord, data: FigureData, folder: String, prediction: PredictionRecord? = nil) {
    self.data = data
    self.prediction = prediction
    self.folder = folder
    reach = record.reach
    let kinds: [any FigureKind.Type] = [
      LossByPositionFigure.self, PasskeyMapFigure.self, ScoreByLengthFigure.self, PredictionFigure.self,
    ]
    figures = kinds.compactMap { kind in kind.figure(data).map { ReportFigure(kind: kind.card, figure: $0) } }
  }

  var language: Language { data.language }

  func told(_ template: ProseTemplate) -> Prose { Prose(template, in: language) }

  public var claims: [StudyClaim] {
    StudyClaims(
      data.measurements, trainedLength: data.trainedLength,
      method: { method in data.measured.first { method.matches($0.label, ids: $0.ids) }?.label },
      name: { label in data.measured.first { $0.label == label }?.name ?? label }
    ).all
  }

  public var document: Document {
    let blocks = MeasuredBlocks(data: data, reach: reach)
    let findings = blocks.findings.map { Prose($0.text) }
    let paper = Prose(
      runs: [
        .externalLink(
          "A Controlled Study on Long Context Extension and Generalization in LLMs",
          address: "https://arxiv.org/abs/2409.12181")
      ])
    return Document(
      metadata: Document.Metadata(
        title: language("A controlled study in miniature: \(data.modelName)"),
        subtitle: language(
          "Context extension without training, beyond \(Wording.whole(data.trainedLength)) trained tokens"),
        language: language.code,
        description: language("Claims of arXiv 2409.12181 tested on \(data.modelName).")),
      lead: [.verdict(Block.Verdict(claims.map(sentence)))],
      sections: [
        Section(
          id: "claims", title: language("The claims"),
          blocks: [
            .prose(
              told(
                "Lu et al., \(paper), compared methods on one base model of 7 billion parameters, mostly after fine-tuning. Its three findings are put to the numbers of a much smaller model as far as they can be without training, and then this project's own claims, whose bounds of \(Wording.fixed(StudyClaims.margin, decimals: 2)) and \(Wording.fixed(StudyClaims.fluencyMargin, decimals: 1)) nats are this project's too. That exact methods work after fine-tuning is not tested here."
              )
            ),
            .prose(
              told(
                "Losses are compared document by document: blocks of one document are not independent, so the interval is Student's t over the documents' mean differences; so are the losses of answers in tasks, whose questions share documents, and which stand for retrieval where three documents were asked about. Retrieval of a single number is compared on the same trials, by McNemar's exact test with Newcombe's paired interval. Intervals and P of a test are for that test alone. A claim holds where all of its tests agree, so that the largest of their P counts, and does not hold here where one of them contradicts it, so that the smallest of those counts, times the number of tests; these P are adjusted for all claims of the page (Holm), and above 0.05 a claim is undecided, which is what few documents must often leave it."
              )
            ),
            .table(claimsTable),
          ]),
        Section(
          id: "losses", title: language("Perplexity by position"),
          blocks: charts("loss-by-position") + [blocks.lossTable].compactMap { $0 }),
        Section(
          id: "retrieval", title: language("Retrieval by length and depth"),
          blocks: charts("passkey-map") + [blocks.retrievalTable].compactMap { $0 }),
        Section(
          id: "tasks", title: language("Tasks of several facts"),
          blocks: blocks.scoreTable.map { [.prose(told(taskScores))] + charts("score-by-length") + [$0] } ?? []),
        Section(
          id: "predictions", title: language("Do closed forms predict it?"),
          blocks: predictions.map { $0.sentences + charts("prediction") + [.table($0.table)] } ?? []),
        Section(
          id: "sureness", title: language("How it was made, and how sure it is"),
          blocks: [blocks.setting] + (findings.isEmpty ? [] : [.list(Block.List(findings))]) + [
            .note(
              Block.Note(
                .caution,
                told(
                  "One small model and few texts, most of which it may have been trained on: differences of losses say nothing of other models or sizes. Trials of retrieval hide numbers of their own in prose that begins elsewhere, but share its documents. One number hidden in prose is the easiest kind of retrieval."
                )
              ))
          ] + [absent].compactMap { $0 } + disclosure),
      ].filter { !$0.blocks.isEmpty })
  }

  private var taskScores: ProseTemplate {
    "A text holds several facts, each asked for in a question of its own after it; the score is the share of answers whose every token ranks first. Bars and ± are one standard error, over documents where several questions share one."
  }

  /// What a reader may look for and was not run.
  private var absent: Block? {
    guard let longest = data.measurements.losses.compactMap(\.length).max() else { return nil }
    let ratio = Wording.number(Double(longest) / Double(data.trainedLength), digits: 2)
    return .note(
      Block.Note(
        .caution,
        told(
          "Not run for this page: windows beyond \(TokenCount.label(longest)) tokens (\(ratio) times the trained length), factors for them, and other models."
        )))
  }

  /// What was trained for the study, which is otherwise without training.
  private var disclosure: [Block] {
    let own = data.measured.filter { $0.ids == ["clex"] && $0.label.contains("clex-smollm2-135m") }
    guard !own.isEmpty else { return [] }
    return [
      .note(
        Block.Note(
          .caution,
          told(
            "CLEX is the one method here that was trained, and it was trained for this page, not by its authors: its differential equation alone, the model's weights frozen, in 74 steps of Adam on four other novels of Jane Austen and two technical books. One of the texts read here is by the same author. Its rows speak of this small fit, not of CLEX as published."
          )
        ))
    ]
  }

  private func sentence(_ claim: StudyClaim) -> Block.Verdict.Sentence {
    let tone: Block.Verdict.Sentence.Tone =
      switch claim.verdict {
      case .holds: .good
      case .fails: .bad
      case .undecided: .caution
      }
    let verdict = Prose(runs: [.strong(language(fixed: claim.verdict.title))])
    let sentence: ProseTemplate =
      claim.origin == .published ? "\(verdict): \(claim.text)" : "\(verdict) (this project's claim): \(claim.text)"
    let isIncomplete = claim.missing > 0 && claim.verdict == .undecided
    return Block.Verdict.Sentence(
      isIncomplete ? told("\(told(sentence)) Not everything it needs was measured.") : told(sentence),
      evidence: "claims-table", tone: tone)
  }

  /// The claims with their verdicts, a line each.
  public var lines: [String] {
    claims.map { claim in
      let verdict = Message(template: claim.verdict.rawValue)
      return language("\(verdict): \(claim.text)")
    }
  }

  private var claimsTable: Block.Table {
    Block.Table(
      id: "claims-table", caption: told("Every test behind the verdicts."),
      columns: [
        Block.Table.Column(language("Claim"), alignment: .left), Block.Table.Column(language("Test"), alignment: .left),
        Block.Table.Column(language("Asked"), alignment: .left), Block.Table.Column(language("Found")),
        Block.Table.Column(language("95 % interval"), alignment: .left),
        Block.Table.Column(
          language("Over"), alignment: .left, explanation: language("what the interval takes as independent")),
        Block.Table.Column(language("P"), explanation: language("two-sided, of this test alone")),
        Block.Table.Column(language("P of the claim"), explanation: language("adjusted by Holm over all claims")),
        Block.Table.Column(language("Verdict"), alignment: .left),
      ],
      rows: claims.flatMap { claim in
        claim.tests.map { test in
          let interval = test.interval.map { range($0, decimals: 3) } ?? "–"
          return Block.Table.Row([
            Block.Table.Cell(Prose(claim.id)), Block.Table.Cell(told("\(test.comparison) (\(test.unit))")),
            Block.Table.Cell(told(Self.asked(test.side))),
            Block.Table.Cell(Prose(Wording.fixed(test.value, decimals: 3)), value: test.value),
            Block.Table.Cell(Prose(interval)), Block.Table.Cell(Prose(language(test.sample))),
            Block.Table.Cell(Prose(Wording.number(test.p, digits: 2)), value: test.p),
            Block.Table.Cell(Prose(Wording.number(claim.adjusted, digits: 2)), value: claim.adjusted),
            Block.Table.Cell(Prose(language(fixed: claim.verdict.rawValue))),
          ])
        }
      }, sortable: false)
  }

  /// `0.1 to 0.3`.
  func range(_ interval: ClosedRange<Double>, decimals: Int) -> String {
    let ends = [interval.lowerBound, interval.upperBound].map { Wording.fixed($0, decimals: decimals) }
    return language("\(ends[0]) to \(ends[1])")
  }

  private static func asked(_ side: StudyClaim.Side) -> ProseTemplate {
    switch side {
    case .above(let bound): "above \(bound.formattedShortest)"
    case .below(let bound): "below \(bound.formattedShortest)"
    }
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

import RopeAnalysis
import RopeFigures
import RopeMath

/// Puts a finished run into the order in which a reader asks: verdict, comparison, then figures by question, then how it
/// was made. Reads the record only.
public struct ReportDocument {
  let record: RunRecord
  let facts: VerdictFacts
  let data: FigureData
  /// Every figure that the record holds the data of, in the catalogue's order.
  public let figures: [ReportFigure]

  /// - Throws: `GeometryError` where the record was edited into an impossible geometry.
  public init(_ record: RunRecord) throws(GeometryError) {
    self.record = record
    facts = VerdictFacts(record)
    let data = try record.figureData()
    self.data = data
    figures = FigureCatalogue.all.compactMap { kind in
      kind.figure(data).map { ReportFigure(kind: kind.card, figure: $0) }
    }
  }

  public var document: Document {
    let target = TokenCount.label(record.targetLength)
    return Document(
      metadata: Document.Metadata(
        title: "\(record.model.name) at \(target)",
        subtitle:
          "What RoPE scaling does to a model trained to \(Wording.whole(record.trainedLength)) tokens at \(Wording.whole(record.targetLength))",
        creator: "RopeScope \(record.version)",
        description: Verdict.sentences(record).first?.text ?? "",
        keywords: ["RoPE", "context extension", record.model.name] + record.methods.map(\.name)),
      lead: [.verdict(verdict)],
      sections: [comparison, angles, frequencies, attention, positions, generating]
        + [measured(data), runtimes].compactMap { $0 }
        + [cost, model, formulas, making])
  }

  private var verdict: Block.Verdict {
    let shown = Set(figures.map(\.figure.id))
    return Block.Verdict(
      Verdict.sentences(record).map { sentence in
        Block.Verdict.Sentence(
          Self.prose(sentence.text), evidence: sentence.figure.flatMap { shown.contains($0) ? $0 : nil })
      })
  }

  /// Backquoted words as code.
  private static func prose(_ text: String) -> Prose {
    Prose(
      runs: text.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, part in
        part.isEmpty ? nil : index.isMultiple(of: 2) ? .text(String(part)) : .code(String(part))
      })
  }

  /// The blocks of the figures that are drawn from any of these analyses, in the catalogue's order.
  func charts(_ ids: [String]) -> [Block] {
    figures.filter { ids.contains($0.figure.id) }.map { figure in
      .chart(
        Block.Chart(
          figure.figure,
          files: ["pdf", "svg", "png"].map {
            Block.Chart.File($0.uppercased(), path: "figures/\(figure.figure.id).\($0)")
          }
            + ["csv", "json"].map { Block.Chart.File($0.uppercased(), path: "data/\(figure.figure.id).\($0)") }))
    }
  }

  /// Formula, caveat and sources of every analysis that the record holds.
  var formulas: Section {
    let held = Set(record.analyses.map(\.name))
    return Section(
      id: "formulas", title: "How each number is computed",
      blocks: [
        .prose(
          "Each property with its formula, what it does not say, and where it is from. Simulated values stand beside these closed forms in the figures and in the data files."
        )
      ]
        + AnalysisCatalogue.all.map { $0.card }.filter { held.contains($0.id) }.flatMap(formula))
  }

  /// “Computed as told under …”, with links to the formulas.
  func computed(_ ids: [String]) -> [Block] {
    let held = Set(record.analyses.map(\.name))
    var runs: [Inline] = []
    for card in AnalysisCatalogue.all.map({ $0.card }) where ids.contains(card.id) && held.contains(card.id) {
      runs.append(.text(runs.isEmpty ? "Formulas: " : ", "))
      runs.append(.link(card.title, id: "formula-\(card.id)"))
    }
    return runs.isEmpty ? [] : [.prose(Prose(runs: runs + [.text(".")]))]
  }

  private func formula(_ card: AnalysisCard) -> [Block] {
    var blocks: [Block] = [
      .formula(Block.Formula(id: "formula-\(card.id)", card.formula, reference: "\(strong: card.title) (\(card.unit))"))
    ]
    if !card.caveat.isEmpty { blocks.append(.prose(Prose(card.caveat))) }
    if !card.references.isEmpty { blocks.append(.prose(sources(card.references))) }
    return blocks
  }

  private func sources(_ references: [Reference]) -> Prose {
    var runs: [Inline] = [.text("Sources: ")]
    for (index, reference) in references.enumerated() {
      if index > 0 { runs.append(.text("; ")) }
      let place = reference.place.map { ", \($0)" } ?? ""
      let text = "\(reference.title) (\(reference.source)\(place))"
      if let url = reference.url {
        runs.append(.externalLink(text, address: url))
      } else {
        runs.append(.text(text))
      }
    }
    return Prose(runs: runs)
  }
}

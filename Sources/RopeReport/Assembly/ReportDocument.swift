import RopeAnalysis
import RopeFigures
import RopeMath
import RopeText

/// Puts a finished run into the order in which a reader asks: the answer with findings and settings, what the numbers say,
/// comparison, then figures by question, then how it was made. Reads the record only.
public struct ReportDocument {
  let record: RunRecord
  let language: Language
  let facts: VerdictFacts
  let data: FigureData
  /// Every figure that the record holds the data of, in the catalogue's order.
  public let figures: [ReportFigure]
  let references: ReferenceList

  /// - Throws: `GeometryError` where the record was edited into an impossible geometry.
  public init(_ record: RunRecord, in language: Language = .english) throws(GeometryError) {
    self.record = record
    self.language = language
    facts = VerdictFacts(record, in: language)
    let data = try record.figureData(in: language)
    self.data = data
    figures = FigureCatalogue.all.compactMap { kind in
      kind.figure(data).map { ReportFigure(kind: kind.card, figure: $0) }
    }
    references = Self.references(record)
  }

  /// A paragraph in the report's language.
  func told(_ template: ProseTemplate) -> Prose { Prose(template, in: language) }

  public var document: Document {
    let numbers = Section(
      id: "numbers", title: language("What the numbers say"), blocks: [.list(Block.List(numberSentences))])
    return GlossaryLinks.added(
      to: Document(
        metadata: metadata, lead: answer() + leadChart(aspect: 0.62) + otherSettings(),
        sections: (numberSentences.isEmpty ? [] : [numbers])
          + [comparison, angles, frequencies, attention, positions, generating]
          + [measured(data), runtimes].compactMap { $0 } + [cost, model, formulas, making]
          + [
            Section(
              id: "references", title: language("References"),
              blocks: [.citations(Block.Citations(references.entries))])
          ]
      ), before: "making", in: language)
  }

  /// The answer on one page: what to do, what is wrong, how to set it, the methods in a few numbers.
  public var brief: Document {
    Document(
      metadata: metadata,
      lead: answer(isBrief: true) + otherSettings(isBrief: true) + leadChart(aspect: 0.5) + [
        .table(briefTable),
        .prose(
          told(
            "Closed forms and simulations under stated assumptions; phase-safe is a conservative indicator. The full report, with every figure and formula: \(code: "ropescope render run.json -o DIR")."
          )),
      ], sections: [])
  }

  private var metadata: Document.Metadata {
    Document.Metadata(
      title: language("\(record.model.title) at \(TokenCount.label(record.targetLength))"),
      subtitle: language(
        "What RoPE scaling does to a model trained to \(Wording.whole(record.trainedLength)) tokens at \(Wording.whole(record.targetLength))"
      ),
      creator: "RopeScope \(record.version)", language: language.code,
      description: (Verdict.sentences(record, in: language).first?.text ?? "").filter { $0 != "`" },
      keywords: ["RoPE", language("context extension"), record.model.title]
        + record.methods.map { $0.name(in: language) })
  }

  // MARK: Figures

  /// The figure that stands with the answer.
  private var leadFigure: ReportFigure? {
    figures.first { $0.figure.id == "phase-safe-length" } ?? figures.first { $0.figure.id == "summary" }
  }

  /// - Parameter aspect: of its usual height, the share.
  private func leadChart(aspect: Double) -> [Block] {
    guard var lead = leadFigure?.figure else { return [] }
    lead.aspect *= aspect
    return [.chart(Block.Chart(lead, data: "data/\(lead.id).csv"))]
  }

  /// The blocks of a topic's figures, and links to the formulas behind them.
  func charts(_ topic: ReportTopic) -> [Block] {
    let own = figures.filter { ReportTopic.topic(of: $0.figure.id) == topic }
    let shown = own.filter { $0.figure.id != leadFigure?.figure.id }
      .sorted { left, right in
        let places = [left, right].map { topic.figures.firstIndex(of: $0.figure.id) ?? .max }
        return places[0] < places[1]
      }
    return shown.map { .chart(Block.Chart($0.figure, data: "data/\($0.figure.id).csv")) } + computed(topic)
  }

  private func computed(_ topic: ReportTopic) -> [Block] {
    let held = Set(record.analyses.map(\.name))
    let links = AnalysisCatalogue.all.map { $0.card }
      .filter { topic.analyses.contains($0.id) && held.contains($0.id) }
      .map { [Inline.link(language(fixed: $0.title), id: "formula-\($0.id)")] }
    guard !links.isEmpty else { return [] }
    return [.prose(told("Formulas: \(Prose(runs: Array(links.joined(separator: [.text(language(", "))]))))."))]
  }

  // MARK: Formulas

  /// Formula, caveat and sources of every analysis that the record holds.
  private var formulas: Section {
    let held = Set(record.analyses.map(\.name))
    return Section(
      id: "formulas", title: language("How each number is computed"),
      blocks: [
        .prose(
          told(
            "Each property with its formula, what it does not say, and where it is from. Simulated values stand beside these closed forms in the figures and in the data files."
          ))
      ]
        + AnalysisCatalogue.all.map { $0.card }.filter { held.contains($0.id) }.map(formula))
  }

  private func formula(_ card: AnalysisCard) -> Block {
    var remark = card.caveat.isEmpty ? Prose("") : Prose(mathIn: language(fixed: card.caveat))
    if !card.references.isEmpty {
      let sources = told("Sources: \(Prose(runs: ReferenceList.citations(card.references, in: language))).")
      remark = remark.isEmpty ? sources : told("\(remark) \(sources)")
    }
    let title = language(fixed: card.title), unit = language(fixed: card.unit)
    // No brackets within brackets.
    let isBracketed = unit.contains { $0 == "(" || $0 == "（" }
    return .formula(
      Block.Formula(
        id: "formula-\(card.id)", language(foreign: card.formula),
        title: isBracketed ? language("\(title): \(unit)") : language("\(title) (\(unit))"), remark: remark))
  }

  /// Those of the advice, then of the analyses, then of the methods: as a reader meets them.
  private static func references(_ record: RunRecord) -> ReferenceList {
    var list = ReferenceList()
    if let advice = record.advice {
      let reasons = advice.reasons + advice.cautions + advice.alternatives + advice.wouldChange
      list.add(reasons.compactMap(\.source))
    }
    let held = Set(record.analyses.map(\.name))
    for analysis in AnalysisCatalogue.all where held.contains(analysis.card.id) { list.add(analysis.card.references) }
    for id in record.comparison.flatMap(\.ids) {
      list.add((try? MethodCatalogue.type(named: id).card.references) ?? [])
    }
    return list
  }
}

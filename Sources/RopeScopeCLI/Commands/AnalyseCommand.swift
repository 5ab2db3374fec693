import ArgumentParser
import RopeAnalysis
import RopeFigures
import RopeMath
import RopeRecords
import RopeReport

/// `ropescope analyse`: every property of every method, as data.
struct AnalyseCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse", abstract: "Compute every closed-form and simulated property of the methods, as data.",
    discussion: """
      EXAMPLES:
        ropescope analyse qwen2.5-7b --target 128k
        ropescope analyse qwen2.5-7b --methods yarn,ntk --only attention-entropy --format csv
        ropescope analyse config.json --target 64k --format json -o analysis.json
        ropescope analyse qwen2.5-7b --methods none,yarn,ntk --target 128k --format latex \\
          --columns phase-safe,resolution-kept,logits --bibtex methods.bib -o table.tex
        ropescope analyse smollm2-135m --target 16k --only temperature --statistics smollm2-135m
      """, aliases: ["analyze"])

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv, latex, markdown, typst }

  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions
  @OptionGroup var advice: AdviceOptions

  @Option(
    help: "Analyses to run, with commas; all where left out.",
    completion: Completions.analyses)
  var only: String?

  @Option(help: "text, latex, markdown or typst (the comparison), json or csv (every curve).")
  var format: Format = .text

  @OptionGroup var table: TableOptions

  @Option(help: "Also write what a paper cites for these methods, as BibTeX.", completion: .file(extensions: ["bib"]))
  var bibtex: String?

  @OptionGroup var answer: AnswerOptions

  @OptionGroup var output: OutputOptions

  private struct Document: Encodable {
    let schema = "ropescope.analysis/1"
    let model: ModelRecord
    let targetLength: Int
    let trainedLength: Int
    let analyses: [AnalysisSeries]
    let comparison: [ComparisonRow]
    let advice: Advice?

    enum CodingKeys: String, CodingKey {
      case schema, model, analyses, comparison, advice
      case targetLength = "target_length"
      case trainedLength = "trained_length"
    }
  }

  func run(in console: Console) async throws -> ExitStatus {
    var outputs = try answer.outputs(reading: model.inputs + options.inputs)
    if let bibtex { try outputs.expect(bibtex) }
    let wanted = only?.split(separator: ",").map(String.init)
    let known = AnalysisCatalogue.all.map { $0.card.id }
    if let unknown = wanted?.first(where: { !known.contains($0) }) {
      throw Failure.usage(
        "no analysis is called “\(unknown)”\(Nearest.hint(unknown, in: known)); there are \(known.joined(separator: ", "))"
      )
    }
    let request = try options.request(for: try model.subject(console), analyses: wanted, advice: advice)
    let record = try await Run.record(request, command: [], console, output)
    if let bibtex { try outputs.add(BibTeX.bytes(of: record), to: bibtex) }
    switch format {
    case .json:
      let document = Document(
        model: record.model, targetLength: record.targetLength, trainedLength: record.trainedLength,
        analyses: record.analyses, comparison: record.comparison, advice: record.advice)
      try answer.give(try JSONText.encode(document), outputs, console)
    case .csv: try answer.give(SeriesTable.csv(record.analyses), outputs, console)
    case .text:
      let chosen = try table.columns.map { _ in try comparison(record) }
      let text = AnalysisText.text(record, only: wanted, columns: chosen?.textTable, in: answer.layout(console))
      try answer.give(text, outputs, console)
    case .latex, .markdown, .typst:
      try answer.give(TableForm(rawValue: format.rawValue)?.text(try comparison(record)) ?? "", outputs, console)
    }
    if let bibtex { output.note("wrote \(bibtex)", console) }
    return .clean
  }

  /// The comparison with the columns that are asked for; without any, those that a page is wide enough for.
  private func comparison(_ record: RunRecord) throws -> Block.Table {
    var all = try ReportDocument(record).comparisonTable
    all.caption = Prose(
      "\(record.model.name) at \(Wording.whole(record.targetLength)) tokens, trained to \(Wording.whole(record.trainedLength))."
    )
    return try table.chosen(from: all, usual: Self.usualColumns)
  }

  private static let usualColumns = [
    "phase-safe", "pairs-with-new-angles", "resolution-kept", "middle-ratio", "logits", "entropy",
  ]
}

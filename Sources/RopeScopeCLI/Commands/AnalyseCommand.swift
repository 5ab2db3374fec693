import ArgumentParser
import RopeAnalysis
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
        ropescope analyse smollm2-135m --target 16k --only temperature --statistics smollm2-135m
      """, aliases: ["analyze"])

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions
  @OptionGroup var advice: AdviceOptions

  @Option(
    help: "Analyses to run, with commas; all where left out.",
    completion: .list(AnalysisCatalogue.all.map { $0.card.id }))
  var only: String?

  @Option(help: "text (the comparison), json or csv (every curve).")
  var format: Format = .text

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
    let outputs = try answer.outputs(reading: model.inputs + options.inputs)
    let wanted = only?.split(separator: ",").map(String.init)
    let known = AnalysisCatalogue.all.map { $0.card.id }
    if let unknown = wanted?.first(where: { !known.contains($0) }) {
      throw Failure.usage(
        "no analysis is called “\(unknown)”\(Nearest.hint(unknown, in: known)); there are \(known.joined(separator: ", "))"
      )
    }
    let request = try options.request(for: try model.subject(console), analyses: wanted, advice: advice)
    let progress = AnalysisProgress(console, output, isLong: request.moments != nil)
    let record = try await Run.record(request, version: RopeScope.version, command: [], finished: progress.finished)
    switch format {
    case .json:
      let document = Document(
        model: record.model, targetLength: record.targetLength, trainedLength: record.trainedLength,
        analyses: record.analyses, comparison: record.comparison, advice: record.advice)
      try answer.give(try JSONText.encode(document), outputs, console)
    case .csv: try answer.give(SeriesTable.csv(record.analyses), outputs, console)
    case .text: try answer.give(AnalysisText.text(record, only: wanted), outputs, console)
    }
    return .clean
  }
}

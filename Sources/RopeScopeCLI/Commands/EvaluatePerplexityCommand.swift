import ArgumentParser
import Foundation
import RopeFigures
import RopeInference
import RopeMath
import RopeReport
import RopeText

/// `ropescope evaluate perplexity`.
struct EvaluatePerplexity: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "perplexity", abstract: "Perplexity of a text by method, length and position.",
    discussion: """
      EXAMPLES:
        ropescope evaluate perplexity model.gguf --text book.txt --methods none,linear,ntk,yarn --lengths 8k,16k
        ropescope evaluate perplexity model.gguf --text book.txt --lengths 16k --resume book.jsonl --figure book.pdf
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String?
  @Option(help: "A JSON list of token ids.", completion: .file(extensions: ["json"])) var tokenIds: String?
  @Option(help: "Window lengths with commas: 4k,8k.") var lengths: String
  @Option(help: "Tokens between windows; the window's length where left out.") var stride: Int?
  @Option(help: "Windows at most; all that the text has where left out.") var windows: Int?
  @Option(help: "consistent, or stale: keys as a cache of rotated keys keeps them.") var cache:
    PerplexityEvaluation.Cache = .consistent
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    var outputs = try result.outputs(reading: evaluation.inputs(text, tokenIds))
    let lengths = try LengthList.parse(lengths)
    let input = try evaluation.read(ids: tokenIds, text: text, console)
    let drawing = try result.drawing(LossByPositionFigure.self)
    let (files, model) = try evaluation.open(vocabularySize: input.vocabularySize)
    let checkpoint = try result.checkpoint(of: evaluation)
    let setting = evaluation.setting(files, targetLength: lengths.max() ?? 1, text: text)
    let interruption = Interruption(output)
    let task = PerplexityEvaluation(
      lengths: lengths, stride: stride, windows: windows, cache: cache,
      options: .init(control: evaluation.control(console, output, interruption)))
    var finished: [PerplexityRecord.Run] = []
    do {
      var record = try task.run(
        model, tokens: input.tokens, methods: try evaluation.runs(files, length: setting.targetLength),
        beginning: input.beginning, checkpoint: checkpoint
      ) { finished.append($0) }
      record.setting = setting
      do { try drawing?.draw(record, of: files.resolved, &outputs, console, output) } catch {
        // What was measured is not lost with its picture.
        try result.give(record, as: table(record), outputs, console)
        throw error
      }
      try result.give(record, as: table(record), outputs, console)
      if let drawing { output.note("wrote \(drawing.file)", console) }
      return .clean
    } catch InferenceError.cancelled {
      // What was finished stays usable.
      if !finished.isEmpty {
        let record = PerplexityRecord(runs: finished, setting: setting)
        try result.give(record, as: table(record), outputs, console)
      }
      output.note("interrupted: \(finished.count) runs were finished\(result.interruptionNote)", console)
      return .interrupted
    }
  }

  private func table(_ record: PerplexityRecord) -> TextTable {
    TextTable(
      columns: [
        ("method", .left), ("length", .right), ("windows", .right), ("nats/token", .right), ("± s.e.", .right),
        ("perplexity", .right), ("last bucket", .right),
      ],
      rows: record.runs.map { run in
        func number(_ value: Double) -> String {
          value.formatted(.number.precision(.significantDigits(5)).grouping(.never))
        }
        return [
          run.method, TokenCount.label(run.length), String(run.windows), number(run.nll), number(run.standardError),
          number(run.perplexity), run.byPosition.last.map { number($0.nll) } ?? "",
        ]
      })
  }
}

extension PerplexityEvaluation.Cache: ExpressibleByArgument {}

import ArgumentParser
import Foundation
import RopeFigures
import RopeInference
import RopeMath
import RopeReport
import RopeText

/// `ropescope evaluate passkey`.
struct EvaluatePasskey: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "passkey",
    abstract: "Whether the model finds a number or a sentence hidden in prose, by length and depth.",
    discussion: """
      EXAMPLES:
        ropescope evaluate passkey model.gguf --text book.txt --methods none,ntk:factor=2,yarn:factor=2 --lengths 4k,12k
        ropescope evaluate passkey model.gguf --text book.txt --methods none --lengths 8k --needle sentence --figure map.svg
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "Prose to hide the number in; a short one is read in a circle.", completion: .file()) var text: String
  @Option(help: "Prompt lengths with commas: 4k,8k.") var lengths: String
  @Option(help: "Depths with commas, 0 … 1.") var depths: String = "0,0.25,0.5,0.75,1"
  @Option(help: "Numbers or sentences hidden in each cell.") var trials = 1
  @Option(help: "passkey: a number of five digits; sentence: an ordinary sentence.") var needle: PasskeyPrompt.Needle =
    .passkey
  @Option(help: "Seed of the numbers and places.") var seed: UInt64 = 0
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    var outputs = try result.outputs(reading: evaluation.inputs(text))
    let lengths = try LengthList.parse(lengths)
    let depths = try depths.split(separator: ",").map { part -> Double in
      guard let depth = Double(part), (0...1).contains(depth) else {
        throw Failure.usage("--depths “\(part)”: write numbers from 0 to 1")
      }
      return depth
    }
    let tokenizer = try evaluation.tokenizer()
    let haystack = tokenizer.encode(try TextInput.read(text, console))
    let drawing = try result.drawing(PasskeyMapFigure.self)
    let (files, model) = try evaluation.open(vocabularySize: tokenizer.vocabularySize)
    let checkpoint = try result.checkpoint(of: evaluation)
    let setting = evaluation.setting(files, targetLength: lengths.max() ?? 1, text: text)
    let interruption = Interruption(output)
    let task = PasskeyEvaluation(
      lengths: lengths, depths: depths, trials: trials, needle: needle, seed: seed,
      options: .init(control: evaluation.control(console, output, interruption)))
    var finished: [PasskeyRecord.Cell] = []
    do {
      var record = try task.run(
        model, haystack: haystack, methods: try evaluation.runs(files, length: setting.targetLength),
        beginning: tokenizer.beginning, checkpoint: checkpoint, tokenize: { tokenizer.encode($0) }
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
      if !finished.isEmpty {
        let record = PasskeyRecord(cells: finished, needle: needle, setting: setting)
        try result.give(record, as: table(record), outputs, console)
      }
      output.note("interrupted: \(finished.count) cells were finished\(result.interruptionNote)", console)
      return .interrupted
    }
  }

  private func table(_ record: PasskeyRecord) -> TextTable {
    TextTable(
      columns: [
        ("method", .left), ("length", .right), ("depth", .right), ("found", .right), ("mean rank", .right),
        ("nats", .right),
      ],
      rows: record.cells.map { cell in
        func number(_ value: Double) -> String {
          value.formatted(.number.precision(.significantDigits(3)).grouping(.never))
        }
        return [
          cell.method, TokenCount.label(cell.length), "\(cell.depth)", "\(cell.correct)/\(cell.trials)",
          number(cell.meanRank), number(cell.nll),
        ]
      })
  }
}

extension PasskeyPrompt.Needle: ExpressibleByArgument {}

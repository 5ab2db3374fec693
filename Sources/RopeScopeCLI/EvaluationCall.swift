import RopeFigures
import RopeFiles
import RopeInference
import RopeRecords
import RopeReport

/// An evaluation from the command line: opened, run or foretold, and given as text, JSON and a figure. What was finished
/// before an interruption is given too.
struct EvaluationCall<Kind: Evaluation> {
  let evaluation: EvaluationOptions
  let result: EvaluationResultOptions
  let output: OutputOptions
  /// The file that is read, for the record.
  let text: String?
  /// What the result is drawn as; nil for none.
  let figure: (any FigureKind.Type)?

  /// - Parameter vocabularySize: of the tokenizer that cuts the texts; nil where token ids were given.
  func run(
    _ request: EvaluationRequest, source: EvaluationSource, vocabularySize: Int?, _ outputs: Outputs,
    _ console: Console
  ) throws -> ExitStatus {
    var outputs = outputs
    let drawing = try figure.flatMap { try result.figure.drawing($0) }
    if figure == nil, result.figure.file != nil {
      throw Failure.usage("there is no figure of “\(Kind.card.id)”; leave --figure out")
    }
    let (files, model) = try evaluation.open(vocabularySize: vocabularySize)
    var task = Kind(request)
    let setting = evaluation.setting(files, targetLength: task.lengths.max() ?? 1, text: text)
    let methods = try evaluation.runs(files, length: setting.targetLength ?? 1)
    guard !result.dryRun else {
      let outlook = EvaluationOutlook(
        evaluation: Kind.card.id, methods: methods.map(\.name), lengths: task.lengths,
        tokens: task.tokensPerMethod * Double(methods.count),
        outlook: try task.outlook(methods: methods.count, source: source))
      try result.answer.give(
        result.format == .text ? outlook.text : JSONText.encode(outlook), outputs, console)
      return .clean
    }
    let checkpoint = try result.checkpoint(of: evaluation)
    let interruption = Interruption(output)
    task.options.control = evaluation.control(console, output, interruption)
    var finished: [Kind.Record.Part] = []
    do throws(any Error) {
      var record = try task.run(model, source, methods: methods, checkpoint: checkpoint) { finished.append($0) }
      record.setting = setting
      do { try drawing?.draw(record, of: files.resolved, &outputs, console, output) } catch {
        // What was measured is not lost with its picture.
        try result.give(record, outputs, console)
        throw error
      }
      try result.give(record, outputs, console)
      if let drawing { output.note("wrote \(drawing.file)", console) }
      return .clean
    } catch InferenceError.cancelled {
      // What was finished stays usable.
      if !finished.isEmpty {
        var record = task.record(of: finished)
        record.setting = setting
        try result.give(record, outputs, console)
      }
      output.note("interrupted: \(finished.count) parts were finished\(result.interruptionNote)", console)
      return .interrupted
    }
  }
}

import RopeAnalysis
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
    _ request: EvaluationRequest, source: EvaluationSource, vocabularySize: Int?, _ outputs: Outputs, _ console: Console
  ) throws -> ExitStatus {
    var outputs = outputs
    let drawing = try figure.flatMap { try result.figure.drawing($0) }
    if figure == nil, result.figure.file != nil {
      throw Failure.usage("there is no figure of “\(Kind.card.id)”; leave --figure out")
    }
    guard result.beside != evaluation.precision else {
      throw Failure.usage("--beside names the precision that the methods are run in anyway")
    }
    let (files, model) = try evaluation.open(vocabularySize: vocabularySize)
    let task = Kind(request)
    var setting = evaluation.setting(files, targetLength: task.lengths.max() ?? 1, text: text)
    setting.sharesProse = request.sharesProse == true ? true : nil
    setting.questions = request.questions
    setting.textHash = source.contentHash
    if let beside = result.beside { setting.precision = "\(evaluation.precision.rawValue), \(beside.rawValue)" }
    let methods = try evaluation.runs(files, length: setting.targetLength ?? 1)
    let precisions = [evaluation.precision] + (result.beside.map { [$0] } ?? [])
    guard !result.dryRun else {
      let outlook = EvaluationOutlook(
        evaluation: Kind.card.id, methods: precisions.flatMap { named(methods, $0) }.map(\.name),
        lengths: task.lengths,
        tokens: try task.tokens(methods: methods.count, source: source) * Double(precisions.count),
        outlook: try task.outlook(methods: methods.count, source: source))
      try result.answer.give(
        result.format == .text
          ? outlook.text(in: try result.figure.language.language()) : JSONText.encode(outlook), outputs, console)
      return .clean
    }
    let interruption = Interruption(output)
    let control = evaluation.control(console, output, interruption)
    let times = PieceTimes()
    var finished: [Kind.Record.Part] = []
    do throws(any Error) {
      var parts: [Kind.Record.Part] = []
      for (place, precision) in precisions.enumerated() {
        var run = task, own = evaluation
        own.precision = precision
        run.options.control = control.part(place, of: precisions.count)
        let language = try place == 0 ? model : files.languageModel(precision, workers: evaluation.jobs)
        parts += try run.run(
          language, source, methods: named(methods, precision), checkpoint: try result.checkpoint(of: own, times: times)
        ) { finished.append($0) }.parts
      }
      var record = task.record(of: parts)
      setting.seconds = times.seconds
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
        setting.seconds = times.seconds
        record.setting = setting
        try result.give(record, outputs, console)
      }
      output.note("interrupted: \(finished.count) parts were finished\(result.interruptionNote)", console)
      return .interrupted
    }
  }

  /// The methods as the record calls them: where there are two precisions, by that which they are run in.
  private func named(_ methods: [MethodRun], _ precision: RunnableModel.Precision) -> [MethodRun] {
    guard result.beside != nil else { return methods }
    return methods.map {
      MethodRun(name: MeasuredVariant.label($0.name, precision.rawValue), planner: $0.planner)
    }
  }
}

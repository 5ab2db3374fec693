import ArgumentParser
import Foundation
import RopeFiles
import RopeInference
import RopeRecords
import RopeReport
import RopeText

/// Where an evaluation's result goes, what it is drawn as, and how it goes on after an interruption.
struct EvaluationResultOptions: ParsableArguments {
  @Option(help: "text or json.") var format: AnswerFormat = .text

  @OptionGroup var answer: AnswerOptions

  @Option(
    help: "Checkpoint: finished pieces are added to this file of JSON lines, and those in it are not computed again.",
    completion: .file(extensions: ["jsonl"]))
  var resume: String?

  @Option(
    help:
      "Also run every method in this precision, on the same texts: bfloat16 beside float32. Its rows are called METHOD (bfloat16)."
  )
  var beside: RunnableModel.Precision?

  @OptionGroup var figure: EvaluationFigureOptions

  @Flag(help: "Tell what would be read and what it could show; compute nothing.") var dryRun = false

  /// All that the evaluation writes but its checkpoint.
  ///
  /// - Throws: `OutputError` where something may not be written where it is to go.
  func outputs(reading inputs: [CommandInput]) throws -> Outputs {
    guard resume == nil || resume != answer.file && resume != figure.file else {
      throw Failure.usage("--resume names the file of an output; give the checkpoint a name of its own")
    }
    let outputs = try answer.outputs(reading: inputs + (resume.map { [.file($0)] } ?? []))
    if let file = figure.file { try outputs.expect(file) }
    return outputs
  }

  func checkpoint(
    of evaluation: EvaluationOptions, times: PieceTimes = PieceTimes()
  ) throws -> EvaluationCheckpoint {
    guard let resume else { return .none }
    return try CheckpointFile(path: resume, times: times).checkpoint(model: Self.identity(evaluation))
  }

  /// The record as JSON, or as the table that people read.
  func give(_ record: some EvaluationRecord, _ outputs: Outputs, _ console: Console) throws {
    try answer.give(
      format == .text
        ? record.table.text(in: answer.layout(console), try figure.language.language()) : JSONText.encode(record),
      outputs, console)
  }

  var interruptionNote: String { resume.map { "; go on with --resume \($0)" } ?? "" }

  /// The model's files by name, size and samples of what they hold, and what they are computed in.
  private static func identity(_ evaluation: EvaluationOptions) -> String {
    let files = FileManager.default
    let inside = ((try? files.contentsOfDirectory(atPath: evaluation.model)) ?? []).sorted()
    let sizes =
      inside.isEmpty
      ? FileSample(path: evaluation.model).description
      : inside.map { "\($0) \(FileSample(path: evaluation.model + "/" + $0))" }.joined(separator: ",")
    let name = URL(fileURLWithPath: evaluation.model).lastPathComponent
    return "\(name) \(sizes) \(evaluation.precision.rawValue) \(evaluation.allLayers)"
  }
}

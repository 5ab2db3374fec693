import ArgumentParser
import Foundation
import RopeAnalysis
import RopeFigures
import RopeRecords
import RopeReport

/// `ropescope evaluate predict`: do closed forms predict what is measured?
struct EvaluatePredict: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Rank correlations of every closed-form column with measured loss, retrieval and scores.",
    discussion: """
      Cases are methods × models × lengths, ranked among the methods of one model and length, so that a longer text's being harder is no connection; intervals are a bootstrap over methods × models, since lengths of one method are not independent. Loss counts from the best method of the same model and length.

      EXAMPLES:
        ropescope evaluate predict smollm2-135m --measured perplexity.json --measured passkey.json
        ropescope evaluate predict smollm2-135m --measured perplexity.json --figure prediction.pdf
        ropescope evaluate predict llama-2-7b --measured table.csv --measured qwen2.5-7b=other.csv --format json
      """)

  @OptionGroup var model: ModelOptions

  @Option(
    parsing: .singleValue,
    help:
      "JSON of an evaluation, or CSV; MODEL=FILE for measurements of another model than MODEL; may be repeated.",
    completion: .file())
  var measured: [String]

  @Option(help: "Seed of the bootstrap.") var seed: UInt64 = 0
  @Option(help: "text or json.") var format: AnswerFormat = .text
  @OptionGroup var figure: EvaluationFigureOptions
  @OptionGroup var answer: AnswerOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let files = measured.map { argument -> (model: String?, file: String) in
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      // A file may have the sign in its own name.
      let isPair = parts.count == 2 && !FileManager.default.fileExists(atPath: argument)
      return isPair ? (parts[0], parts[1]) : (nil, argument)
    }
    let drawing = try figure.drawing(PredictionFigure.self)
    var outputs = try answer.outputs(
      reading: model.inputs + files.map { .file($0.file) } + files.compactMap { $0.model.map { .model($0) } })
    if let drawing { try outputs.expect(drawing.file) }
    guard !files.isEmpty else { throw Failure.usage("give measurements: --measured FILE") }
    var subjects: [Prediction.Subject] = [], places: [String?: Int] = [:]
    for (name, file) in files {
      let place: Int
      if let known = places[name] {
        place = known
      } else {
        let reading = try name.map { try ModelOptions.parse([$0]).load(console) } ?? model.load(console)
        place = subjects.count
        places[name] = place
        subjects.append(Prediction.Subject(model: reading, measurements: Measurements()))
      }
      subjects[place].measurements.add(try MeasuredFile.read(path: file))
    }
    let record = try await Prediction.record(subjects, seed: seed, resources: TensorFile.methodResources)
    guard !record.cases.isEmpty else {
      throw Failure(
        kind: "measurements", "no measured method is one of the catalogue with a plan on the model; nothing is compared"
      )
    }
    if let drawing, let first = subjects.first {
      var measurements = Measurements()
      for subject in subjects { measurements.add(subject.measurements) }
      var data = try MeasuredRecord(measurements).figureData(
        of: first.model, series: record.series, in: drawing.language)
      data.modelName = subjects.map(\.model.name).joined(separator: ", ")
      try drawing.draw(data, series: record.series, &outputs, console, output)
    }
    try answer.give(
      format == .text
        ? record.table.text(in: answer.layout(console), try figure.language.language()) : JSONText.encode(record),
      outputs, console)
    return .clean
  }
}

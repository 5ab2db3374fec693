import ArgumentParser
import Foundation
import RopeChart
import RopeFigures
import RopeMath
import RopeReport

/// `ropescope figure`: figures for a paper.
struct FigureCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure", abstract: "Draw a figure for a paper, at the width of its column, with its data.",
    discussion: """
      EXAMPLES:
        ropescope figure wavelength qwen2.5-7b --target 128k --style icml -o wavelength.pdf
        ropescope figure attention-entropy llama-3-8b --methods none,yarn,ntk --target 64k -o entropy.svg
        ropescope figure interpolation-ratio qwen2.5-7b --methods 'yarn:beta_fast=16|32|64' --target 128k -o sweep.pdf
        ropescope figure wavelength qwen2.5-7b --target 128k --label yarn=Ours --series-color yarn=#AA3300 -o ours.pdf
        ropescope figure --panels wavelength,interpolation-ratio qwen2.5-7b --target 128k --latex -o pair.pdf
        ropescope figure perplexity-by-length smollm2-135m --measured ppl.csv --ylim 8:20 -o ppl.pdf
        ropescope figure --from figures.toml
      """)

  @Argument(
    help: "Kind of figure (ropescope figures lists them); left out with --panels and --from.",
    completion: .list(FigureCatalogue.all.map { $0.card.id }))
  var kind: String?

  @OptionGroup var model: ModelOptions

  @Option(help: "Two or more kinds in one figure, with letters and one legend: wavelength,interpolation-ratio.")
  var panels: String?

  @Option(
    help:
      "A file of several figures: options as keys, those at the top for all, and a [[figure]] each with kind, model and output.",
    completion: .file(extensions: ["toml"]))
  var from: String?

  @OptionGroup var options: RunOptions
  @OptionGroup(title: "Look") var look: FigureOptions

  @Flag(help: "Also write a LaTeX snippet, F.tex.")
  var latex = false

  @Flag(help: "Refuse to draw where a font is missing.")
  var strictFonts = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "File to write: .pdf, .svg or .png; - streams a PDF to standard output. With --from, the folder of its files."
  )
  var file: String?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    guard let from else { return try await draw([try FigureDrawing(self)], inputs: [], console) }
    guard kind == nil, model.model == nil, panels == nil, options.methods == nil, options.target == nil,
      options.measured.isEmpty
    else {
      throw Failure.usage("--from takes kinds, models and what is computed from its file; write them there")
    }
    let list = try FigureList(path: from)
    var drawings: [FigureDrawing] = []
    for (place, entry) in list.entries.enumerated() {
      do {
        guard let name = entry.command.file, name != "-" else {
          throw Failure.usage("figure \(place + 1) of the file has no “output”")
        }
        let path = file.map { name.hasPrefix("/") ? name : $0 + "/" + name } ?? name
        drawings.append(try FigureDrawing(entry.command, file: path, over: look, run: entry.run))
      } catch let failure as Failure {
        throw list.located(failure, of: place)
      }
    }
    return try await draw(drawings, from: list, inputs: [.file(from)], console)
  }

  /// Draws all, each distinct run computed once, and writes their files together.
  private func draw(
    _ drawings: [FigureDrawing], from list: FigureList? = nil, inputs: [CommandInput], _ console: Console
  ) async throws -> ExitStatus {
    var outputs = writing.outputs(reading: inputs + drawings.flatMap(\.inputs))
    for drawing in drawings { try drawing.expect(&outputs) }
    var records: [[String]: RunRecord] = [:]
    var lines: [String] = []
    for (place, drawing) in drawings.enumerated() {
      do {
        let record: RunRecord
        if let known = records[drawing.run] {
          record = known
        } else {
          let analyses = drawings.filter { $0.run == drawing.run }.flatMap { $0.card.analyses }
          let request = try drawing.command.options.request(
            for: try drawing.command.model.load(console), analyses: Set(analyses).sorted())
          record = try await Run.record(request, command: [], console, output)
          records[drawing.run] = record
        }
        lines += try drawing.draw(record, strictFonts: strictFonts, &outputs, console, output)
      } catch let failure as Failure {
        throw list?.located(failure, of: place) ?? failure
      }
    }
    try outputs.commit()
    for line in lines { output.note(line, console) }
    return .clean
  }
}

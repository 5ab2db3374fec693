import ArgumentParser
import RopeFiles
import RopeText

/// Where a command's answer goes.
struct AnswerOptions: ParsableArguments {
  @Option(name: [.customShort("o"), .customLong("output")], help: "Write to a file instead of standard output (-).")
  var file: String = "-"

  @OptionGroup var writing: WritingOptions

  /// The command's outputs, its answer among them.
  ///
  /// - Throws: `OutputError` where the answer may not be written where it is to go.
  func outputs(reading inputs: [CommandInput]) throws -> Outputs {
    let outputs = writing.outputs(reading: inputs)
    if file != "-" { try outputs.expect(file) }
    return outputs
  }

  /// How the answer is set: for the terminal only where it goes there.
  func layout(_ console: Console) -> TextLayout { file == "-" ? console.layout : .plain }

  /// Writes all outputs of the command, and its answer where it is asked for: standard output, or one of them.
  func give(_ text: String, _ outputs: Outputs, _ console: Console) throws {
    var outputs = outputs
    if file != "-" { try outputs.add(Array((text + "\n").utf8), to: file) }
    try outputs.commit()
    if file == "-" { console.print(text) }
  }
}

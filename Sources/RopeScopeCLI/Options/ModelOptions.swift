import ArgumentParser
import RopeConfig
import RopeJSON
import RopeMath

/// Which model a command is about: a file, a preset, standard input, or a geometry from options.
struct ModelOptions: ParsableArguments {
  @Argument(
    help: "A config.json, a folder with one, a params.json, a preset name (ropescope models), or - for standard input.",
    completion: .file(extensions: ["json"]))
  var model: String?

  @Option(help: "Features of a head; in place of MODEL, with --trained-length.")
  var headDim: Int?

  @Option(help: "Features of a head that are rotated; all where left out.")
  var rotaryDim: Int?

  @Option(help: "RoPE base.")
  var base: Double = 10_000

  @Option(
    help: "Tokens that the model was trained on; with MODEL, overrides what its file tells.",
    completion: LengthArgument.completion, transform: LengthArgument.parse)
  var trainedLength: LengthArgument?

  /// What the file or preset declares, for commands that read it as several runtimes do.
  func declaration(_ console: Console) throws -> Declaration {
    guard let model, headDim == nil else { throw Failure.usage("give a MODEL: a config.json, a folder with one, a preset, or -") }
    if model == "-" { return try Declaration(SourceText(bytes: console.readInput(), path: "standard input")) }
    return try ModelLoader.declaration(model)
  }

  func load(_ console: Console) throws -> Reading {
    if let model {
      guard headDim == nil, rotaryDim == nil else {
        throw Failure.usage("MODEL and --head-dim exclude each other")
      }
      if model == "-" { return try ModelLoader.load(bytes: console.readInput(), name: "standard input") }
      return try ModelLoader.load(model)
    }
    guard let headDim else { throw Failure.usage("give a MODEL, or --head-dim and --trained-length") }
    guard let trainedLength else { throw Failure.usage("--head-dim needs --trained-length") }
    let geometry = try RotaryGeometry(
      headDimension: headDim, rotaryDimension: rotaryDim, base: base, trainedLength: trainedLength.tokens)
    return Reading(geometry: geometry, name: "head-\(headDim)-base-\(base.formattedShortest)")
  }
}

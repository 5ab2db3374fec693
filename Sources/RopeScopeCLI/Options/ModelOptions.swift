import ArgumentParser
import Foundation
import RopeConfig
import RopeJSON
import RopeMath

/// Which model a command is about: a file, a preset, standard input, or a geometry from options.
struct ModelOptions: ParsableArguments {
  @Argument(
    help: """
      A config.json, a folder with one, a params.json, a .gguf, ORG/NAME from the Hugging Face cache, a preset \
      (ropescope models), a file with a command as --command takes it, or - for standard input.
      """,
    completion: Completions.models)
  var model: String?

  @Option(help: "Features of a head; in place of MODEL, with --trained-length.")
  var headDim: Int?

  @Option(help: "Features of a head that are rotated; all where left out.")
  var rotaryDim: Int?

  @Option(help: "RoPE base.")
  var base: Double = 10_000

  @Option(length: "Tokens that the model was trained on; with MODEL, overrides what its file tells.")
  var trainedLength: LengthArgument?

  @OptionGroup var command: CommandOptions

  /// MODEL and command: a file of commands in MODEL's place is the command.
  private var given: (model: String?, command: CommandOptions) {
    guard let model, command.text == nil, CommandReader.isSettings(URL(fileURLWithPath: model).lastPathComponent),
      FileManager.default.fileExists(atPath: model)
    else { return (model, command) }
    var command = command
    command.text = "@" + model
    return (nil, command)
  }

  /// What another program is to load: MODEL as given, or a placeholder where that cannot be named.
  func loadedName(_ reading: Reading) -> String {
    guard let model = given.model else { return headDim == nil ? reading.name : "MODEL" }
    return model == "-" ? "MODEL" : model
  }

  var inputs: [CommandInput] {
    let (model, command) = given
    let named = model.map { [$0 == "-" ? .standardInput : CommandInput.model($0)] } ?? []
    return named + command.inputs
  }

  /// What the file or preset declares, for commands that read it as several runtimes do.
  func declaration(_ console: Console) throws -> Declaration {
    let subject = try subject(console)
    guard let declaration = subject.declaration else {
      throw Failure.usage("give a MODEL: a config.json, a folder with one, a .gguf, a preset, or -")
    }
    return declaration
  }

  func load(_ console: Console) throws -> Reading { try subject(console).reading }

  /// The model with the overrides of `--command` applied. MODEL may be left out where the command names it.
  func subject(_ console: Console) throws -> ModelSubject {
    if headDim != nil {
      guard model == nil, command.text == nil else { throw Failure.usage("--head-dim excludes MODEL and --command") }
      return ModelSubject(reading: try geometry())
    }
    guard rotaryDim == nil else { throw Failure.usage("--rotary-dim goes with --head-dim") }
    let (model, command) = given
    let commands = try command.commands(console)
    let named = commands?.lazy.compactMap(\.modelReference).first
    guard let name = model ?? named else {
      throw Failure.usage(
        commands == nil
          ? "give a MODEL, or --head-dim and --trained-length" : "the command names no model; give MODEL before it")
    }
    let (reading, note) =
      name == "-"
      ? (try ModelLoader.load(bytes: console.readInput(), name: "standard input"), nil)
      : model == nil ? try ModelLoader.load(ofCommand: name) : (try ModelLoader.load(name), nil)
    var subject = try command.chosen(ModelSubject.roles(of: reading, commands ?? [], note: note))
    if let trainedLength { try Self.set(trainedLength.tokens, &subject.reading) }
    return subject
  }

  private func geometry() throws -> Reading {
    guard let headDim, let trainedLength else { throw Failure.usage("--head-dim needs --trained-length") }
    let geometry = try RotaryGeometry(
      headDimension: headDim, rotaryDimension: rotaryDim, base: base, trainedLength: trainedLength.tokens)
    return Reading(geometry: geometry, name: "head-\(headDim)-base-\(base.formattedShortest)")
  }

  /// `--trained-length` comes before what the file tells, and helps a file that tells none.
  private static func set(_ tokens: Int, _ reading: inout Reading) throws {
    reading.values.removeAll { $0.key == "trained_length" }
    reading.values.append(
      ResolvedValue(key: "trained_length", value: .number(Double(tokens)), origin: .override, note: "--trained-length"))
    for index in reading.layerTypes.indices {
      let own = reading.layerTypes[index].geometry
      reading.layerTypes[index].geometry = try RotaryGeometry(
        headDimension: own.headDimension, rotaryDimension: own.rotaryDimension, base: own.base, pairing: own.pairing,
        trainedLength: tokens)
    }
  }
}

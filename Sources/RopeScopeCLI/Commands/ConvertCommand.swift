import ArgumentParser
import RopeConfig
import RopeMath
import RopeReport

/// `ropescope convert`: one runtime's own settings for the same numbers.
struct ConvertCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Print a runtime's or trainer's own settings for the same numbers, or say why there are none.",
    discussion: """
      EXAMPLES:
        ropescope convert config.json --to llama.cpp
        ropescope convert qwen2.5-7b --method yarn:factor=4 --target 128k --to vllm
        ropescope convert qwen2.5-7b --method yarn:factor=4 --target 128k --to axolotl
      """)

  @OptionGroup var model: ModelOptions

  @Option(
    name: .customLong("to"),
    help:
      "The runtime, its version after @; or a trainer or server by its format: axolotl, llama-factory, trl, unsloth, ms-swift, ollama, ….",
    completion: Completions.destinations)
  var runtime: String

  @Option(help: "A method in place of the file's own scaling, as SPEC.", completion: Completions.specifications)
  var method: String?

  @Option(length: "Tokens that are to be served; the file's window where left out.", names: ["target", "at"])
  var target: LengthArgument?

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var output: OutputOptions

  /// `ropescope.convert/1`.
  private struct Document: Encodable {
    let schema = "ropescope.convert/1"
    let runtime: String
    let version: String
    let kind: RuntimeSettings.Kind
    let text: String
    let notes: [String]
  }

  func run(in console: Console) async throws -> ExitStatus {
    let subject = try model.subject(console)
    let declaration = try subject.rotating()
    guard let own = subject.length else { throw Failure.usage("the file names no window; give --target LENGTH") }
    let length = target?.tokens ?? own
    let method = try method.map { try MethodSpecification.parse($0) }
    let window = target.map { max($0.tokens, own) }
    let settings: RuntimeSettings
    var told: (name: String, version: String), warnings: [String] = []
    if let format = CommandFormats.written(named: runtime) {
      settings = try Conversion.settings(
        for: format, model: model.loadedName(subject.reading), of: declaration, length: length, method: method,
        window: window)
      told = (format.name, "")
    } else {
      let chosen = try RuntimeArguments.selection(runtime, strict: strict)
      guard let runtime = chosen.runtimes.last else { throw Failure.usage("--to names no runtime") }
      settings = try Conversion.settings(for: runtime, of: declaration, length: length, method: method, window: window)
      told = (runtime.name, runtime.version)
      warnings = chosen.warnings
    }
    for warning in warnings + subject.notes { output.note("note: \(warning)", console) }
    if format == .json {
      console.print(
        try JSONText.encode(
          Document(
            runtime: told.name, version: told.version, kind: settings.kind, text: settings.text, notes: settings.notes))
      )
    } else {
      if !settings.isUnchanged {
        console.print(settings.text.hasSuffix("\n") ? String(settings.text.dropLast()) : settings.text)
      }
      for note in settings.notes { output.note("note: \(note)", console) }
    }
    return .clean
  }
}

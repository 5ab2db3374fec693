import ArgumentParser
import RopeInference
import RopeReport
import RopeTensors
import RopeText

/// `ropescope evaluate logits`.
struct EvaluateLogits: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "logits", abstract: "The largest logits after a text.",
    discussion: """
      EXAMPLES:
        ropescope evaluate logits model.gguf --text prompt.txt --top 20
        ropescope evaluate logits model.gguf --token-ids ids.json --method none --method yarn:factor=2 --format json
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @OptionGroup var input: EvaluationTextOptions
  @Option(help: "Logits of each position.") var top = 10
  @Option(help: "last or all.") var positions: LogitsEvaluation.Positions = .last
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help:
      "Also write all logits of these positions, as tensors [positions, vocabulary] named by method, to this .safetensors file.",
    completion: .file(extensions: ["safetensors"]))
  var file: String?
  @Option(help: "text or json.") var format: AnswerFormat = .text
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  /// Bytes; the file is made in memory.
  private static let largestFile = 2e9

  func run(in console: Console) async throws -> ExitStatus {
    var outputs = writing.outputs(reading: evaluation.inputs(input.text, input.tokenIds))
    if let file { try outputs.expect(file) }
    let text = try input.read(evaluation, console), tokens = text.whole
    let (files, model) = try evaluation.open(vocabularySize: text.vocabularySize)
    let methods = try evaluation.runs(files, length: tokens.count), vocabulary = files.decoder.vocabularySize
    let rows = positions == .all ? tokens.count : 1, size = Double(methods.count * rows) * Double(vocabulary) * 4
    guard file == nil || size <= Self.largestFile else {
      throw Failure.usage(
        "all logits would take \(Int(size / 1e9)) GB; ask for the last position, a shorter text or one method")
    }
    let interruption = Interruption(output)
    var logits: [String: [Float]] = [:]
    let record = try LogitsEvaluation(
      top: top, positions: positions, options: .init(control: evaluation.control(console, output, interruption))
    ).run(model, tokens: tokens, methods: methods) { method, _, values in
      if file != nil { logits[method, default: []] += values.map { Float($0) } }
    }
    if let file {
      var writer = SafetensorsWriter(metadata: SafetensorsWriter.ownMetadata)
      for (method, values) in logits {
        writer.add(try Tensor(shape: [rows, vocabulary], values: values), named: method)
      }
      try outputs.add(writer.bytes, to: file)
      try outputs.commit()
      output.note("wrote \(file)", console)
    }
    guard format == .text else {
      console.print(try JSONText.encode(record))
      return .clean
    }
    for run in record.runs {
      for position in run.positions {
        let top = position.top.map { "\($0.id) \(($0.logit * 1e4).rounded() / 1e4)" }.joined(separator: ", ")
        console.print("\(Escaping.visible(run.method)) at \(position.position): \(top)")
      }
    }
    return .clean
  }
}

extension LogitsEvaluation.Positions: ExpressibleByArgument {}

import ArgumentParser
import RopeConfig
import RopeMath
import RopeReport

/// `ropescope inspect`: what a model's RoPE is, and what a method makes of it.
struct InspectCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a model's RoPE is, where each value comes from, and what methods make of it.",
    discussion: """
      EXAMPLES:
        ropescope inspect config.json
        ropescope inspect qwen2.5-7b --method yarn:factor=4 --target 128k
        ropescope inspect --head-dim 128 --base 10000 --trained-length 4096 --method ntk:factor=8 --format json
      """)

  enum Layers: String, ExpressibleByArgument, CaseIterable { case scaled, all }

  @OptionGroup var model: ModelOptions

  @Option(
    name: [.customLong("method"), .customLong("methods")], parsing: .singleValue,
    help: "A method as SPEC, or several with commas; may be repeated. The file's own (config) where left out.",
    completion: Completions.specifications)
  var methods: [String] = []

  @Option(name: .customLong("at"), help: "Tokens in context, for methods that depend on it; several with commas.")
  var lengths: [String] = []

  @Option(length: "Tokens to extend the context to: 128k.", names: ["target", "target-length"])
  var target: LengthArgument?

  @Option(help: "scaled: sliding-window layers keep the file's own; all: methods apply to them too.")
  var layers: Layers = .scaled

  @Option(
    help: "Read the file's own scaling as this runtime does: vllm, llama.cpp, transformers@4.51, ….",
    completion: Completions.runtimes)
  var dialect: String?

  @Option(help: "Write inv_freq, cos and sin of the first plan to this .npz or .safetensors file.", completion: .file())
  var export: String?

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var answer: AnswerOptions

  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    var outputs = try answer.outputs(reading: model.inputs + CommandInput.methods(methods))
    if let export { try outputs.expect(export) }
    let subject = try model.subject(console)
    let model = subject.reading
    let lengths = try lengths.flatMap { text in
      try text.split(separator: ",").map { token -> Int in
        guard let tokens = TokenCount.parse(String(token)) else {
          throw Failure.usage("--at “\(token)” is no length; write 4096, 4k or 1M")
        }
        return tokens
      }
    }
    let specifications = try methods.flatMap { try MethodSpecification.parseList($0, loadNumbers: NumberFile.load) }
    let targetLength = target?.tokens ?? lengths.max() ?? subject.length ?? 1
    var record =
      try dialect.map { try read(model, as: $0, lengths.isEmpty ? [targetLength] : lengths) }
      ?? InspectRecord(
        model: model, methods: specifications.isEmpty ? [.configuration] : specifications,
        lengths: lengths.isEmpty ? [targetLength] : lengths, targetLength: targetLength, allLayers: layers == .all,
        resources: TensorFile.methodResources)
    record.effective = subject.effective.isEmpty ? nil : subject.effective.map(EffectiveRecord.init)
    record.notes += subject.notes
    if let export { try outputs.add(tables(record, model: model, for: export), to: export) }
    try answer.give(
      format == .json ? try JSONText.encode(record) : InspectText.text(record, in: answer.layout(console)), outputs,
      console)
    if let export { output.note("wrote \(export)", console) }
    return .clean
  }

  private func read(_ model: Reading, as dialect: String, _ lengths: [Int]) throws -> InspectRecord {
    guard methods.isEmpty else { throw Failure.usage("--dialect reads the file's own scaling; it excludes --method") }
    guard let runtime = try RuntimeArguments.selection(dialect, strict: strict).runtimes.last else {
      throw Failure.usage("--dialect names no runtime")
    }
    return try InspectRecord(model: model, dialect: runtime, lengths: lengths)
  }

  private func tables(_ record: InspectRecord, model: Reading, for path: String) throws -> [UInt8] {
    guard let plan = record.plans.first else { throw RunError.noGeometry(name: model.name, missing: model.missing) }
    let entries = plan.length.multipliedReportingOverflow(by: plan.inverseFrequencies.count)
    guard !entries.overflow, entries.partialValue <= 1 << 28 else {
      throw Failure.usage("a table of \(plan.length) positions is too large to export; give a shorter --at")
    }
    let tables = RotaryTables(
      inverseFrequencies: plan.inverseFrequencies, attentionFactor: plan.attentionFactor, length: plan.length)
    switch path.split(separator: ".").last {
    case "npz": return tables.npz
    case "safetensors": return try tables.safetensors()
    default: throw Failure.usage("--export \(path): the name must end in .npz or .safetensors")
    }
  }
}

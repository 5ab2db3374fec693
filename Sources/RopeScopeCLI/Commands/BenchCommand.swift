import ArgumentParser
import Foundation
import RopeInference
import RopeMath
import RopeReport
import RopeText

/// `ropescope bench`: what the tool costs on this machine.
struct BenchCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure the tool on this machine.",
    discussion: """
      EXAMPLES:
        ropescope bench
        ropescope bench inspect --runs 50 --format json
        ropescope bench --model model.gguf
        ropescope bench matrix-roof prefill-8192 --model model.gguf --method yarn:factor=2
        ropescope bench --model model.gguf --precision bfloat16
      """)

  @Argument(
    help: "Names of benchmarks; where none is given those of the tool, or with --model those of the model's speed.",
    completion: .list(BenchmarkCatalogue.all.map(\.name)))
  var names: [String] = []

  @Option(help: "Runs of each; the median is told, with the lowest and highest.")
  var runs = 5

  @Option(help: "A .gguf file, or a folder with config.json and safetensors, for the prefills.", completion: .file())
  var model: String?

  @Option(help: "The method that prefills run under; the file's own where left out.")
  var method: String?

  @Option(help: "What prefills and matrix products compute in: float32, bfloat16; prefills also float64.")
  var precision: RunnableModel.Precision = .float32

  @Option(help: "Threads of prefills and matrix products; one a processor where left out.")
  var jobs: Int?

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var output: OutputOptions

  struct Result: Encodable {
    let name: String
    let unit: String
    let median: Double
    let low: Double
    let high: Double
    let runs: Int
    /// Of a prefill: 10⁹ floating-point operations a second, and their share of what matrix products alone reach.
    var gflops: Double?
    var roof_share: Double?
  }

  private struct Document: Encodable {
    let schema = "ropescope.bench/1"
    let precision: String
    let matrix_library: String
    let benches: [Result]
  }

  func run(in console: Console) async throws -> ExitStatus {
    guard jobs.map({ (1...256).contains($0) }) ?? true else { throw Failure.usage("--jobs must lie in 1 … 256") }
    guard (1...1000).contains(runs) else { throw Failure.usage("--runs is \(runs); it must lie in 1 … 1000") }
    let known = BenchmarkCatalogue.all.map(\.name)
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw Failure.usage("no benchmark is called “\(unknown)”; there are \(known.joined(separator: ", "))")
    }
    let folder = NSTemporaryDirectory() + "/ropescope-bench-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var workbench = Workbench(
      tool: Self.toolPath, folder: folder, workers: jobs, products: precision == .bfloat16 ? .bfloat16 : .full)
    if let model { try open(model, in: &workbench) }
    let chosen =
      names.isEmpty
      ? BenchmarkCatalogue.usual(hasModel: model != nil)
      : BenchmarkCatalogue.all.filter { names.contains($0.name) }
    var results: [Result] = []
    let interruption = Interruption(output)
    for benchmark in chosen {
      output.note("\(benchmark.name): \(benchmark.summary) …", console)
      let values = try (0..<runs).map { _ in
        if interruption.isAsked { throw InferenceError.cancelled }
        return try benchmark.measure(workbench)
      }.sorted()
      var result = Result(
        name: benchmark.name, unit: benchmark.unit, median: values[values.count / 2], low: values[0],
        high: values[values.count - 1], runs: runs)
      if let length = benchmark.length {
        let gflops = result.median * (try workbench.prefill(length).operations) / Double(length) / 1e9
        result.gflops = gflops
        result.roof_share = results.first { $0.unit == "GFLOP/s" }.map { gflops / $0.median }
      }
      results.append(result)
    }
    switch format {
    case .json:
      console.print(
        try JSONText.encode(
          Document(
            precision: precision.rawValue,
            matrix_library: precision == .bfloat16 ? ProductPath.bfloat16Summary : ProductPath.float32.rawValue,
            benches: results)))
    case .text:
      func short(_ value: Double) -> String { String(format: value < 10 ? "%.2f" : "%.1f", value) }
      console.print(
        TextTable(
          columns: [
            ("bench", .left), ("median", .right), ("low", .right), ("high", .right), ("unit", .left),
            ("GFLOP/s", .right),
            ("of the roof", .right),
          ],
          rows: results.map {
            [
              $0.name, short($0.median), short($0.low), short($0.high), $0.unit, $0.gflops.map(short) ?? "",
              $0.roof_share.map { String(format: "%.2f", $0) } ?? "",
            ]
          }
        ).text(in: console.layout))
    }
    return .clean
  }

  /// The model, its weights expanded by a short prefill, and the method.
  private func open(_ path: String, in workbench: inout Workbench) throws {
    let files = try RunnableModel(path: path)
    let opened = try files.languageModel(precision, workers: jobs)
    let specification = try method.map { try MethodSpecification.parse($0) } ?? .configuration
    workbench.model = opened
    workbench.method = { length in
      MethodRun(
        try MethodPlanner(
          specification, model: files.resolved, targetLength: length, resources: TensorFile.methodResources))
    }
    try workbench.prefill(64).run()
  }

  /// The program that is running.
  private static var toolPath: String {
    #if os(Linux)
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    #else
      Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }
}

import Foundation
import RopeInference
import RopeMath

/// A thing whose cost is told by `ropescope bench`.
struct Benchmark: Sendable {
  let name: String
  let summary: String
  /// Unit of what `measure` returns: `s`, `MiB`, `kB`, `tokens/s`, `GFLOP/s`.
  let unit: String
  /// Tokens of a prefill; nil for what is none.
  var length: Int?
  let measure: @Sendable (Workbench) throws -> Double
}

/// What benchmarks may use: the tool itself, as a program, and a folder of their own.
struct Workbench: Sendable {
  let tool: String
  let folder: String
  /// The model of the benchmarks that run one, and the threads they use.
  var model: (any LanguageModel)?
  /// The method's plans, its parameters derived from a length.
  var method: (@Sendable (Int) throws -> MethodRun)?
  var workers: Int?
  /// What matrix products round to.
  var products = ProductPrecision.full

  /// - Throws: `Failure` where no model was given, and what the method throws at that length.
  func prefill(_ length: Int) throws -> PrefillWork {
    guard let model, let method else { throw Failure.usage("prefill runs a model: give --model FILE.gguf") }
    return try PrefillWork(model, method: try method(length), length: length)
  }

  func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return start.duration(to: .now) / .seconds(1)
  }

  func run(_ arguments: [String]) throws -> ChildProcess {
    guard let process = ChildProcess(tool, arguments), process.status == 0 else {
      throw Failure(kind: "bench", "“ropescope \(arguments.joined(separator: " "))” did not run")
    }
    return process
  }

  func size(of file: String) throws -> Double {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + file)
    guard let size = attributes?[.size] as? Int else { throw Failure(kind: "bench", "\(file) was not written") }
    return Double(size)
  }
}

enum BenchmarkCatalogue {
  private static func report(_ bench: Workbench) throws -> ChildProcess {
    try bench.run(["report", "qwen2.5-7b", "--target", "128k", "-o", bench.folder, "--quiet"])
  }

  static let all = tool + inference
  /// What is run where no name is given: a model's speed where there is a model, the tool's where there is none.
  static func usual(hasModel: Bool) -> [Benchmark] { hasModel ? inference : tool }

  private static let inference = [matrixRoof] + prefills

  private static let matrixRoof = Benchmark(
    name: "matrix-roof", summary: "matrix products alone, on all threads", unit: "GFLOP/s"
  ) { bench in
    let roof = MatrixRoof(workers: bench.workers, products: bench.products)
    roof.run()
    return roof.operations / bench.seconds(roof.run) / 1e9
  }

  private static let prefills = [512, 1024, 2048, 4096, 8192, 12288, 16384].map { length in
    Benchmark(
      name: "prefill-\(length)", summary: "logits after \(length) tokens of the model given by --model",
      unit: "tokens/s", length: length
    ) { bench in Double(length) / (try bench.seconds(bench.prefill(length).run)) }
  }

  private static let tool = [
    Benchmark(name: "inspect", summary: "inspect of one config, from start to exit", unit: "ms") {
      try $0.run(["inspect", "qwen2.5-7b", "--method", "yarn:factor=4", "--format", "json"]).seconds * 1000
    },
    Benchmark(
      name: "report-time",
      summary: "the full report at 128k: every method, all figures in three formats, HTML, PDF, data", unit: "s"
    ) {
      try report($0).seconds
    },
    Benchmark(name: "report-memory", summary: "peak memory of the full report", unit: "MiB") {
      Double(try report($0).peakBytes) / 1_048_576
    },
    Benchmark(name: "report-html", summary: "size of report.html", unit: "kB") {
      _ = try report($0)
      return try $0.size(of: "report.html") / 1000
    },
  ]
}

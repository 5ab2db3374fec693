import Foundation

/// A thing whose cost is told by `ropescope bench`.
struct Benchmark: Sendable {
  let name: String
  let summary: String
  /// Unit of what `measure` returns: `s`, `MiB`, `kB`.
  let unit: String
  let measure: @Sendable (Workbench) throws -> Double
}

/// What benchmarks may use: the tool itself, as a program, and a folder of their own.
struct Workbench: Sendable {
  let tool: String
  let folder: String

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

  static let all = [
    Benchmark(name: "inspect", summary: "inspect of one config, from start to exit", unit: "ms") {
      try $0.run(["inspect", "qwen2.5-7b", "--method", "yarn:factor=4", "--format", "json"]).seconds * 1000
    },
    Benchmark(name: "report-time", summary: "the full report at 128k: every method, all figures in three formats, HTML, PDF, data", unit: "s") {
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

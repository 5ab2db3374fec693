import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeMath
import RopeReport

/// Runs that figures of tests are drawn from, each computed once.
enum FigureRuns {
  static let methods: [Int: String] = [
    2: "none,yarn",
    6: "none,linear,ntk,yarn,llama3,dynamic",
    12: "none,linear,ntk,dynamic,yarn,llama3,yarn-paper,ntk-by-parts,dynamic-yarn,lm-infinite,self-extend,abf",
  ]

  /// Own names, one after the other, beside methods of the catalogue.
  static func measurements(_ count: Int) -> Measurements {
    let names = Array(["none", "yarn:factor=4", "Ours", "Theirs", "linear:factor=4", "ntk:factor=4"].prefix(count))
    let lengths = [8_192, 16_384, 32_768, 65_536, 131_072]
    var losses: [MeasuredLosses] = []
    var scores: [MeasuredScore] = []
    var retrieval: [MeasuredRetrieval] = []
    for (place, name) in names.enumerated() {
      for (step, length) in lengths.enumerated() {
        // The unscaled model breaks down beyond its trained length.
        let breakdown: Double = place == 0 && step > 2 ? 3 : 0
        let nll: Double = 2 - 0.04 * Double(step) + 0.03 * Double(place) + breakdown
        let buckets = (0..<8).map { bucket -> MeasuredLosses.Bucket in
          let from = bucket * length / 8, to = (bucket + 1) * length / 8
          return MeasuredLosses.Bucket(from: from, to: to, nll: nll + 0.1 / Double(bucket + 1), standardError: 0.01)
        }
        losses.append(
          MeasuredLosses(method: name, length: length, windows: 4, nll: nll, standardError: 0.01, buckets: buckets))
        scores.append(
          MeasuredScore(
            method: name, length: length, score: 90 - Double(step * place), standardError: 1, benchmark: "RULER"))
        for depth in [0.0, 0.5, 1] {
          retrieval.append(
            MeasuredRetrieval(method: name, length: length, depth: depth, trials: 4, correct: max(0, 4 - step)))
        }
      }
    }
    return Measurements(losses: losses, scores: scores, retrieval: retrieval)
  }

  /// Two methods in float32 and in bfloat16, window by window and trial by trial.
  static var rounded: Measurements {
    var all = Measurements()
    for (place, name) in ["none", "yarn:factor=4"].enumerated() {
      for precision in ["float32", "bfloat16"] {
        let label = MeasuredVariant.label(name, precision), excess = precision == "float32" ? 0 : 0.002
        let buckets = (0..<8).map { bucket -> MeasuredLosses.Bucket in
          let windows = (0..<4).map { 2.5 + 0.1 * Double(place) + 0.05 * Double($0) + excess * Double(bucket + $0) }
          return MeasuredLosses.Bucket(
            from: 512 * bucket, to: 512 * bucket + 512, tokens: 2048, nll: windows.reduce(0, +) / 4, byWindow: windows)
        }
        let cells = [0, 0.5, 1].map { depth in
          MeasuredRetrieval(
            method: label, length: 4096, depth: depth, trials: 8, correct: precision == "float32" ? 8 : 7,
            byTrial: (0..<8).map { $0 > 0 || precision == "float32" })
        }
        all.add(
          Measurements(
            losses: [
              MeasuredLosses(method: label, length: 4096, windows: 4, nll: 2.5, buckets: buckets, sources: ["a"])
            ], retrieval: cells))
      }
    }
    return all
  }

  static func data(_ count: Int, model: String = "qwen2.5-7b") async throws -> FigureData {
    try await data(count, model: model, measurements(min(count, 6)))
  }

  static func data(
    _ count: Int, model: String = "qwen2.5-7b", _ measurements: Measurements
  ) async throws -> FigureData {
    let request = RunRequest(
      model: try ModelLoader.load(model), methods: try MethodSpecification.parseList(methods[count] ?? "none"),
      targetLength: 131_072, ensemble: AttentionEnsemble(sampleCount: 64), analyses: nil, measurements: measurements)
    return try await Run.record(request, version: "test", command: []).figureData()
  }
}

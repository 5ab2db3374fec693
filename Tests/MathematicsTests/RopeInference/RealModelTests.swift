import Foundation
import RopeInference
import RopeMath
import RopeTensors
import RopeTestSupport
import RopeTokenizer
import Testing

/// SmolLM2-135M against the figures of an independent program; skipped where ROPESCOPE_MODELS names no folder with it.
@Suite struct RealModelTests {
  private static let folder = ProcessInfo.processInfo.environment["ROPESCOPE_MODELS"]
  private static let path = (folder ?? "") + "/SmolLM2-135M-Instruct.Q4_1.gguf"
  static let isThere = folder != nil && FileManager.default.fileExists(atPath: path)

  private func reference() throws -> (ids: [Int], logits: [[String: Any]], runs: [[String: Any]]) {
    let file = try Fixtures.json("golden/smollm2_reference.json") as? [String: Any] ?? [:]
    return (
      file["token_ids"] as? [Int] ?? [], file["last_position_logits"] as? [[String: Any]] ?? [],
      file["runs"] as? [[String: Any]] ?? []
    )
  }

  @Test(.enabled(if: isThere)) func lastLogitsAreTheReferences() throws {
    let model = try RunnableModel(path: Self.path), language = try model.languageModel()
    let (ids, cases, _) = try reference()
    #expect(cases.count == 4)
    var worst = 0.0
    for item in cases {
      let count = item["tokens"] as? Int ?? 0, name = item["method"] as? String ?? ""
      let planner = try MethodPlanner(MethodSpecification.parse(name), model: model.resolved, targetLength: count)
      let top = item["top20"] as? [[Double]] ?? []
      let plans = try planner.plans(length: count)
      try language.forEachLogits(
        of: Array(ids.prefix(count)), plans: plans, at: count - 1..<count, options: RunOptions()
      ) { _, logits in
        for entry in top { worst = max(worst, abs(logits[Int(entry[0])] - entry[1])) }
      }
    }
    print("SmolLM2: top-20 logits off by at most \(worst)")
    #expect(worst <= 2e-3)
  }

  @Test(.enabled(if: isThere)) func bucketLossesAreTheReferences() throws {
    let model = try RunnableModel(path: Self.path), language = try model.languageModel()
    let (ids, _, runs) = try reference()
    // A window of 2,048 of the 10,240 tokens is enough where a method does not depend on the length.
    for run in runs {
      let name = run["method"] as? String ?? "", buckets = run["by_512"] as? [Double] ?? []
      let planner = try MethodPlanner(MethodSpecification.parse(name), model: model.resolved, targetLength: 10_240)
      let losses = try language.losses(
        of: Array(ids.prefix(2049)), plans: planner.plans(length: 10_240), options: RunOptions())
      let worst =
        (0..<4).map { bucket -> Double in
          let part = losses[bucket * 512..<(bucket + 1) * 512]
          return abs(part.reduce(0, +) / 512 - buckets[bucket])
        }.max() ?? .infinity
      print("SmolLM2, \(name): losses of buckets off by at most \(worst)")
      #expect(worst <= 2e-3)
    }
  }

  /// CLEX with dynamics that were learned for this very model.
  @Test(.enabled(if: isThere)) func learnedDynamicsGiveTheirLosses() throws {
    let model = try RunnableModel(path: Self.path), language = try model.languageModel()
    let resources = MethodResources.safetensors { _ throws(TensorError) in
      guard let data = try? Fixtures.data("golden/clex-smollm2-135m.safetensors") else { throw .reading("no weights") }
      return try Safetensors([UInt8](data))
    }
    let file = try Fixtures.json("golden/eval-northangerabbey-10240-2.json") as? [String: Any] ?? [:]
    let buckets = file["by_512"] as? [Double] ?? []
    let planner = try MethodPlanner(
      MethodSpecification.parse("clex:weights=w.safetensors,t=2"), model: model.resolved, targetLength: 10_240,
      resources: resources)
    let losses = try language.losses(
      of: Array(reference().ids.prefix(1025)), plans: planner.plans(length: 10_240), options: RunOptions())
    let worst =
      (0..<2).map { bucket -> Double in
        let part = losses[bucket * 512..<(bucket + 1) * 512]
        return abs(part.reduce(0, +) / 512 - buckets[bucket])
      }.max() ?? .infinity
    print("SmolLM2, learned CLEX: losses of buckets off by at most \(worst)")
    #expect(worst <= 2e-3)
  }

  @Test(.enabled(if: isThere)) func passkeysAreFoundInsideTheTrainedLength() throws {
    let model = try RunnableModel(path: Self.path), language = try model.languageModel()
    let tokenizer = try Tokenizer(path: Self.path)
    let planner = try MethodPlanner(MethodSpecification.parse("none"), model: model.resolved, targetLength: 512)
    let record = try PasskeyEvaluation(lengths: [512], depths: [0, 0.5, 1]).run(
      language, haystack: reference().ids, methods: [MethodRun(planner)]
    ) { tokenizer.encode($0) }
    #expect(record.cells.allSatisfy { $0.correct == 1 && $0.nll ?? .infinity < 1 }, "\(record.cells)")
  }
}

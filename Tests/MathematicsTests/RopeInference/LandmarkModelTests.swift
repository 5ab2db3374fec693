import Foundation
import RealModule
import RopeInference
import RopeTestSupport
import Testing

/// A small model that was trained with landmark tokens (Scripts/peers/landmark-model.py), against the numbers that torch
/// gives for it in float64, inside and beyond its trained length.
@Suite struct LandmarkModelTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let pattern: String
      let top_k: Int?
      /// Mean loss of ordinary tokens, by the end of the part that was scored.
      let loss_to: [String: Double]
      let positions: [Int]
      let logits: [[Double]]

      var specification: String {
        pattern == "training" ? "landmark:block=32,pattern=training" : "landmark:block=32,top_k=\(top_k ?? 0)"
      }
    }

    let block: Int
    let trained_length: Int
    let landmark: Int
    let tokens: [Int]
    let cases: [Case]
  }

  private let golden: Golden
  private let model: GoldenModel

  init() throws {
    golden = try JSONDecoder().decode(Golden.self, from: Fixtures.data("golden/landmark_logits.json"))
    model = try GoldenModel(folder: "models/landmark-s3")
  }

  @Test func logitsAreTorchsInsideAndBeyond() throws {
    let tokens = golden.tokens
    #expect(golden.block == 32 && tokens.count == 4 * golden.trained_length && golden.cases.count == 2)
    #expect(tokens.indices.allSatisfy { (tokens[$0] == golden.landmark) == ($0 % 32 == 31) })
    for item in golden.cases {
      let plans = try model.plans(item.specification, length: tokens.count)
      func worst(_ language: any LanguageModel, _ kernel: RunOptions.Kernel) throws -> Double {
        var found: [Int: [Double]] = [:]
        let options = RunOptions(kernel: kernel, chunk: 100)
        try language.forEachLogits(of: tokens, plans: plans, at: 0..<tokens.count, options: options) {
          if item.positions.contains($0) { found[$0] = $1 }
        }
        return Accuracy.worst(item.positions.flatMap { found[$0] ?? [] }, item.logits.flatMap { $0 }) { abs($0 - $1) }
      }
      let double = try worst(model.transformer(Double.self), .reference)
      let single = try worst(model.transformer(Float.self), item.pattern == "training" ? .fast : .reference)
      print("landmark, \(item.pattern): float64 off by \(double), float32 by \(single)")
      #expect(double <= 1e-8 && single <= 2e-3, "\(item.pattern)")
    }
  }

  /// Retrieval keeps distances within what was trained; the plain forward pass of training does not.
  @Test func lossesAreTorchsInsideAndBeyond() throws {
    let tokens = golden.tokens, language = try model.transformer(Double.self)
    for item in golden.cases {
      let plans = try model.plans(item.specification, length: tokens.count)
      let losses = try language.losses(of: tokens, plans: plans, options: RunOptions(kernel: .reference))
      for (end, wanted) in item.loss_to {
        let end = try #require(Int(end)), start = end > golden.trained_length ? end / 2 : 0
        let scored = (start..<end - 1).filter { tokens[$0 + 1] != golden.landmark }.map { losses[$0] }
        let mean = scored.reduce(0, +) / Double(scored.count)
        #expect(abs(mean - wanted) <= 1e-6, "\(item.pattern) to \(end): \(mean) instead of \(wanted)")
      }
    }
  }
}

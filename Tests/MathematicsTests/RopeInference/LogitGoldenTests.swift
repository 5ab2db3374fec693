import Foundation
import RealModule
import RopeInference
import RopeTestSupport
import Testing

/// Logits of the tiny models against those of transformers 5.23, for every case of the golden file.
@Suite struct LogitGoldenTests {
  struct Case {
    let name: String
    let folder: String
    let override: [String: Any]
    let outputs: [String: Any]

    func numbers(_ key: String) -> [Double] { outputs[key] as? [Double] ?? [] }
  }

  static func load() throws -> (ids: [Int], cases: [Case]) {
    let file = try Fixtures.json("golden/model_logits.json") as? [String: Any] ?? [:]
    let source = file["source"] as? [String: Any] ?? [:]
    let cases = (file["cases"] as? [[String: Any]] ?? []).map { entry in
      let inputs = entry["inputs"] as? [String: Any] ?? [:]
      return Case(
        name: entry["name"] as? String ?? "", folder: inputs["model_dir"] as? String ?? "",
        override: inputs["config_override"] as? [String: Any] ?? [:],
        outputs: entry["outputs"] as? [String: Any] ?? [:])
    }
    return (file["input_ids"] as? [Int] ?? source["input_ids"] as? [Int] ?? [], cases)
  }

  private func logits(
    _ model: any LanguageModel, _ ids: [Int], _ plans: LayerPlans, _ kernel: RunOptions.Kernel
  ) throws -> [[Double]] {
    var rows: [[Double]] = []
    // A chunk that divides nothing evenly.
    let options = RunOptions(kernel: kernel, chunk: 23)
    try model.forEachLogits(of: ids, plans: plans, at: 0..<ids.count, options: options) { rows.append($1) }
    return rows
  }

  /// The plans of a case after `length` tokens were read, where `before` tokens were read in an earlier call.
  ///
  /// Two habits of transformers' dynamic scaling are the library's state and rounding, not the method's: a base that
  /// has grown stays until a text shorter than the window comes, and it is computed in float32 even where all else is
  /// float64.
  private func plans(
    _ golden: GoldenModel, _ item: Case, length: Int, after before: Int? = nil
  ) throws -> LayerPlans {
    guard item.name.contains("dynamic") else { return try golden.plans(length: length) }
    let window = golden.resolved.window ?? length
    let grown = length < window ? length : max(length, before ?? length)
    var plans = try golden.plans(length: grown)
    guard grown > window else { return plans }
    let scaling = item.override["rope_scaling"] as? [String: Any] ?? [:]
    let factor = (scaling["factor"] as? NSNumber)?.floatValue ?? 1
    let size = Double(plans.full.geometry.rotaryDimension)
    let growth = factor * Float(grown) / Float(window) - (factor - 1)
    let power = Float(Double.pow(Double(growth), size / (size - 2)))
    let base = Float(plans.full.geometry.base) * power
    plans.full.inverseFrequencies = plans.full.geometry.inverseFrequencies(base: Double(base))
    return plans
  }

  @Test func float64MeetsTransformers() throws {
    let (ids, cases) = try Self.load()
    #expect(cases.count == 16)
    for item in cases {
      let golden = try GoldenModel(folder: item.folder, override: item.override)
      let model = try Transformer<Double>(golden.decoder, weights: golden.weights, resolved: golden.resolved)
      let rows = try logits(model, ids, plans(golden, item, length: ids.count), .reference)
      let positions = item.numbers("logits_float64_n64_positions").map { Int($0) }
      let long = Accuracy.worst(positions.flatMap { rows[$0] }, item.numbers("logits_float64_n64_at")) { abs($0 - $1) }
      let grown = try plans(golden, item, length: 24, after: ids.count)
      let short = try logits(model, Array(ids.prefix(24)), grown, .reference)
      let last = Accuracy.worst(short.last ?? [], item.numbers("logits_float64_n24_last")) { abs($0 - $1) }
      print("\(item.name): float64 off by \(long) (64 tokens), \(last) (24 tokens)")
      #expect(long <= 1e-9 && last <= 1e-9, "\(item.name)")
    }
  }

  @Test func float32MeetsTransformers() throws {
    let (ids, cases) = try Self.load()
    for item in cases {
      let golden = try GoldenModel(folder: item.folder, override: item.override)
      let model = try Transformer<Float>(golden.decoder, weights: golden.weights, resolved: golden.resolved)
      for kernel in RunOptions.Kernel.allCases {
        let rows = try logits(model, ids, plans(golden, item, length: ids.count), kernel)
        let long = Accuracy.worst(rows.flatMap { $0 }, item.numbers("logits_float32_n64")) { abs($0 - $1) }
        let short = try logits(model, Array(ids.prefix(24)), plans(golden, item, length: 24, after: ids.count), kernel)
        let last = Accuracy.worst(short.last ?? [], item.numbers("logits_float32_n24_last")) { abs($0 - $1) }
        print("\(item.name), \(kernel): float32 off by \(long) (64 tokens), \(last) (24 tokens)")
        #expect(long <= 1e-4 && last <= 1e-4, "\(item.name)")
      }
    }
  }
}

import Foundation
import RopeConfig
import RopeInference
import RopeJSON
import RopeMath
import RopeTensors
import RopeTestSupport

/// Tiny decoders with the logits that transformers computes for them (`Scripts/peers/decoder-goldens.py`).
struct DecoderGoldens {
  struct Case {
    let name: String
    let model: GoldenDecoder
    /// `[position][token]`, float64.
    let logits: [[Double]]
  }

  let tokens: [Int]
  let cases: [Case]

  /// Families of the folder.
  static func families() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Fixtures.url("decoders").path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  init(_ family: String, changing config: [String: Any] = [:], renaming: (String) -> String = { $0 }) throws {
    let file = try Fixtures.json("decoders/\(family).json") as? [String: Any] ?? [:]
    let base = file["config"] as? [String: Any] ?? [:], shared = file["tensors"] as? [String: [Any]] ?? [:]
    let results = try Safetensors([UInt8](try Fixtures.data("decoders/\(family).safetensors")))
    tokens = (file["tokens"] as? [Int] ?? [])
    cases = try (file["cases"] as? [[String: Any]] ?? []).map { entry in
      let name = entry["name"] as? String ?? "", override = entry["override"] as? [String: Any] ?? [:]
      let tensors = entry["tensors"] as? [String: [Any]] ?? shared
      let model = try GoldenDecoder(
        config: base.merging(override) { $1 }.merging(config) { $1 }, tensors: tensors, renaming: renaming)
      let shape = try results.shape(of: name), values = try results.doubles(name).values
      let rows = (0..<shape[0]).map { Array(values[$0 * shape[1]..<($0 + 1) * shape[1]]) }
      return Case(name: name, model: model, logits: rows)
    }
  }
}

/// A decoder of the folder, with weights drawn from its tensors' names.
struct GoldenDecoder {
  let resolved: Reading
  let decoder: Decoder
  let weights: MemoryWeights

  init(config: [String: Any], tensors: [String: [Any]], renaming: (String) -> String = { $0 }) throws {
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: config.filter { !($0.value is NSNull) || true }))
    resolved = try RuntimeCatalogue.reference.read(
      Declaration(SourceText(bytes: bytes, path: "config.json")), source: "config.json", name: "golden")
    decoder = try Decoder(resolved)
    var drawn: [String: Tensor<Float>] = [:]
    for (name, entry) in tensors {
      let shape = entry[0] as? [Int] ?? [], centre = (entry[1] as? NSNumber)?.doubleValue ?? 0
      let width = (entry[2] as? NSNumber)?.doubleValue ?? 0
      drawn[renaming(name)] = try Tensor(
        shape: shape, values: NamedNumbers.drawn(name, count: shape.reduce(1, *), around: centre, width: width))
    }
    weights = MemoryWeights(drawn)
  }

  func transformer<Scalar: ForwardScalar>(
    _ type: Scalar.Type, products: ProductPrecision = .full, memoryLimit: Int = 1 << 30
  ) throws -> Transformer<Scalar> {
    try Transformer(
      decoder, weights: weights, resolved: resolved, products: products, memoryLimit: memoryLimit, workers: 2)
  }

  func plans(_ method: String = "config", length: Int) throws -> LayerPlans {
    try MethodPlanner(MethodSpecification.parse(method), model: resolved, targetLength: length).plans(length: length)
  }

  func logits<Scalar: ForwardScalar>(
    _ type: Scalar.Type, _ tokens: [Int], method: String = "config", kernel: RunOptions.Kernel = .fast,
    products: ProductPrecision = .full, memoryLimit: Int = 1 << 30, chunk: Int = 17
  ) throws -> [[Double]] {
    var rows: [[Double]] = []
    try transformer(type, products: products, memoryLimit: memoryLimit).forEachLogits(
      of: tokens, plans: plans(method, length: tokens.count), at: 0..<tokens.count,
      options: RunOptions(kernel: kernel, chunk: chunk)
    ) { rows.append($1) }
    return rows
  }
}

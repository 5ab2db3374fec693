import Foundation
import RopeTensors
import RopeTestSupport

/// A decoder of the golden folder as llama.cpp's own converter writes it (`Scripts/peers/gguf-twins.py`): the metadata,
/// and where the rows of each tensor come from.
struct StoredTwin {
  let name: String
  /// Logits that the file gives, `[position][token]`: transformers' where llama.cpp computes the same, else llama.cpp's.
  let logits: [[Double]]
  /// Whether the logits are llama.cpp's own.
  let isPeer: Bool
  let tokens: [Int]
  private let entry: [String: Any]
  private let tensors: [String: [String: Any]]
  private let sources: MemoryWeights

  /// Families of the folder.
  static func families() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Fixtures.url("stored").path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// - Parameter isOurs: cases whose logits are transformers' although llama.cpp computes others.
  static func twins(_ family: String, isOurs: (String) -> Bool = { _ in false }) throws -> [StoredTwin] {
    let file = try Fixtures.json("stored/\(family).json") as? [String: Any] ?? [:]
    let shared = file["tensors"] as? [String: [String: Any]] ?? [:], golden = try DecoderGoldens(family)
    let cases = file["cases"] as? [String: [String: Any]] ?? [:]
    return try cases.sorted { $0.key < $1.key }.compactMap { name, entry in
      // A file that no converter writes has the weights of one that it does.
      let like = entry["like"] as? String ?? name
      guard let twin = golden.cases.first(where: { $0.name == like }) else { return nil }
      // llama.cpp's GELU, a table of half-precision numbers, is off by up to 6e-4.
      let isPeer = !isOurs(name) && (entry["llama.cpp"] as? Double ?? 0) > 2e-3
      var logits = twin.logits
      if isPeer {
        let results = try Safetensors([UInt8](try Fixtures.data("stored/\(family).safetensors")))
        let shape = try results.shape(of: name), values = try results.floats(name).values
        logits = (0..<shape[0]).map { values[$0 * shape[1]..<($0 + 1) * shape[1]].map { Double($0) } }
      }
      return StoredTwin(
        name: name, logits: logits, isPeer: isPeer, tokens: golden.tokens, entry: entry,
        tensors: entry["tensors"] as? [String: [String: Any]] ?? shared, sources: twin.model.weights)
    }
  }

  /// The file.
  func writer() throws -> GGUFWriter {
    var writer = GGUFWriter()
    for item in entry["metadata"] as? [[Any]] ?? [] {
      guard item.count == 3, let key = item[0] as? String, let type = item[1] as? String else { continue }
      writer.metadata.append((key, Self.value(type, item[2])))
    }
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let shape = tensor["shape"] as? [Int] ?? []
      writer.tensors.append(.init(name, shape: shape, float32: try numbers(tensor, shape)))
    }
    return writer
  }

  private static func value(_ type: String, _ value: Any) -> GGUFWriter.Value {
    let number = (value as? NSNumber)?.doubleValue ?? 0, list = (value as? [NSNumber]) ?? []
    return switch type {
    case "uint32": .uint32(UInt32(number))
    case "int32": .int32(Int32(number))
    case "uint64": .uint64(UInt64(number))
    case "float32": .float32(Float(number))
    case "float64": .float64(number)
    case "flag": .flag(number != 0)
    case "texts": .texts(value as? [String] ?? [])
    case "float32s": .float32s(list.map(\.floatValue))
    case "uint32s", "int32s": .int32s(list.map(\.int32Value))
    case "flags": .flags(list.map(\.boolValue))
    default: .text(value as? String ?? "")
    }
  }

  private func numbers(_ tensor: [String: Any], _ shape: [Int]) throws -> [Float] {
    if let values = tensor["values"] as? [NSNumber] { return values.map(\.floatValue) }
    if let source = tensor["turnedHeads"] as? String { return turned(try whole(source), shape) }
    let width = tensor["width"] as? Int ?? shape.last ?? 1, added = Float(tensor["added"] as? Int ?? 0)
    var result: [Float] = [], known: [String: [Float]] = [:]
    for run in tensor["rows"] as? [[Any]] ?? [] {
      guard let source = run[0] as? String, let first = run[1] as? Int, let step = run[2] as? Int,
        let count = run[3] as? Int
      else { continue }
      if known[source] == nil { known[source] = arranged(try whole(source), tensor) }
      let values = known[source] ?? []
      for row in (0..<count).map({ first + $0 * step }) {
        result += values[row * width..<(row + 1) * width].map { $0 + added }
      }
    }
    return result
  }

  private func whole(_ name: String) throws -> Tensor<Float> {
    guard let tensor = sources.tensors[name] else { throw TensorError.missing(name: name, known: []) }
    return tensor
  }

  /// Every second column, or the last two axes changed.
  private func arranged(_ tensor: Tensor<Float>, _ entry: [String: Any]) -> [Float] {
    var values = tensor.values, columns = tensor.shape.last ?? 1
    if let first = entry["columns"] as? Int {
      values = values.indices.filter { $0 % columns % 2 == first }.map { values[$0] }
      columns = (columns + 1 - first) / 2
    }
    guard entry["transposed"] as? Bool == true, tensor.shape.count > 1 else { return values }
    let rows = tensor.shape[tensor.shape.count - 2]
    return (0..<values.count / (rows * columns)).flatMap { block in
      (0..<rows * columns).map { values[block * rows * columns + $0 % rows * columns + $0 / rows] }
    }
  }

  /// The first rows of each head, turned.
  private func turned(_ tensor: Tensor<Float>, _ shape: [Int]) -> [Float] {
    let (heads, rank, count) = (shape[0], shape[1], shape[2]), own = tensor.shape[0] / heads
    return (0..<heads).flatMap { head in
      (0..<rank).flatMap { column in (0..<count).map { tensor.values[(head * own + $0) * rank + column] } }
    }
  }
}

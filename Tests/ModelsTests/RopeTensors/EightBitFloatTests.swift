import Foundation
import RopeTensors
import RopeTestSupport
import Testing

/// Eight-bit floats and their scales as torch reads them (Tests/Fixtures/tensors/make-eight-bit.py).
@Suite struct EightBitFloatTests {
  private struct Expected: Decodable {
    let hashes: [String: String]
    let numbers: [String: [String]]
  }

  private static func expected() throws -> Expected {
    try JSONDecoder().decode(Expected.self, from: Fixtures.data("tensors/eight-bit.json"))
  }

  private func file(_ entries: [(name: String, type: String, shape: [Int], bytes: [UInt8])]) throws -> Safetensors {
    var place = 0
    var parts: [String] = []
    for entry in entries {
      parts.append(
        #""\#(entry.name)":{"dtype":"\#(entry.type)","shape":\#(entry.shape),"data_offsets":[\#(place),\#(place + entry.bytes.count)]}"#
      )
      place += entry.bytes.count
    }
    let header = "{" + parts.joined(separator: ",") + "}"
    return try Safetensors(littleEndian(UInt64(header.utf8.count)) + Array(header.utf8) + entries.flatMap(\.bytes))
  }

  @Test func allNumbersAreTorchs() throws {
    for (type, texts) in try Self.expected().numbers {
      let values = try file([("t", type, [256], Array(0...255))]).float32("t").values
      for (byte, (value, text)) in zip(values, texts).enumerated() {
        let number = try #require(Float(text))
        #expect(
          value.bitPattern == number.bitPattern || value.isNaN && number.isNaN,
          "\(type) \(byte): \(value), expected \(text)")
      }
    }
  }

  @Test func scalesAreFoundInAnyShard() throws {
    let expected = try Self.expected().hashes
    let index = try #require(
      String(
        data: JSONSerialization.data(withJSONObject: [
          "weight_map": Dictionary(
            uniqueKeysWithValues: ["weights", "scales"].flatMap { part in
              try Safetensors(path: Fixtures.url("tensors/eight-bit-\(part).safetensors").path).names.map {
                ($0, "eight-bit-\(part).safetensors")
              }
            })
        ]), encoding: .utf8))
    let model = try ShardedSafetensors(index: Array(index.utf8)) { name throws(TensorError) in
      try Safetensors(path: Fixtures.url("tensors/" + name).path)
    }
    #expect(expected.count == 8)
    for (name, hash) in expected {
      #expect(try FNV.hash(model.float32(name).values) == hash, "\(name)")
      let (rows, columns) = try model.extent(of: name)
      let whole = try model.float32(name).values
      // A few rows give what the whole gives.
      let part = rows / 2..<rows
      var buffer = [Float](repeating: 0, count: part.count * columns)
      try buffer.withUnsafeMutableBufferPointer { try model.readFloat32(name, rows: part, into: $0) }
      #expect(buffer == Array(whole[(part.lowerBound * columns)...]), "\(name)")
    }
    #expect(try model.rows(of: "stack.weight", matrix: 1) == 4..<8)
    #expect(throws: TensorError.self) { try model.rows(of: "stack.weight", matrix: 2) }
    #expect(throws: TensorError.self) { try model.rows(of: "list.weight_scale", matrix: 0) }
  }

  private func message(_ entries: [(name: String, type: String, shape: [Int], bytes: [UInt8])]) -> String {
    do {
      _ = try file(entries).float32("w.weight")
      return "no error"
    } catch { return "\(error)" }
  }

  @Test func scalesThatDoNotFitAreRefused() {
    let weight = (name: "w.weight", type: "F8_E4M3", shape: [6, 10], bytes: [UInt8](repeating: 56, count: 60))
    func scaled(_ name: String, _ shape: [Int], _ type: String = "F32") -> String {
      message([weight, (name, type, shape, [UInt8](repeating: 0, count: shape.reduce(4, *)))])
    }
    #expect(scaled("w.weight_scale", [5, 1]).contains("is of shape [5, 1], expected one scale for all"))
    #expect(scaled("w.weight_scale_inv", [0, 2]).contains("is of shape [0, 2]"))
    #expect(scaled("w.weight_scale_inv", [1, 2, 2]).contains("no error"))
    #expect(scaled("w.weight_scale_2", [1]).contains("is a scale that is not known here"))
    #expect(scaled("w.weight_scale", [1], "I32").contains("tensor “w.weight_scale” is I32, expected F64"))
    #expect(message([weight]) == "no error")
  }

  @Test func foreignStorageIsNamed() {
    func said(_ name: String, _ type: String = "I32") -> String {
      message([(name, type, [1], [0, 0, 0, 0])])
    }
    #expect(said("w.qweight").contains("packed as by GPTQ or AWQ"))
    #expect(said("w.weight_packed").contains("packed by compressed-tensors"))
    #expect(said("w_exps.weight").contains("mixture of experts"))
    #expect(said("w_blocks").contains("packed as MXFP4, which is read for experts and from GGUF files"))
    #expect(said("x").hasSuffix("it holds “x”"))
    let packed = message([("w.weight", "U8", [4], [0, 0, 0, 0]), ("w.weight.absmax", "F32", [1], [0, 0, 0, 0])])
    #expect(packed.contains("is U8 (packed by bitsandbytes), expected F64"))
  }
}

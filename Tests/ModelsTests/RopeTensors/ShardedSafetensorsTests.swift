import Foundation
import RopeTensors
import RopeTestSupport
import Testing

@Suite struct ShardedSafetensorsTests {
  private static let shards = [
    "model-00001-of-00002.safetensors": ["a", "b"], "model-00002-of-00002.safetensors": ["c"],
  ]

  private func shard(_ name: String) throws(TensorError) -> Safetensors {
    var writer = SafetensorsWriter()
    for tensor in Self.shards[name] ?? [] {
      let first = Float(tensor.unicodeScalars.first?.value ?? 0)
      writer.add(try Tensor<Float>(shape: [2, 2], values: [first, 1, 2, 3]), named: tensor)
    }
    return try Safetensors(writer.bytes)
  }

  private func open(_ index: String) throws(TensorError) -> ShardedSafetensors {
    try ShardedSafetensors(index: Array(index.utf8)) { name throws(TensorError) in try shard(name) }
  }

  private func message(_ index: String) -> String? {
    do {
      _ = try open(index)
      return nil
    } catch { return error.description }
  }

  @Test func tensorsComeFromTheirShards() throws {
    let model = try open(
      #"""
      {"metadata": {"total_size": 4.8e1, "note": [null, true, {"x": -1}]},
       "weight_map": {"a": "model-00001-of-00002.safetensors", "c": "model-00002-of-00002.safetensors"}}
      """#)
    #expect(model.tensorNames == ["a", "c"])
    #expect(try model.float32("c").values == [99, 1, 2, 3])
    var row = [Float](repeating: 0, count: 2)
    try row.withUnsafeMutableBufferPointer { try model.readFloat32("a", rows: 1..<2, into: $0) }
    #expect(row == [2, 3])
    #expect(throws: TensorError.missing(name: "b", known: ["a", "c"])) { try model.shape(of: "b") }
  }

  @Test func indicesThatLieAreRefused() {
    let cases = [
      (#"{}"#, "it has no “weight_map”"),
      (#"{"weight_map": {"a": "../model.safetensors"}}"#, "expected the plain name"),
      (#"{"weight_map": {"a": "/etc/passwd"}}"#, "expected the plain name"),
      (#"{"weight_map": {"a": "..\\x.safetensors"}}"#, "expected the plain name"),
      (#"{"weight_map": {"a": ".safetensors"}}"#, "expected the plain name"),
      (#"{"weight_map": {"z": "model-00002-of-00002.safetensors"}}"#, "which does not hold it"),
      (
        #"{"weight_map": {"a": "model-00001-of-00002.safetensors", "a": "model-00001-of-00002.safetensors"}}"#,
        "the tensor “a” twice"
      ),
      (#"{"weight_map": {"a": 3}}"#, "no text where one belongs"),
      (#"{"weight_map": {"a": "x.safetensors""#, "the file ends inside the object"),
      (String(repeating: "[", count: 100), "no object where one belongs"),
      (#"{"x": \#(String(repeating: "[", count: 100_000))"#, "more than 64 deep"),
    ]
    for (index, expected) in cases {
      let message = message(index)
      #expect(message?.contains(expected) == true, "\(message ?? "no error"), expected “\(expected)”")
    }
  }

  @Test func narrowFloatsReadAsFloat32() throws {
    let header =
      #"{"b":{"dtype":"BF16","shape":[2,1],"data_offsets":[12,16]},"#
      + #""d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"#
      + #""h":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},"#
      + #""i":{"dtype":"I32","shape":[1],"data_offsets":[16,20]}}"#
    let bytes =
      littleEndian(UInt64(header.utf8.count)) + Array(header.utf8) + littleEndian(Double.pi.bitPattern)
      + littleEndian(UInt16(0xC000)) + littleEndian(UInt16(0x0001)) + littleEndian(UInt16(0x3F80))
      + littleEndian(UInt16(0xC049))
      + littleEndian(Int32(5))
    let file = try Safetensors(bytes)
    #expect(try file.float32("d").values == [Float(Double.pi)])
    #expect(try file.float32("h").values == [-2, 0x1p-24])
    #expect(try file.float32("b").values == [1, -3.140625])
    #expect(throws: TensorError.type(name: "i", found: "I32", expected: "F64, F32, F16, BF16, F8_E4M3 or F8_E5M2")) {
      try file.float32("i")
    }
  }

  @Test func weightsAreFoundByPath() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: TensorError.self) { try ModelWeights.open(folder.path) }
    var writer = SafetensorsWriter()
    writer.add(try Tensor<Float>(shape: [2], values: [1, 2]), named: "w")
    try Data(writer.bytes).write(to: folder.appendingPathComponent("part.safetensors"))
    let index = #"{"weight_map": {"w": "part.safetensors"}}"#
    try Data(index.utf8).write(to: folder.appendingPathComponent("model.safetensors.index.json"))
    #expect(try ModelWeights.open(folder.path).float32("w").values == [1, 2])
    #expect(try ModelWeights.open(folder.path + "/config.json").float32("w").values == [1, 2])
    try FileManager.default.removeItem(at: folder.appendingPathComponent("part.safetensors"))
    #expect(throws: TensorError.self) { try ModelWeights.open(folder.path) }
    var gguf = GGUFWriter()
    gguf.tensors = [.init("g", shape: [1], float32: [4])]
    let path = folder.appendingPathComponent("m.gguf")
    try Data(gguf.bytes).write(to: path)
    #expect(try ModelWeights.open(path.path).float32("g").values == [4])
    gguf.metadata = [("split.count", .uint32(3))]
    try Data(gguf.bytes).write(to: path)
    #expect(
      throws: TensorError.reading(
        "“\(path.path)” is one of 3 parts of a model, but its name does not end with “-00001-of-00003.gguf”, by which the others would be found beside it"
      )
    ) { try ModelWeights.open(path.path) }
  }

  @Test func faultsNameTheirFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func message(_ name: String) -> String {
      do {
        _ = try ModelWeights.open(folder.appendingPathComponent(name).path)
        return "no error"
      } catch { return error.description }
    }
    for name in ["short.safetensors", "short.gguf", "short.index.json"] {
      let file = folder.appendingPathComponent(name)
      try Data([1, 2]).write(to: file)
      #expect(message(name).hasPrefix("“\(file.path)”: "), "\(message(name))")
    }
    // Nobody writes into this pipe: waiting for somebody would never end.
    let pipe = folder.appendingPathComponent("model.safetensors").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(message("config.json") == "“\(pipe)” is not a regular file")
  }
}

import Foundation
import RopeTensors
import RopeTestSupport
import Testing

/// What stands in a folder, or in place of a file.
@Suite struct ModelFilesTests {
  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func message(_ path: String) -> String {
    do {
      _ = try ModelWeights.open(path)
      return "no error"
    } catch { return error.description }
  }

  // MARK: Parts

  private func write(
    _ folder: URL, _ number: Int, of count: Int, total: Int32 = 3, tensor: String? = nil, no: UInt32? = nil
  ) throws {
    var writer = GGUFWriter()
    writer.metadata = [("split.no", .uint32(no ?? UInt32(number))), ("split.count", .uint32(UInt32(count)))]
    if number == 0 {
      writer.metadata += [("split.tensors.count", .int32s([])), ("general.architecture", .text("llama"))]
    }
    writer.metadata.removeAll { $0.0 == "split.tensors.count" }
    writer.metadata.append(("split.tensors.count", .raw(5, littleEndian(total))))
    writer.tensors = [.init(tensor ?? "t\(number)", shape: [2], float32: [Float(number), 7])]
    try Data(writer.bytes).write(to: folder.appendingPathComponent("m-0000\(number + 1)-of-0000\(count).gguf"))
  }

  @Test func partsAreReadAsOne() throws {
    try inFolder { folder in
      for number in 0..<3 { try write(folder, number, of: 3) }
      for number in 0..<3 {
        let file = try ModelWeights.gguf(folder.path + "/m-0000\(number + 1)-of-00003.gguf")
        #expect(file.tensorNames == ["t0", "t1", "t2"] && file.partCount == nil)
        #expect(file.metadata["general.architecture"]?.text == "llama")
        for tensor in 0..<3 { #expect(try file.float32("t\(tensor)").values == [Float(tensor), 7]) }
      }
    }
  }

  @Test func partsThatDoNotBelongTogetherAreRefused() throws {
    try inFolder { folder in
      let first = folder.path + "/m-00001-of-00003.gguf"
      try write(folder, 0, of: 3)
      #expect(message(first).contains("m-00002-of-00003.gguf” cannot be read: No such file"))
      try write(folder, 1, of: 3)
      try write(folder, 2, of: 3, no: 1)
      #expect(message(first).contains("are not those of part 3 of 3"))
      try write(folder, 2, of: 3, tensor: "t0")
      #expect(message(first).contains("the tensor “t0” stands in two of its parts"))
      try write(folder, 0, of: 3, total: 4)
      try write(folder, 2, of: 3)
      #expect(message(first).contains("its parts hold 3 tensors, but “split.tensors.count” is 4"))
      try write(folder, 0, of: 3, no: .max)
      #expect(message(first).contains("does not end with “-4294967296-of-00003.gguf”"))
      var writer = GGUFWriter()
      writer.metadata = [("split.count", .uint32(.max)), ("split.no", .uint32(0))]
      try Data(writer.bytes).write(to: URL(fileURLWithPath: first))
      #expect(message(first).contains("“split.count” is 4294967295, expected at most 10000"))
    }
  }

  // MARK: Other files

  @Test func pointersAreNamed() throws {
    try inFolder { folder in
      let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4665\nsize 988097824\n"
      for name in ["model.safetensors", "m.gguf"] {
        let file = folder.appendingPathComponent(name)
        try Data(pointer.utf8).write(to: file)
        #expect(
          message(file.path)
            == "“\(file.path)”: it is a Git LFS pointer, not the file itself (988097824 bytes): fetch that with “git lfs pull”, or download the model again"
        )
      }
    }
  }

  @Test func foldersSayWhatTheyHold() throws {
    try inFolder { folder in
      func said(_ name: String) throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data([0]).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return message(folder.path)
      }
      let start = "“\(folder.path)” holds neither model.safetensors nor model.safetensors.index.json"
      #expect(message(folder.path) == start)
      #expect(try said("README.md") == start)
      let cases = [
        ("pytorch_model.bin", "pickled weights are not read, convert them to safetensors"),
        ("pytorch_model-00001-of-00002.bin", "pickled weights"), ("consolidated.00.pth", "pickled weights"),
        ("consolidated.safetensors", "tensors named in Mistral's own way are not read"),
        ("model.fp16.safetensors", "rename it to model.safetensors to have it read"),
        ("adapter_model.safetensors", "an adapter is no model"), ("x-Q4_K_M.gguf", "name that file"),
      ]
      for (name, advice) in cases {
        let message = try said(name)
        #expect(message.hasPrefix(start + ", but “\(name)”: ") && message.contains(advice), "\(message)")
      }
    }
  }
}

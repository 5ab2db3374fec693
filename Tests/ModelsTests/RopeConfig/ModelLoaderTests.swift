import Foundation
import RopeConfig
import RopeJSON
import RopeTestSupport
import Testing

@Suite struct ModelLoaderTests {
  /// A temporary folder with files, and an environment that knows no other.
  private struct Disk {
    let folder = NSTemporaryDirectory() + "ropescope-\(UUID().uuidString)"

    func write(_ text: String, _ path: String) throws {
      let url = URL(fileURLWithPath: folder + "/" + path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }

    func files(_ variables: [String: String] = [:]) -> ModelFiles {
      let environment = variables.mapValues { $0.hasPrefix("/") ? $0 : folder + "/" + $0 }
      return .onDisk { environment[$0] }
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
  }

  private func withDisk(_ body: (Disk) throws -> Void) throws {
    let disk = Disk()
    defer { disk.remove() }
    try body(disk)
  }

  private func message(_ name: String, _ files: ModelFiles) -> String {
    do { return "read as \(try ModelLoader.load(name, files: files).name)" } catch { return error.message }
  }

  private static func llama(_ window: Int) -> String {
    """
    {"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "num_hidden_layers": 2,
    "max_position_embeddings": \(window)}
    """
  }

  @Test(arguments: ["HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "HOME"])
  func repositoriesAreReadFromTheCache(_ variable: String) throws {
    try withDisk { disk in
      let hub = [
        "HF_HUB_CACHE": "c", "HF_HOME": "c/hub", "XDG_CACHE_HOME": "c/huggingface/hub",
        "HOME": "c/.cache/huggingface/hub",
      ]
      let root = try #require(hub[variable]) + "/models--Some-Org--My.Model-8B"
      try disk.write("0123abcd\n", root + "/refs/main")
      try disk.write(Self.llama(2048), root + "/snapshots/0123abcd/config.json")
      try disk.write(Self.llama(4096), root + "/snapshots/ffff/config.json")
      let files = disk.files([variable: "c"])
      let names = [
        "Some-Org/My.Model-8B", "some-org/my.model-8b", "https://huggingface.co/Some-Org/My.Model-8B",
        "https://huggingface.co/Some-Org/My.Model-8B/blob/main/config.json", "hf.co/Some-Org/My.Model-8B/tree/main",
        disk.folder + "/" + root, disk.folder + "/" + root + "/snapshots/0123abcd",
        disk.folder + "/" + root + "/snapshots/0123abcd/", disk.folder + "/" + root + "/snapshots/0123abcd/config.json",
      ]
      for name in names {
        let reading = try ModelLoader.load(name, files: files)
        #expect(reading.window == 2048 && reading.name == "Some-Org/My.Model-8B", "\(name): \(reading.name)")
        #expect(reading.pathName == "Some-Org--My.Model-8B")
        #expect(try ModelLoader.declaration(name, files: files).value(anyOf: ["hidden_size"])?.node.finiteNumber == 64)
      }
    }
  }

  @Test func withoutARefTheNewestSnapshotIsRead() throws {
    try withDisk { disk in
      let root = "hub/models--org--name/snapshots/"
      try disk.write(Self.llama(2048), root + "zzz/config.json")
      try disk.write(Self.llama(4096), root + "aaa/config.json")
      let old = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: 1_000)]
      try FileManager.default.setAttributes(old, ofItemAtPath: disk.folder + "/" + root + "zzz")
      #expect(try ModelLoader.load("org/name", files: disk.files(["HF_HUB_CACHE": "hub"])).window == 4096)
    }
  }

  @Test func whatIsNotInTheCacheIsAPresetOrSaysHowToGetIt() throws {
    try withDisk { disk in
      let files = disk.files(["HF_HOME": "none"])
      let preset = try ModelLoader.load("Qwen/Qwen3-32B", files: files)
      #expect(preset.name == "qwen3-32b" && preset.layers == 64)
      #expect(
        preset.notes.first?.contains("Qwen/Qwen3-32B is not in the Hugging Face cache; read is the preset qwen3-32b")
          == true)
      #expect(try ModelLoader.load("meta-llama/llama-3.1-8b-instruct", files: files).name == "llama-3.1-8b")
      #expect(try ModelLoader.load("QWEN3-32B", files: files).notes.contains { $0.contains("cache") } == false)
      #expect(try ModelLoader.load("Qwen2.5-7B-Instruct", files: files).name == "qwen2.5-7b")
      #expect(
        message("Qwen/Qwen3-8B-Special", files).contains(
          "run: hf download Qwen/Qwen3-8B-Special config.json, or take the preset qwen3-8b of the same family"))
      #expect(message("nobody/nothing", files).hasSuffix("run: hf download nobody/nothing config.json"))
      #expect(message("qwen2.5-7", files).contains("did you mean “qwen2.5-7b”"))
      #expect(message("llama3", files).contains("preset llama-3"))
      #expect(message("/no/such/config.json", files).contains("neither a file nor a preset"))
      try disk.write("", "none/hub/models--a--b/refs/main")
      #expect(message("a/b", files).contains("hf download a/b config.json"))
      #expect(message(disk.folder + "/none/hub/models--a--b", files).contains("hf download a/b config.json"))
    }
  }

  @Test func anAdapterIsItsBaseModel() throws {
    try withDisk { disk in
      let files = disk.files(["HF_HUB_CACHE": "hub"])
      func adapter(_ base: String) throws -> String {
        let folder = "adapter-\(UUID().uuidString)"
        try disk.write(
          #"{"peft_type": "LORA", "base_model_name_or_path": "\#(base)"}"#, folder + "/adapter_config.json")
        return disk.folder + "/" + folder
      }
      try disk.write(Self.llama(1024), "base/config.json")
      try disk.write(Self.llama(512), "hub/models--org--name/snapshots/1/config.json")
      for base in ["../base", disk.folder + "/base"] {
        let reading = try ModelLoader.load(try adapter(base), files: files)
        #expect(reading.name == "base" && reading.window == 1024)
        #expect(reading.notes.first == "the folder is an adapter (LoRA); read is its base model \(base)")
      }
      #expect(try ModelLoader.load(try adapter("org/name"), files: files).name == "org/name")
      #expect(try ModelLoader.load(try adapter("Qwen/Qwen3-8B"), files: files).name == "qwen3-8b")
      #expect(message(try adapter("nobody/nothing"), files).contains("hf download nobody/nothing config.json"))
      #expect(message(try adapter("/not/there"), files).contains("the adapter's base model “/not/there” is not there"))
      try disk.write(#"{"base_model_name_or_path": "../loop"}"#, "loop/adapter_config.json")
      #expect(message(disk.folder + "/loop", files).contains("leads from adapter to adapter"))
    }
  }

  @Test func ggufFilesDeclareKeysOfConfigJSON() throws {
    try withDisk { disk in
      var file = GGUFWriter()
      file.metadata = [
        ("general.architecture", .text("llama")), ("llama.block_count", .uint32(2)),
        ("llama.context_length", .uint32(2048)), ("llama.embedding_length", .uint32(64)),
        ("llama.attention.head_count", .uint32(4)), ("llama.rope.freq_base", .float32(10_000)),
      ]
      try disk.write("", "folder/mmproj-a.gguf")
      let path = disk.folder + "/folder/model-Q4.gguf"
      try Data(file.bytes).write(to: URL(fileURLWithPath: path))
      for name in [path, disk.folder + "/folder"] {
        let declaration = try ModelLoader.declaration(name)
        #expect(declaration.value(anyOf: ["max_position_embeddings"])?.node.finiteNumber == 2048)
        #expect(declaration.writtenKeys["/max_position_embeddings"] == "llama.context_length")
        #expect(try ModelLoader.load(name).name == "model-Q4")
      }
    }
  }

  @Test func aFolderIsReadFast() throws {
    try withDisk { disk in
      try disk.write(Self.llama(1024), "hub/models--org--name/snapshots/1/config.json")
      let files = disk.files(["HF_HUB_CACHE": "hub"])
      _ = try ModelLoader.load("org/name", files: files)
      let time = try ContinuousClock().measure {
        for _ in 0..<20 { _ = try ModelLoader.load("org/name", files: files) }
      }
      #expect(time / 20 < .milliseconds(20), "\(time / 20)")
    }
  }

  /// Programs differ in which of two they read: no command reads one of them, as `check` does not.
  @Test func aKeyThatStandsTwiceIsRefused() {
    let text = #"{"model_type": "llama", "head_dim": 128, "rope_theta": 1, "rope_theta": 2}"#
    let error = #expect(throws: ConfigurationError.self) {
      try ModelLoader.load(bytes: Array(text.utf8), name: "x")
    }
    #expect(error?.pointer == "/rope_theta")
  }
}

import RopeConfig
import RopeJSON
import RopeMath
import Testing

/// Which behaviour a text names, and what is said where none is modelled.
@Suite struct RuntimeVersionsTests {
  private func ids(_ text: String) throws -> [String] { try RuntimeCatalogue.selection(text).runtimes.map(\.id) }

  @Test func versionsAreFoundByText() throws {
    #expect(try ids("vllm") == ["vllm@0.33.0"])
    #expect(try ids("vLLM 0.8.5") == ["vllm@0.8.5"])
    #expect(try ids("vllm==0.8.5.post1") == ["vllm@0.8.5"])
    #expect(try ids("vllm@0.29-0.31") == ["vllm@0.29.0", "vllm@0.33.0"])
    #expect(try ids("HF transformers 4.57.6") == ["transformers@4.57.6"])
    #expect(try ids("transformers 4.51.3") == ["transformers@4.51.3"])
    #expect(try ids("transformers@4.45-4.57").count == 5)
    #expect(try ids("llama.cpp@b7310") == ["llama.cpp@2026-10-01"])
    #expect(try ids("sglang 0.4") == ["sglang@0.4.10"])
    #expect(try ids("torchtitan 0.2.1") == ["torchtitan@0.2.1"])
    #expect(throws: ConfigurationError.self) { try RuntimeCatalogue.selection("vlmm") }
    #expect(throws: ConfigurationError.self) { try RuntimeCatalogue.selection("tensorflow") }
    #expect(Set(RuntimeCatalogue.all.map(\.id)).count == RuntimeCatalogue.all.count)
  }

  /// An answer never stands under the name of a version that was not read.
  @Test func versionsThatAreNotModelled() throws {
    func chosen(_ text: String) throws -> (Runtime?, RuntimeSelection) {
      let selection = try RuntimeCatalogue.selection(text)
      return (selection.runtimes.first, selection)
    }
    let (old, before) = try chosen("vllm@0.5.4")
    #expect(old?.asked == "0.5.4" && old?.version == "0.6.3" && !before.isExact)
    #expect(before.warnings.first?.hasPrefix("vllm 0.5.4 is not modelled; nearest is 0.6.3, which") == true)
    let (between, gap) = try chosen("vllm 0.22.0")
    #expect(between?.asked == "0.22.0" && gap.warnings.first?.contains("by 0.22.1 it reads otherwise") == true)
    let (new, beyond) = try chosen("vllm@0.34")
    #expect(new?.asked == "0.34" && beyond.warnings.first?.contains("newer than what is known") == true)
    #expect(try RuntimeCatalogue.selection("vllm@0.33.0").warnings.isEmpty)
    #expect(try RuntimeCatalogue.selection("sglang 0.4.1").warnings.count == 1)
    for exact in ["vllm 0.29.1", "vllm 0.8.5", "transformers 5.8.0", "transformers 4.46.1", "sglang 0.5.3"] {
      let selection = try RuntimeCatalogue.selection(exact)
      #expect(selection.isExact && selection.runtimes.first?.asked == nil, "\(exact): \(selection.warnings)")
    }
    let entry = try #require(
      ParityReport(of: declaration(Models.plain), runtimes: gap.runtimes, length: 4096).runtimes.first)
    #expect(entry.asked == "0.22.0" && entry.version == "0.21.0")
  }

  @Test func runtimesKnownByName() throws {
    for text in [
      "ollama", "LM Studio 0.3", "mlx-vlm", "mlc-llm", "ik_llama.cpp", "koboldcpp 1.98", "TensorRT-LLM 1.0", "LMDeploy",
      "TGI", "exllamav2", "exllamav3", "KTransformers", "Megatron-Bridge", "unsloth", "text-generation-webui",
    ] {
      let selection = try RuntimeCatalogue.selection(text)
      let runtime = try #require(selection.runtimes.first, "\(text)")
      #expect(!selection.isExact && !selection.warnings.isEmpty, "\(text)")
      let report = ParityReport(of: try declaration(Models.plain), runtimes: [runtime], length: 4096)
      let entry = try #require(report.runtimes.first)
      #expect(entry.runtime == runtime.name && entry.supported == !runtime.isKnownByNameOnly, "\(text)")
      if runtime.isKnownByNameOnly { #expect(entry.reason?.contains("known by name only") == true) }
    }
    #expect(try RuntimeCatalogue.selection("ik_llama.cpp").runtimes.first?.named?.reads == "llama.cpp")
    #expect(try RuntimeCatalogue.selection("ollama").warnings.first?.contains("llama.cpp's reading") == true)
  }

  @Test func textAsPeopleWriteIt() {
    func reference(_ text: String) -> RuntimeReference { RuntimeReference(text) }
    let open = reference("vLLM >= 0.11")
    #expect(open.name == "vllm" && open.from?.description == "0.11" && open.to == nil && open.reaches("0.33"))
    #expect(!open.isBefore("0.11") && open.isBefore("0.12"))
    let range = reference("transformers 4.40-4.57")
    #expect(range.isBefore("4.43") && range.reaches("4.57") && !range.reaches("5"))
    #expect(reference("HF transformers 4.51.3").version?.description == "4.51.3")
    #expect(reference("vllm<0.30").isBefore("0.12") && !reference("vllm<0.30").reaches("0.30"))
    #expect(reference("vllm >=0.8,<0.12").from?.description == "0.8")
    #expect(RuntimeReference.parse("vllm >=0.8,<0.12, sglang").map(\.name) == ["vllm", "sglang"])
    #expect(RuntimeReference.parse("vllm 0.8.5, sglang").map(\.name) == ["vllm", "sglang"])
    #expect(
      RuntimeReference.parse("unsloth + vLLM 0.8.5+cu121 and ollama").map(\.name) == ["unsloth", "vllm", "ollama"])
    #expect(reference("transformers 5").reaches("5.24") && !reference("transformers 5").isBefore("5"))
    #expect(reference("served with vLLM v0.9.2rc1").version?.description == "0.9.2")
    #expect(reference("transformers4.51").version?.description == "4.51")
    #expect(reference("exllamav3").name == "exllamav3" && reference("exllamav3").isUnversioned)
    #expect(reference("mlx-lm 2026-08-22").from?.description == "2026.8.22")
    #expect(reference("ik_llama.cpp").name == "ik_llama.cpp" && reference("llama.cpp (b7310)").name == "llama.cpp")
    #expect(!reference("my own server").isKnown && reference("my own server").name == "my own server")
    #expect(reference("vllm 0.11 or later").to == nil && reference("vllm 0.11+").to == nil)
    #expect(reference("Hugging Face TGI 2.0").name == "tgi")
  }
}

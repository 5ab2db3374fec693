import Foundation
import RopeConfig
import RopeJSON
import RopeTestSupport
import Testing

@Suite struct PublishedModelTests {
  @Test(arguments: [
    ("Qwen/Qwen3-32B", "Qwen3", 32_768), ("Qwen/Qwen3-4B-Instruct-2507", "Qwen3-2507", 262_144),
    ("Qwen/Qwen3-30B-A3B-Thinking-2507-FP8", "Qwen3-30B-A3B-2507", 262_144),
    ("unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF", "Qwen3-Coder", 262_144),
    ("Qwen/Qwen3-Coder-Next", "Qwen3-Coder-Next", 262_144), ("Qwen/Qwen3-VL-8B-Instruct", "Qwen3-VL", 262_144),
    ("Qwen/Qwen3-Next-80B-A3B-Instruct", "Qwen3-Next", 262_144), ("Qwen/Qwen3.5-27B", "Qwen3.5 to 3.8", 262_144),
    ("Qwen/Qwen3-Embedding-8B", "Qwen3", 32_768), ("Qwen/Qwen2.5-7B-Instruct-1M", "Qwen2.5-1M", 262_144),
    ("Qwen/Qwen2.5-7B-Instruct", "Qwen2.5", 32_768), ("Qwen/Qwen2-7B", "Qwen2.5", 32_768),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "DeepSeek-R1-Distill-Qwen (Math)", 4096),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "Qwen2.5", 32_768),
    ("deepseek-ai/DeepSeek-R1-0528-Qwen3-8B", "DeepSeek-R1-0528-Qwen3-8B", 131_072),
    ("deepseek-ai/DeepSeek-R1", "DeepSeek-V3", 131_072),
    ("meta-llama/Llama-3.1-8B-Instruct", "Llama 3.1", 131_072), ("meta-llama/Meta-Llama-3-8B", "Llama 3", 8192),
    ("nvidia/Llama-3_3-Nemotron-Super-49B-v1", "Llama 3.3", 131_072), ("lmsys/vicuna-7b-v1.5", "Llama 2", 4096),
    ("lmsys/vicuna-13b-v1.3", "Llama 1", 2048), ("openlm-research/open_llama_3b", "Llama 1", 2048),
    ("allenai/Llama-3.1-Tulu-3-8B", "Llama 3.1", 131_072), ("codellama/CodeLlama-34b-hf", "CodeLlama", 16_384),
    ("TinyLlama/TinyLlama-1.1B-Chat-v1.0", "TinyLlama", 2048), ("google/gemma-2b", "Gemma", 8192),
    ("google/gemma-2-9b", "Gemma 2", 8192), ("google/gemma-3-1b-it", "Gemma 3 1B", 32_768),
    ("google/gemma-3-27b-it", "Gemma 3", 131_072), ("google/gemma-4-E4B-it", "Gemma 4 E2B and E4B", 131_072),
    ("mistralai/Mistral-7B-v0.1", "Mistral 7B v0.1", 8192),
    ("mistralai/Mistral-7B-Instruct-v0.3", "Mistral 7B", 32_768),
    ("mistralai/Mistral-Small-24B-Base-2501", "Mistral Small 3", 32_768),
    ("mistralai/Devstral-Small-2-24B-Instruct-2512", "Devstral Small 2", 262_144),
    ("mistralai/Devstral-Small-2507", "Mistral Small 3.1", 131_072),
    ("mistralai/Ministral-3-8B-Base-2512", "Ministral 3", 262_144),
    ("moonshotai/Kimi-K2-Instruct-0905", "Kimi K2 0905", 262_144), ("moonshotai/Kimi-K2-Base", "Kimi K2", 32_768),
    ("microsoft/Phi-3-mini-4k-instruct", "Phi-3-4k", 4096), ("microsoft/Phi-4-mini-instruct", "Phi-4-mini", 131_072),
    ("microsoft/phi-4", "Phi-4", 16_384), ("zai-org/GLM-4.5-Air", "GLM-4.5", 131_072),
    ("gradientai/Llama-3-8B-Instruct-Gradient-1048k", "Llama 3 Gradient 1048k", 1_048_576),
    ("nvidia/Mistral-NeMo-Minitron-8B-Instruct", "Mistral-NeMo-Minitron", 8192),
    ("bigcode/starcoder2-7b", "StarCoder2 7B", 16_384), ("xai-org/grok-2", "Grok 2", 131_072),
    ("openai/gpt-oss-20b", "gpt-oss", 131_072), ("/data/models/Qwen3-8B/", "Qwen3", 32_768),
  ])
  func namesTellTheModel(_ id: String, _ name: String, _ native: Int) {
    let found = PublishedModel.named(id)
    #expect(found?.name == name && found?.nativeLength == native, "\(id): \(found?.name ?? "nothing")")
  }

  /// Of a longer fine-tune the published model is only the ancestor.
  @Test(arguments: [
    "togethercomputer/Llama-2-7B-32K-Instruct", "NousResearch/Yarn-Mistral-7b-128k", "gpt2", "mistralai/Mistral-7B",
    "winglian/Llama-3-8b-64k-PoSE", "bigscience/bloom", "my-own-model",
  ])
  func otherNamesTellNothing(_ id: String) {
    #expect(PublishedModel.named(id) == nil, "\(PublishedModel.named(id)?.name ?? "")")
  }

  private func shown(_ json: String) throws -> PublishedModel? {
    PublishedModel.shown(by: try Declaration(SourceText(bytes: Array(json.utf8), path: nil)))
  }

  @Test func theWindowDoesNotDecide() throws {
    for window in [32_768, 40_960, 131_072, 262_144, 1_048_576] {
      let sizes = "\"vocab_size\": 151936, \"max_position_embeddings\": \(window)"
      let qwen = try shown(#"{"model_type": "qwen3", "hidden_size": 5120, "rope_theta": 1000000, \#(sizes)}"#)
      #expect(qwen?.name == "Qwen3" && qwen?.trainedLength == 32_768)
      let later = try shown(#"{"model_type": "qwen3", "hidden_size": 2560, "rope_theta": 5000000, \#(sizes)}"#)
      #expect(later?.name == "Qwen3-2507" && later?.trainedLength == 262_144)
      let mixture = try shown(#"{"model_type": "qwen3_moe", "hidden_size": 2048, "rope_theta": 10000000, \#(sizes)}"#)
      #expect(mixture?.name == "Qwen3-30B-A3B-2507" && mixture?.nativeLength == 262_144)
      let nested = #"{"model_type": "qwen3_vl_text", "rope_theta": 5000000, "hidden_size": 4096, \#(sizes)}"#
      #expect(try shown(#"{"model_type": "qwen3_vl", "text_config": \#(nested)}"#)?.name == "Qwen3-VL")
    }
  }

  @Test func siblingsOfOneTypeAreToldApart() throws {
    func llama(_ rest: String) throws -> String? { try shown(#"{"model_type": "llama", \#(rest)}"#)?.name }
    let seven = #""hidden_size": 4096, "num_hidden_layers": 32, "num_key_value_heads": 32, "vocab_size": 32000"#
    #expect(try llama(seven + #", "max_position_embeddings": 2048"#) == "Llama 1")
    #expect(try llama(seven + #", "max_position_embeddings": 4096"#) == "Llama 2")
    #expect(try llama(seven + #", "max_position_embeddings": 65536"#) == "Llama 2")
    #expect(try llama(seven + #", "rope_theta": 1000000.0, "max_position_embeddings": 16384"#) == "CodeLlama")
    #expect(try llama(#""hidden_size": 6656, "vocab_size": 32000"#) == "Llama 1")
    let three = #""vocab_size": 128256, "rope_theta": 500000.0, "max_position_embeddings": 131072"#
    let scaling = #""rope_scaling": {"rope_type": "llama3", "factor": 8.0, "original_max_position_embeddings": 8192}"#
    #expect(try llama(three + #", "hidden_size": 4096"#) == "Llama 3")
    #expect(try llama(three + #", "hidden_size": 4096, \#(scaling)"#) == "Llama 3.1")
    #expect(try llama(three + #", "hidden_size": 3072"#) == "Llama 3.2")
    #expect(try llama(#""hidden_size": 64, "vocab_size": 32000"#) == nil)
    func mistral(_ rest: String) throws -> Int? {
      try shown(#"{"model_type": "mistral", "hidden_size": 4096, "num_hidden_layers": 32, \#(rest)}"#)?.nativeLength
    }
    #expect(try mistral(#""vocab_size": 32000, "rope_theta": 10000.0, "max_position_embeddings": 32768"#) == 8192)
    #expect(try mistral(#""vocab_size": 32000, "rope_theta": 1000000.0, "max_position_embeddings": 8192"#) == 32_768)
  }

  /// A name wins over the file, which may be the one that is wrong.
  @Test func theDeclaredBaseWins() throws {
    let file = try Declaration(
      SourceText(bytes: Array(#"{"model_type": "qwen2", "rope_theta": 10000.0}"#.utf8), path: nil))
    #expect(PublishedModel.recognise(file, base: "Qwen/Qwen2.5-7B-Instruct")?.name == "Qwen2.5")
    #expect(PublishedModel.recognise(file) == nil)
  }

  @Test func lengthsAreInOrder() {
    #expect(Set(PublishedModel.all.map(\.name)).count == PublishedModel.all.count)
    for model in PublishedModel.all {
      #expect(model.pretrainedLength <= model.nativeLength && model.nativeLength <= model.statedLength, "\(model.name)")
      #expect(model.source.count > 8 && !model.windows.isEmpty && model.base > 0, "\(model.name)")
      let lengths = model.stages.map(\.length)
      #expect(lengths == lengths.sorted() && (lengths.last ?? 0) <= model.statedLength, "\(model.name)")
      if let recipe = model.recipe { #expect(recipe.target > model.nativeLength, "\(model.name)") }
    }
  }
}

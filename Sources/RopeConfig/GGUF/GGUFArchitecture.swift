/// How the architectures of GGUF files are called in config.json, and how their rows are stored.
struct GGUFArchitecture: Sendable {
  /// `model_type` of the corresponding class.
  let modelType: String
  /// Whether rotation pairs neighbours (ggml's NORM) rather than halves (NEOX): the file's rows are stored for it.
  let isInterleaved: Bool

  /// llama.cpp, `llama_model_rope_type`. Architectures that are not here pair halves and keep their name.
  private static let table: [String: GGUFArchitecture] = {
    var table: [String: GGUFArchitecture] = [:]
    func add(_ pairs: [String: String], isInterleaved: Bool) {
      for (name, type) in pairs { table[name] = GGUFArchitecture(modelType: type, isInterleaved: isInterleaved) }
    }
    add(
      [
        "llama": "llama", "llama4": "llama4_text", "deci": "deci", "baichuan": "baichuan", "internlm2": "internlm2",
        "minicpm": "minicpm", "xverse": "xverse", "command-r": "cohere", "cohere2": "cohere2", "olmo": "olmo",
        "arctic": "arctic", "deepseek": "deepseek", "deepseek2": "deepseek_v2", "chatglm": "chatglm", "glm4": "glm4",
        "granite": "granite", "granitemoe": "granitemoe", "ernie4_5": "ernie4_5", "mistral3": "ministral3",
        "smollm3": "smollm3", "arcee": "arcee", "orion": "orion", "bailingmoe": "bailing_moe",
      ], isInterleaved: true)
    add(
      [
        "qwen2": "qwen2", "qwen2moe": "qwen2_moe", "qwen3": "qwen3", "qwen3moe": "qwen3_moe",
        "qwen3next": "qwen3_next", "gemma": "gemma", "gemma2": "gemma2", "gemma3": "gemma3_text",
        "gemma4": "gemma4_text", "phi2": "phi", "phi3": "phi3", "gptneox": "gpt_neox", "falcon": "falcon",
        "stablelm": "stablelm", "olmo2": "olmo2", "gpt-oss": "gpt_oss", "nemotron": "nemotron", "glm4moe": "glm4_moe",
        "exaone": "exaone", "dbrx": "dbrx", "starcoder2": "starcoder2", "openelm": "openelm", "apertus": "apertus",
        "hunyuan-dense": "hunyuan_v1_dense",
      ], isInterleaved: false)
    return table
  }()

  static func named(_ name: String) -> GGUFArchitecture {
    table[name] ?? GGUFArchitecture(modelType: name, isInterleaved: false)
  }

  static func isKnown(_ name: String) -> Bool { table[name] != nil }
}

import RopeJSON
import RopeMath

/// The length at which a server stops with the file as it stands.
enum ServedWindow {
  /// Nil where the runtime does not hold the user to the file's window.
  ///
  /// vLLM, `_get_and_verify_max_len`: up to 0.29 YaRN's original length times its factor, from 0.30 on the window; linear
  /// and dynamic scaling multiply the window in all versions. SGLang, `get_context_length`: the factor counts where no
  /// original length stands beside it. llama.cpp's server cuts its slots to the trained length of the GGUF file.
  static func tokens(_ request: SettingsRequest) -> Int? {
    guard let window = request.ownWindow else { return nil }
    let given = request.main?.given ?? [:]
    let factor = given["factor"]?.number ?? 1
    let multiplied = Int(exactly: (Double(window) * factor).rounded(.down)) ?? window
    switch (request.runtime.name, request.main?.id) {
    case ("vllm", "yarn") where !request.isFrom("0.30"):
      let original = given["original_max_position_embeddings"]?.number ?? Double(window)
      return Int(exactly: (original * factor).rounded(.down)) ?? window
    case ("vllm", "linear") where !request.modelType.contains("gemma3"): return multiplied
    case ("vllm", "dynamic"), ("sglang", "linear"), ("sglang", "dynamic"): return multiplied
    case ("vllm", _), ("sglang", _), ("llama.cpp", _): return window
    default: return nil
    }
  }
}

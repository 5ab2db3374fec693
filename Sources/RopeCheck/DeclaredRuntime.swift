/// A program that computes rotary embeddings as a user names it, with the versions that are meant.
///
/// Wider than the catalogue of `RopeRuntimes`, whose programs are computed: rules also know things of others.
public struct DeclaredRuntime: Sendable, Hashable {
  public enum Name: String, Sendable, CaseIterable {
    case transformers
    case vllm = "vLLM"
    case sglang = "SGLang"
    case llamaCpp = "llama.cpp"
    case mlx = "MLX"
    case tgi = "TGI"
    case tensorRT = "TensorRT-LLM"
    case lmdeploy = "LMDeploy"
    case ollama = "Ollama"
    case megatron = "Megatron-LM"
    case torchTitan = "TorchTitan"
    case deepSeek = "the DeepSeek reference"
    case other
  }

  public let name: Name
  /// As it was written, a bare name in its usual spelling.
  public let label: String
  /// First version meant; nil for the newest.
  public let from: [Int]?
  /// Last version meant.
  public let to: [Int]?

  /// Reads `vllm`, `vllm@0.33`, `transformers 4.40-4.57`, `vLLM >= 0.11`; several stand between commas.
  public static func parse(_ text: String) -> [DeclaredRuntime] {
    text.split(whereSeparator: { ",;+".contains($0) }).map { DeclaredRuntime(String($0)) }
  }

  private init(_ text: String) {
    let written = text.trimmed
    let lower = text.lowercased()
    let names: [(String, Name)] = [
      ("transformers", .transformers), ("huggingface", .transformers), ("hf", .transformers), ("vllm", .vllm),
      ("sglang", .sglang), ("ollama", .ollama), ("llama.cpp", .llamaCpp), ("llamacpp", .llamaCpp), ("llama-cpp", .llamaCpp),
      ("gguf", .llamaCpp), ("koboldcpp", .llamaCpp), ("mlx", .mlx), ("text-generation-inference", .tgi), ("tgi", .tgi),
      ("tensorrt", .tensorRT), ("trt-llm", .tensorRT), ("lmdeploy", .lmdeploy), ("megatron", .megatron),
      ("torchtitan", .torchTitan), ("deepseek", .deepSeek),
    ]
    let match = names.first { lower.contains($0.0) }
    name = match?.1 ?? .other
    label = name != .other && written.lowercased() == name.rawValue.lowercased() ? name.rawValue : written
    var versions = Self.versions(in: match.map { lower.replacing($0.0, with: " ") } ?? lower)
    if lower.contains("<"), versions.count == 1 { versions.insert([0], at: 0) }
    from = versions.first
    to = versions.last
  }

  private static func versions(in text: String) -> [[Int]] {
    text.split { !$0.isNumber && $0 != "." }.map { $0.split(separator: ".").compactMap { Int($0) } }.filter { !$0.isEmpty }
  }

  /// Whether a version before `version` is meant; false where none is given, which means the newest.
  public func isBefore(_ version: Int...) -> Bool {
    guard let from else { return false }
    return from.lexicographicallyPrecedes(version) && from != version
  }

  /// Whether a version of at least `version` is meant.
  public func reaches(_ version: Int...) -> Bool {
    guard let to else { return true }
    // “5” means any 5.x.
    return !to.lexicographicallyPrecedes(Array(version.prefix(to.count)))
  }
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}

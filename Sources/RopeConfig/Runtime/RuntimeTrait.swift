/// Something that is true of whole runtimes, whatever a file says: what a rule explains and no reading shows.
public struct RuntimeTrait: Sendable, Hashable {
  /// Names in the catalogue, modelled or known by name.
  public let runtimes: [String]
  /// First version of which it is no longer true; nil where it still is.
  public let next: String?
  /// A number of tokens that belongs to it.
  public let tokens: Int?
  /// The file, issue or page that says so.
  public let source: String

  private init(_ runtimes: String..., before next: String? = nil, tokens: Int? = nil, source: String) {
    self.runtimes = runtimes
    self.next = next
    self.tokens = tokens
    self.source = source
  }

  /// Cos and sin of every position up to the window are computed before the first request.
  public static let tabulatesWindow = RuntimeTrait(
    "vllm", "sglang", "tensorrt-llm", "lmdeploy", source: "vllm-project/vllm-ascend#693, NVIDIA/TensorRT-LLM#3778")
  /// Answers requests for models in the published format, and has settings of its own for rotation.
  public static let serves = RuntimeTrait("vllm", "sglang", "llama.cpp", "mlx-lm", source: "the programs' own pages")
  /// Reads GGUF files; its options replace single numbers, and no dictionary.
  public static let readsGGUF = RuntimeTrait("llama.cpp", "ollama", source: "common/arg.cpp, commit 0c1e57098")
  /// Runs the code that a model's repository brings.
  public static let runsModelCode = RuntimeTrait("transformers", source: "trust_remote_code")
  /// Dynamic scaling keeps the base of the longest request so far.
  public static let keepsDynamicBase = RuntimeTrait(
    "transformers", before: "4.45", source: "huggingface/transformers#27033")
  /// YaRN counts turns in the length of a training option, which people set to the extended one.
  public static let takesOriginalFromOption = RuntimeTrait("megatron", source: "NVIDIA/Megatron-LM#1418")
  /// Without a window of one's own a prompt is cut to so many tokens.
  public static let cutsToShortWindow = RuntimeTrait("ollama", tokens: 4096, source: "llm/server.go, api/types.go")

  /// Whether a text, such as a trainer's name with its version, names one of the runtimes.
  public func isNamed(in text: String) -> Bool {
    let text = text.lowercased()
    return runtimes.contains { text.contains($0) }
  }
}

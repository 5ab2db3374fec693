import RopeConfig

/// What a published model fixes, so that a copy with another value can be told from a decision.
public struct KnownModel: Sendable {
  public let name: String
  /// Parts of a model's name, lower case without separators.
  let patterns: [String]
  /// Tokens of the longest pre-training context.
  public let nativeLength: Int
  /// The `max_position_embeddings` that its files carry, the usual one first.
  public let windows: [Int]
  /// Its `rope_theta`.
  public let base: Double
  public let headDimension: Int?
  public let rotaryShare: Double
  /// The scaling that it ships with, and its factor.
  public let scaling: (type: String, factor: Double)?

  init(
    _ name: String, _ patterns: [String], native: Int, windows: [Int], base: Double, head: Int? = nil, share: Double = 1,
    scaling: (type: String, factor: Double)? = nil
  ) {
    self.name = name
    self.patterns = patterns
    nativeLength = native
    self.windows = windows
    self.base = base
    headDimension = head
    rotaryShare = share
    self.scaling = scaling
  }

  /// Recognised by the declared base model's name, else by sizes that only one published family has.
  static func recognise(_ declaration: Declaration, base: String?) -> KnownModel? {
    if let base, let model = named(base) { return model }
    let type = declaration.value(anyOf: ["model_type"])?.node.string
    func count(_ keys: String...) -> Int? { declaration.value(anyOf: keys)?.node.count }
    let vocabulary = count("vocab_size"), hidden = count("hidden_size", "n_embd")
    let window = count("max_position_embeddings")
    let original = ["rope_scaling", "rope_parameters"].lazy.compactMap {
      declaration.value(anyOf: [$0])?.member("original_max_position_embeddings")?.node.count
    }.first
    switch type {
    case "llama" where vocabulary == 128_256: return hidden == 2048 || hidden == 3072 ? table["Llama 3.2"] : table["Llama 3"]
    case "qwen2" where [151_936, 152_064].contains(vocabulary ?? 0) && window == 32_768: return table["Qwen2.5"]
    case "qwen2" where (window == 32_768 && vocabulary == nil) || original == 32_768: return table["Qwen2.5"]
    case "qwen3", "qwen3_moe": 
      let isFirst = window == nil || window == 40_960 || window == 32_768 || original == 32_768 || original == 40_960
      return isFirst ? table["Qwen3"] : nil
    case "phi", "phi-msft": return hidden == 2560 ? table["phi-2"] : nil
    case "gpt_oss": return table["gpt-oss"]
    case "mixtral": return table["Mixtral"]
    default: return nil
    }
  }

  static func named(_ name: String) -> KnownModel? {
    let plain = name.lowercased().filter { !"-_ /".contains($0) }
    return rows.first { $0.patterns.contains { plain.contains($0) } }
  }

  private static let table = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }

  /// Names that contain others stand first.
  private static let rows: [KnownModel] = [
    KnownModel("CodeLlama", ["codellama"], native: 16_384, windows: [16_384], base: 1_000_000, head: 128),
    KnownModel("Llama 3.1", ["llama3.1", "llama31"], native: 8192, windows: [131_072], base: 500_000, head: 128, scaling: ("llama3", 8)),
    KnownModel("Llama 3.2", ["llama3.2", "llama32"], native: 8192, windows: [131_072], base: 500_000, scaling: ("llama3", 32)),
    KnownModel("Llama 3.3", ["llama3.3", "llama33"], native: 8192, windows: [131_072], base: 500_000, head: 128, scaling: ("llama3", 8)),
    KnownModel("Llama 3", ["llama3"], native: 8192, windows: [8192], base: 500_000, head: 128),
    KnownModel("Llama 2", ["llama2"], native: 4096, windows: [4096], base: 10_000, head: 128),
    KnownModel("Llama 1", ["llama7b", "llama13b", "llama30b", "llama65b", "tulu"], native: 2048, windows: [2048], base: 10_000, head: 128),
    KnownModel("Qwen2.5-1M", ["qwen2.57binstruct1m", "qwen2.514binstruct1m"], native: 262_144, windows: [1_010_000], base: 10_000_000, head: 128),
    KnownModel("Qwen2.5", ["qwen2.5", "qwen2", "qwen1.5"], native: 32_768, windows: [32_768, 131_072], base: 1_000_000, head: 128),
    KnownModel("Qwen3", ["qwen3"], native: 32_768, windows: [40_960], base: 1_000_000, head: 128),
    KnownModel("phi-2", ["phi2"], native: 2048, windows: [2048], base: 10_000, head: 80, share: 0.4),
    KnownModel("Phi-4-mini", ["phi4mini"], native: 4096, windows: [131_072], base: 10_000, head: 128, share: 0.75, scaling: ("longrope", 32)),
    KnownModel("Phi-3", ["phi3"], native: 4096, windows: [4096, 131_072], base: 10_000, head: 96),
    KnownModel("Mixtral", ["mixtral"], native: 32_768, windows: [32_768, 65_536], base: 1_000_000, head: 128),
    KnownModel("Mistral 7B v0.1", ["mistral7bv0.1", "mistral7binstructv0.1"], native: 32_768, windows: [32_768], base: 10_000, head: 128),
    KnownModel("Mistral 7B", ["mistral7b"], native: 32_768, windows: [32_768], base: 1_000_000, head: 128),
    KnownModel("gpt-oss", ["gptoss"], native: 4096, windows: [131_072], base: 150_000, head: 64, scaling: ("yarn", 32)),
    KnownModel("DeepSeek-V2/V3", ["deepseekv2", "deepseekv3", "deepseekr1"], native: 4096, windows: [163_840], base: 10_000, head: 64, scaling: ("yarn", 40)),
    KnownModel("GLM-4", ["glm4"], native: 32_768, windows: [32_768, 131_072], base: 10_000, head: 128, share: 0.5),
    KnownModel("StableLM 2", ["stablelm"], native: 4096, windows: [4096], base: 10_000, share: 0.25),
  ]
}

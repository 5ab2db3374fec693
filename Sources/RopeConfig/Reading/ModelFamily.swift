/// Lengths of training that no key of a config tells.
enum ModelFamily {
  /// Trained lengths that no key of the config tells, each with the source of the number.
  struct TrainedLength: Sendable {
    let modelTypes: [String]
    let vocabulary: Int?
    /// The window of the file that the row is about; nil for any.
    let window: ClosedRange<Int>?
    let tokens: Int
    let source: String
  }

  static let trainedLengths: [TrainedLength] = [
    TrainedLength(
      modelTypes: ["llama"], vocabulary: 128_256, window: 8193...Int.max, tokens: 8192,
      source: "Llama 3 is pre-trained at 8,192 tokens (arXiv 2407.21783, §3.4.1)"),
    TrainedLength(
      modelTypes: ["qwen3", "qwen3_moe"], vocabulary: nil, window: 40_960...40_960, tokens: 32_768,
      source: "Qwen3 is trained to 32,768 tokens; 40,960 leaves room for the answer (Qwen3 model cards)"),
    TrainedLength(
      modelTypes: ["gemma3", "gemma3_text"], vocabulary: nil, window: 131_072...131_072, tokens: 32_768,
      source: "Gemma 3 is pre-trained at 32,768 tokens and extended by linear scaling with factor 8 (arXiv 2503.19786, §2)"),
    TrainedLength(
      modelTypes: ["qwen2"], vocabulary: nil, window: 4096...4096, tokens: 32_768,
      source: "Qwen1.5 is trained to 32,768 tokens (its model cards); a window of 4,096 is a serving preset's"),
    TrainedLength(
      modelTypes: ["deepseek_v4"], vocabulary: nil, window: 1_048_576...1_048_576, tokens: 65_536,
      source: "DeepSeek-V4 scales 65,536 tokens by YaRN with factor 16"),
  ]
}

/// How far a published model is measured to be of use, where somebody measured it with a public benchmark.
///
/// RULER (Hsieh et al. 2024, arXiv 2404.06654): mean score over 13 tasks at 4k, 8k, 16k, 32k, 64k and 128k tokens. The
/// effective length is the longest up to which the score is at least 85.6, what Llama-2-7B has at 4k.
/// Source: NVIDIA/RULER@c3f5e3b README.md.
public struct EffectiveLength: Sendable, Hashable {
  /// Mean scores, in percent, at the first of `lengths`.
  public let scores: [Double]

  /// In tokens.
  public static let lengths = [4096, 8192, 16_384, 32_768, 65_536, 131_072]
  public static let threshold = 85.6
  public static let source = "RULER"

  /// The longest length, in tokens, up to which every score is good enough; nil for less than the shortest one.
  public var tokens: Int? {
    zip(Self.lengths, scores).prefix { $0.1 >= Self.threshold }.last?.0
  }

  /// The score at the first measured length that holds as many tokens, else at the longest one.
  public func measurement(at tokens: Int) -> (length: Int, score: Double)? {
    let all = Array(zip(Self.lengths, scores))
    return (all.first { $0.0 >= tokens } ?? all.last).map { (length: $0.0, score: $0.1) }
  }

  /// What was measured of a model, by its name; nil where nobody did, or where no end was found.
  public static func named(_ name: String) -> EffectiveLength? {
    guard let end = name.split(whereSeparator: { "/\\".contains($0) }).last else { return nil }
    let model = ModelName(end)
    let scores = rows.first { $0.pattern.matches(model) }?.scores ?? []
    return scores.isEmpty ? nil : EffectiveLength(scores: scores)
  }

  /// The particular before the general.
  private static let rows: [(pattern: NamePattern, scores: [Double])] = [
    ("commandrplus082024", [96.0, 95.1, 94.0, 92.4, 85.4, 64.6]),
    ("commandr082024", [94.7, 93.7, 93.1, 90.8, 86.6, 74.7]),
    ("commandrplus", [95.6, 95.2, 94.2, 92.0, 84.3, 63.1]),
    ("commandrv01", [93.8, 93.3, 92.4, 89.5, 84.9, 76.0]),
    // Others of that name, trained further, which nobody measured.
    ("qwen3…2507", []), ("deepseekr10528qwen3", []),
    ("qwen330ba3b", [96.5, 97.0, 95.3, 92.4, 89.1, 79.2]),
    ("qwen38b", [96.3, 96.0, 91.8, 91.2, 82.1, 77.4]),
    ("qwen34b", [95.1, 93.6, 91.0, 87.8, 77.8, 66.0]),
    ("qwen314b", [98.0, 97.8, 96.4, 96.1, 94.0, 85.1]),
    ("exaone4.01.2b", [87.0, 86.7, 88.8, 81.1, 77.4]),
    ("llama3.170b", [96.5, 95.8, 95.4, 94.8, 88.4, 66.6]),
    ("llama3.18b", [95.5, 93.8, 91.6, 87.4, 84.7, 77.0]),
    ("mistrallarge…2411", [96.4, 96.3, 95.3, 94.0, 85.9, 48.1]),
    ("mistrallarge…2407", [96.2, 96.1, 95.1, 93.0, 78.8, 23.7]),
    ("qwen272b", [96.9, 96.1, 94.9, 94.1, 79.8, 53.7]),
    ("glm49bchat1m", [94.7, 92.8, 92.1, 89.9, 86.7, 83.1]),
    ("prolong512k", [94.5, 92.5, 92.3, 89.3, 83.2, 81.6]),
    ("megabeammistral", [93.8, 92.5, 92.0, 89.2, 83.7, 83.7]),
    ("llama370b…gradient", [95.1, 94.4, 90.8, 85.4, 80.9, 72.1]),
    ("llama38b…gradient", [92.8, 90.3, 85.7, 79.9, 76.3, 69.5]),
    ("mixtral8x22b", [95.6, 94.9, 93.4, 90.9, 84.7, 31.7]),
    ("mixtral8x7b", [94.9, 92.1, 92.5, 85.9, 72.4, 44.5]),
    ("yi34b200k", [93.3, 92.2, 91.3, 87.5, 83.2, 77.3]),
    ("phi3mini128k", [92.2, 91.5, 90.7, 87.5, 80.6, 66.7]),
    ("phi3medium128k", [93.3, 93.2, 91.1, 86.8, 78.6, 46.1]),
    ("internlm2.57bchat1m", [88.1, 85.5, 84.5, 82.7, 75.5, 68.9]),
    ("mistral7binstructv0.2", [93.6, 91.2, 87.2, 75.4, 49.0, 13.8]),
    ("mistralnemo", [87.8, 87.2, 87.7, 69.0, 46.8, 19.0]),
    ("chatglm36b128k", [87.8, 83.4, 78.6, 69.9, 56.0, 42.0]),
    ("dbrx", [95.1, 93.8, 83.6, 63.1, 2.4, 0.0]),
    ("qwen1.572b", [94.9, 93.8, 78.0, 67.8, 0.0, 0.0]),
    ("llama27b32k", [88.2, 81.1, 69.4, 63.0, 0.0, 0.0]),
  ].map { (NamePattern($0.0), $0.1) }
}

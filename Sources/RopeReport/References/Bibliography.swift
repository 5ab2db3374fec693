import RopeMath

/// Authors, titles and years of the papers that methods, analyses and advice rest on, by the source that a `Reference` names.
public enum Bibliography {
  /// Nil for a program's file and for what has no entry.
  public static func publication(_ source: String) -> Publication? { all[source] }

  /// One line of a reference list: authors, title, source and year as far as they are known.
  static func text(_ reference: Reference) -> String {
    guard let known = all[reference.source] else { return "\(reference.title), \(reference.source)" }
    let authors = known.authors.isEmpty ? "" : "\(known.authors): "
    return known.title == reference.source
      ? "\(authors)\(reference.source), \(known.year)" : "\(authors)\(known.title). \(reference.source), \(known.year)"
  }

  private static let all: [String: Publication] = [
    "arXiv 2104.09864": Publication(
      "J. Su, Y. Lu, S. Pan et al.", "RoFormer: Enhanced Transformer with Rotary Position Embedding", 2021),
    "arXiv 2108.12409": Publication(
      "O. Press, N. A. Smith, M. Lewis",
      "Train Short, Test Long: Attention with Linear Biases Enables Input Length Extrapolation", 2021),
    "arXiv 2202.12172": Publication(
      "D. Chiang, P. Cholak", "Overcoming a Theoretical Limitation of Self-Attention", 2022),
    "arXiv 2204.06745": Publication(
      "S. Black, S. Biderman, E. Hallahan et al.", "GPT-NeoX-20B: An Open-Source Autoregressive Language Model", 2022),
    "arXiv 2212.10554": Publication("Y. Sun, L. Dong, B. Patra et al.", "A Length-Extrapolatable Transformer", 2022),
    "arXiv 2305.13245": Publication(
      "J. Ainslie, J. Lee-Thorp, M. de Jong et al.",
      "GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints", 2023),
    "arXiv 2305.16300": Publication(
      "A. Mohtashami, M. Jaggi", "Landmark Attention: Random-Access Infinite Context Length for Transformers", 2023),
    "arXiv 2306.15595": Publication(
      "S. Chen, S. Wong, L. Chen et al.",
      "Extending Context Window of Large Language Models via Positional Interpolation", 2023),
    "arXiv 2308.12950": Publication(
      "B. Rozière, J. Gehring, F. Gloeckle et al.", "Code Llama: Open Foundation Models for Code", 2023),
    "arXiv 2308.16137": Publication(
      "C. Han, Q. Wang, H. Peng et al.",
      "LM-Infinite: Zero-Shot Extreme Length Generalization for Large Language Models", 2023),
    "arXiv 2309.00071": Publication(
      "B. Peng, J. Quesnelle, H. Fan et al.", "YaRN: Efficient Context Window Extension of Large Language Models", 2023),
    "arXiv 2309.12307": Publication(
      "Y. Chen, S. Qian, H. Tang et al.", "LongLoRA: Efficient Fine-tuning of Long-Context Large Language Models", 2023),
    "arXiv 2309.16039": Publication(
      "W. Xiong, J. Liu, I. Molybog et al.", "Effective Long-Context Scaling of Foundation Models", 2023),
    "arXiv 2310.05209": Publication(
      "X. Liu, H. Yan, S. Zhang et al.", "Scaling Laws of RoPE-based Extrapolation", 2023),
    "arXiv 2310.16450": Publication(
      "G. Chen, X. Li, Z. Meng et al.", "CLEX: Continuous Length Extrapolation for Large Language Models", 2023),
    "arXiv 2401.01325": Publication(
      "H. Jin, X. Han, J. Yang et al.", "LLM Maybe LongLM: Self-Extend LLM Context Window Without Tuning", 2024),
    "arXiv 2401.07004": Publication(
      "Y. Zhang, J. Li, P. Liu", "Extending LLMs' Context Window with 100 Samples", 2024),
    "arXiv 2402.13753": Publication(
      "Y. Ding, L. L. Zhang, C. Zhang et al.", "LongRoPE: Extending LLM Context Window Beyond 2 Million Tokens", 2024),
    "arXiv 2402.17463": Publication(
      "C. An, F. Huang, J. Zhang et al.", "Training-Free Long-Context Scaling of Large Language Models", 2024),
    "arXiv 2403.00071": Publication(
      "S. Wang, I. Kobyzev, P. Lu et al.",
      "Resonance RoPE: Improving Context Length Generalization of Large Language Models", 2024),
    "arXiv 2405.14591": Publication("X. Men, M. Xu, B. Wang et al.", "Base of RoPE Bounds Context Length", 2024),
    "arXiv 2409.12181": Publication(
      "Y. Lu, J. N. Yan, S. Yang et al.", "A Controlled Study on Long Context Extension and Generalization in LLMs",
      2024),
    "arXiv 2409.12191": Publication(
      "P. Wang, S. Bai, S. Tan et al.",
      "Qwen2-VL: Enhancing Vision-Language Model's Perception of the World at Any Resolution", 2024),
    "arXiv 2410.06205": Publication(
      "F. Barbero, A. Vitvitskyi, C. Perivolaropoulos et al.",
      "Round and Round We Go! What Makes Rotary Positional Encodings Useful?", 2024),
    "arXiv 2410.18745": Publication(
      "C. An, J. Zhang, M. Zhong et al.", "Why Does the Effective Context Length of LLMs Fall Short?", 2024),
    "arXiv 2410.21216": Publication(
      "Y. Chen, A. Lv, J. Luan et al.",
      "HoPE: A Novel Positional Encoding Without Long-Term Decay for Enhanced Context Awareness and Extrapolation",
      2024),
    "arXiv 2412.17739": Publication(
      "E. Hua, C. Jiang, X. Lv et al.",
      "Fourier Position Embedding: Enhancing Attention's Periodic Extension for Length Generalization", 2024),
    "arXiv 2501.08570": Publication(
      "K. Li, Y. Kong, Y. Xu et al.",
      "Information Entropy Invariance: Enhancing Length Extrapolation in Attention Mechanisms", 2025),
    "arXiv 2501.19399": Publication("K. M. Nakanishi", "Scalable-Softmax Is Superior for Attention", 2025),
    "arXiv 2502.20082": Publication(
      "N. Shang, L. L. Zhang, S. Wang et al.", "LongRoPE2: Near-Lossless LLM Context Window Scaling", 2025),
    "arXiv 2505.17083": Publication("B. Anson, X. Wang, L. Aitchison", "Scale-invariant Attention", 2025),
    "arXiv 2512.12167": Publication(
      "Y. Gelberg, K. Eguchi, T. Akiba et al.",
      "Extending the Context of Pretrained LLMs by Dropping Their Positional Embeddings", 2025),
    "arXiv 2601.22181": Publication("", "MrRoPE", 2026),
    "arXiv 2602.05258": Publication("", "CoPE: Clipped RoPE as A Scalable Free Lunch for Long Context LLMs", 2026),
    "arXiv 2605.15514": Publication("", "RoPE Distinguishes Neither Positions Nor Tokens in Long Contexts", 2026),
    "Ann. Univ. Sci. Budapest 1 (1958)": Publication("V. T. Sós", "On the distribution mod 1 of the sequence nα", 1958),
    "Phys. Rev. B 24, 2613 (1981)": Publication(
      "B. Derrida", "Random-energy model: An exactly solvable model of disordered systems", 1981),
    "kexue.fm 8823": Publication("J. Su", "kexue.fm 8823", 2021),
    "kexue.fm 9706": Publication("J. Su", "kexue.fm 9706", 2023),
    "kexue.fm 9708": Publication("J. Su", "kexue.fm 9708", 2023),
    "kexue.fm 9728": Publication("J. Su", "kexue.fm 9728", 2023),
    "kexue.fm 10122": Publication("J. Su", "kexue.fm 10122", 2024),
  ]
}

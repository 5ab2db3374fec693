import Foundation
import RopeMath

enum DynamicFormulaDialect: Rule {
  static let card = RuleCard(
    "dynamic-formula-dialect", .warning, "The runtime computes dynamic scaling by another formula",
    why: "The same file is another rotation in transformers, vLLM, SGLang, llama.cpp and MLX.",
    fix: "Use a static method with the same numbers everywhere, or compare with ropescope parity.",
    references: ["vllm-project/vllm#3488", "vllm-project/vllm#41236", "huggingface/text-generation-inference#816", "ml-explore/mlx-lm#1553", "InternLM/lmdeploy#911"],
    failing: [RuleExample(#"{"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, "rope_theta": 10000.0, "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}"#, facts: Facts(runtimes: ["sglang"]))],
    passing: [RuleExample(#"{"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}"#, facts: Facts(runtimes: ["transformers"]))])

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "dynamic", let factor = scaling.factor, factor > 1, !scaling.has("alpha") else { return [] }
    return subject.runtimes.compactMap { runtime in
      let words: String
      switch runtime.name {
      case .sglang: words = stretched(factor, "at every length", subject)
      case .vllm where runtime.isBefore(0, 20): words = stretched(factor, "at every length", subject)
      case .vllm: words = "does not scale at all (α = 1) and caps at the window; the ×\(Phrase.ratio(factor)) is lost"
      case .tgi, .lmdeploy: words = stretched(factor, "from its own window", subject)
      default: return nil
      }
      return subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        "\(runtime.label) \(words); transformers grows the base with the length beyond the window only. Use a static method, such as yarn ×\(Phrase.ratio(factor))")
    }
  }

  private static func stretched(_ factor: Double, _ place: String, _ subject: CheckSubject) -> String {
    let alpha = factor * factor - factor + 1
    var base = ""
    if let geometry = subject.geometry {
      let grown = geometry.base * pow(alpha, Double(geometry.rotaryDimension) / Double(geometry.rotaryDimension - 2))
      base = " (base \(Phrase.tokens(grown.rounded())) instead of \(Phrase.tokens(geometry.base)))"
    }
    return "scales by a constant α = s² − s + 1 = \(Phrase.ratio(alpha)) \(place)\(base)"
  }
}

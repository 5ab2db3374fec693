import RopeMath
import RopeText

enum DynamicFormulaDialect: Rule {
  private static let example = """
    {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, \
    "rope_theta": 10000.0, "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}
    """

  static let card = RuleCard(
    "dynamic-formula-dialect", .warning, "The runtime computes dynamic scaling by another formula",
    why: "The same file is another rotation in transformers, vLLM, SGLang, llama.cpp and MLX.",
    fix: "Use a static method with the same numbers everywhere, or compare with ropescope parity.",
    references: [
      "vllm-project/vllm#3488", "vllm-project/vllm#41236", "huggingface/text-generation-inference#816",
      "ml-explore/mlx-lm#1553", "InternLM/lmdeploy#911",
    ],
    failing: [RuleExample(example, facts: Facts(runtimes: ["sglang"]))],
    passing: [RuleExample(example, facts: Facts(runtimes: ["transformers"]))])

  static let needs: [RuleNeed] = [.runtime, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "dynamic" else { return [] }
    return subject.verdicts.compactMap { verdict in
      guard let gap = verdict.gaps.first(where: { $0.aspects.contains(.frequencies) }) else { return nil }
      let formula: Message = gap.layer.specification.map { "as \($0.description)" } ?? "as no scaling at all"
      var finding = subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        """
        \(verdict.runtime.label) computes dynamic scaling \(formula): at \(Phrase.tokens(subject.length)) tokens \
        \(gap.words(isSized: !subject.isProbeCompleted)) from \(subject.referenceName), which grows the base with the \
        length beyond the window only. Use a static method, such as yarn ×\(Phrase.ratio(scaling.factor ?? 2))
        """)
      finding.causes = [verdict.cause(of: [.frequencies, .temperature])]
      return finding
    }
  }
}

import RopeConfig
import RopeText

enum KnownWindowClaim: Rule {
  private static let llama = """
    {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, \
    "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, \
    "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}
    """

  static let card = RuleCard(
    "known-window-claim-vs-effective", .note, "The target is longer than the model was measured to be of use",
    why: "A window that a model accepts is not one that it uses: retrieval and tracing fail before the end.",
    fix: "Measure the task at the length, or stay within what was measured.",
    references: ["NVIDIA/RULER#56", "irthomasthomas/undecidability#848", "zai-org/GLM-4.5#108"],
    failing: [RuleExample(llama, facts: Facts(targetLength: 131_072, base: "meta-llama/Llama-3.1-8B-Instruct"))],
    passing: [
      RuleExample(llama, facts: Facts(targetLength: 32_768, base: "meta-llama/Llama-3.1-8B-Instruct")),
      RuleExample(llama, facts: Facts(targetLength: 131_072)),
    ])

  static let needs: [RuleNeed] = [.target]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let target = subject.target, let name = subject.facts.base ?? subject.effective?.command.modelReference,
      let measured = EffectiveLength.named(name), target > measured.tokens ?? 0,
      let long = measured.measurement(at: target)
    else { return [] }
    let reach: Message =
      measured.tokens.map { "to \(Phrase.tokens($0)) tokens" } ?? "to less than 4,096 tokens"
    return [
      subject.finding(
        card, at: subject.windowPlace,
        """
        \(EffectiveLength.source) finds this model of use \(reach) (a score of \(String(EffectiveLength.threshold)) or more), and \
        \(Phrase.ratio(long.score)) at \(Phrase.tokens(long.length)); \(Phrase.tokens(target)) are asked for. Measure your \
        task at that length
        """)
    ]
  }
}

import RopeConfig
import RopeMath
import RopeText

enum LongropeAlwaysLong: Rule {
  private static let example = """
    {"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 64, \
    "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", \
    "short_factor": [1.0, 1.0, 1.0, 1.0], "long_factor": [1.0, 1.5, 2.0, 4.0]}}
    """

  static let card = RuleCard(
    "longrope-always-long", .warning, "The runtime chooses longrope's list by capacity",
    why: "Short prompts are computed with the table for long ones.",
    fix: "Cap the served window at the original length for short work.",
    references: ["ggml-org/llama.cpp#8995", "ml-explore/mlx-lm#660", "trymirai/lalamo#326", "lablup/mlxcel#1358"],
    failing: [RuleExample(example, facts: Facts(runtimes: ["mlx-lm"]))],
    passing: [RuleExample(example, facts: Facts(runtimes: ["transformers"]))])

  static let needs: [RuleNeed] = [.runtime, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "longrope", let original = subject.original(scaling),
      original < Double(subject.length)
    else { return [] }
    let short = Phrase.whole(original)
    // The lists are the same numbers to both; which one a prompt within the original length gets is the question.
    let served = subject.servedLength ?? subject.facts.targetLength
    let start: Message = served.map { " once it is started with \(Phrase.tokens($0))" } ?? ""
    return subject.runtimes.compactMap { runtime in
      let verdict = RuntimeVerdict(
        runtime, subject.probe, length: short, servedLength: served ?? short,
        reference: try? RuntimeCatalogue.reference.layers(of: subject.probe, length: short))
      guard let gap = verdict.gaps.first(where: { $0.aspects.contains(.frequencies) }) else { return nil }
      var finding = subject.finding(
        card, at: scaling.dictionary,
        """
        \(runtime.label) takes the long list for prompts within \(Phrase.tokens(short)) tokens\(start): \
        \(gap.words(isSized: !subject.isProbeCompleted)). Start it with \(short) tokens for short work, or use another \
        runtime for short prompts
        """)
      finding.causes = [verdict.cause(of: [.frequencies])]
      return finding
    }
  }
}

import RopeMath
import RopeText

enum ProportionalPartial: Rule {
  static let card = RuleCard(
    "proportional-partial", .note, "proportional rotation in a runtime that reads it otherwise",
    why: """
      It leaves the slow pairs of the whole head unrotated, unlike an ordinary partial factor, and some runtimes ignore \
      its factor.
      """,
    fix: "Use transformers 5.",
    references: ["zml/zml#660", "transformers 5.23 _compute_proportional_rope_parameters"],
    failing: [
      RuleExample(
        """
        {"model_type": "gemma4_text", "head_dim": 256, "global_head_dim": 512, "max_position_embeddings": 262144, \
        "rope_parameters": {"full_attention": {"rope_type": "proportional", "rope_theta": 1000000.0, \
        "partial_rotary_factor": 0.25, "factor": 8.0}, \
        "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}}
        """, facts: Facts(runtimes: ["vllm"]))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "gemma4_text", "head_dim": 256, "max_position_embeddings": 262144, \
        "rope_parameters": {"full_attention": {"rope_type": "proportional", "rope_theta": 1000000.0, \
        "partial_rotary_factor": 0.25}, "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}}
        """, facts: Facts(runtimes: ["transformers@5.23"]))
    ])

  static let needs: [RuleNeed] = [.runtime, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scalings.first(where: { $0.type == "proportional" }), let place = scaling.typePlace
    else { return [] }
    return subject.verdicts.compactMap { verdict in
      guard let gap = verdict.gaps.first(where: { $0.reference.method == "proportional" }) else { return nil }
      let formula: Message = gap.layer.specification.map { "\($0.description)" } ?? "plain rotation"
      var finding = subject.finding(
        card, at: place,
        """
        \(verdict.runtime.label) computes proportional rotation as \(formula): \
        \(gap.words(isSized: !subject.isProbeCompleted)). \
        Use transformers 5
        """, severity: .warning)
      finding.causes = [verdict.cause(of: gap.aspects)]
      return finding
    }
  }
}

import RopeConfig
import RopeMath
import RopeText

enum RuntimeComputesOtherwise: Rule {
  private static let example = """
    {"model_type": "phi", "hidden_size": 2560, "num_attention_heads": 32, "max_position_embeddings": 2048, \
    "partial_rotary_factor": 0.4, "rope_theta": 500000.0}
    """

  static let card = RuleCard(
    "runtime-computes-otherwise", .warning, "A runtime computes another rotation from the file",
    why: """
      The model loads without a message and turns by other angles, or weighs logits by another factor, than it was \
      trained with.
      """,
    fix: "Use a runtime or version that computes the file's rotation, or write it in keys that this one reads.",
    references: ["huggingface/transformers#38224", "vllm-project/vllm#46280"],
    failing: [RuleExample(example, facts: Facts(runtimes: ["vllm 0.6.3"]))],
    passing: [RuleExample(example, facts: Facts(runtimes: ["vllm 0.33"]))])

  static let needs: [RuleNeed] = [.runtime, .reading]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.verdicts.compactMap { verdict in
      guard let gap = verdict.gaps.first else { return nil }
      if let finding = remapped(verdict, subject) { return finding }
      let layers = verdict.gaps.map(\.layer.name).filter { $0 != "all" }
      let scope = Message.bracketed(layers.isEmpty ? nil : .names(layers))
      var finding = subject.finding(
        card, at: place(of: gap, subject),
        """
        \(verdict.runtime.label) computes another rotation than \(subject.referenceName)\(scope): \
        \(gap.words(isSized: !subject.isProbeCompleted)). Use a version that computes the file's, or write it in keys \
        that this one reads (ropescope parity shows every pair)
        """)
      finding.causes = [verdict.cause]
      return finding
    }
  }

  /// Positions that the file itself asks to be re-mapped, which the reference leaves undone.
  private static func remapped(_ verdict: RuntimeVerdict, _ subject: CheckSubject) -> Finding? {
    guard verdict.aspects == [.positions], let place = subject.value("dual_chunk_attention_config") else { return nil }
    var finding = subject.finding(
      card, at: place,
      """
      \(verdict.runtime.label) re-maps positions as “\(place.key)” says, \(subject.referenceName) leaves them plain: \
      beyond the chunk the two are different models. Measure with the one that serves
      """, severity: .note)
    finding.causes = [verdict.cause]
    return finding
  }

  /// The value that the difference comes from, as far as one can be told.
  private static func place(of gap: PlanGap, _ subject: CheckSubject) -> DeclaredValue? {
    let parameters = gap.parameters
    if parameters == ["base"], let place = subject.thetaPlace { return place }
    let dictionary = subject.scaling?.dictionary
    if parameters.count == 1, let key = parameters.first, let value = dictionary?.member(key) { return value }
    return dictionary ?? subject.thetaPlace ?? subject.windowPlace
  }
}

import RopeMath
import RopeText

enum YarnTruncateDialect: Rule {
  private static let example = """
    {"model_type": "gpt_oss", "head_dim": 64, "max_position_embeddings": 131072, "rope_theta": 150000, \
    "rope_scaling": {"rope_type": "yarn", "factor": 32.0, "original_max_position_embeddings": 4096, "truncate": false}}
    """

  static let card = RuleCard(
    "yarn-truncate-dialect", .note, "truncate: false is not known everywhere",
    why: "Runtimes without the switch round the ramp's ends outward to whole pairs; frequencies near the ends differ.",
    fix: "Use a runtime that knows it.",
    references: [
      "vllm-project/vllm#28244", "vllm-project/vllm#27722", "apache/tvm#18576", "pytorch/torchtitan#3787",
    ],
    failing: [RuleExample(example, facts: Facts(runtimes: ["llama.cpp"]))],
    passing: [RuleExample(example, facts: Facts(runtimes: ["transformers@5.23"]))])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    if let finding = lost(subject) { return [finding] }
    guard let scaling = subject.scalings.first(where: { $0.dictionary.member("truncate")?.node.boolean == false }),
      let place = scaling.dictionary.member("truncate")
    else { return [] }
    if subject.runtimes.isEmpty {
      guard let names = subject.others(where: isDeaf) else { return [] }
      return [
        subject.finding(
          card, at: place,
          """
          truncate: false is not known to \(names): the ramp's ends are rounded there. Use a runtime that reads it
          """)
      ]
    }
    return subject.verdicts.filter(isDeaf).map { verdict in
      let words: Message = verdict.gaps.first.map { $0.words(isSized: !subject.isProbeCompleted) } ?? ""
      var finding = subject.finding(
        card, at: place,
        """
        truncate: false is not known to \(verdict.runtime.label), which rounds the ramp's ends: \(words). Use a runtime \
        that reads it
        """, severity: .warning)
      finding.causes = [verdict.cause(of: [.frequencies])]
      return finding
    }
  }

  /// A model trained with exact ends, whose file does not say so any more.
  private static func lost(_ subject: CheckSubject) -> Finding? {
    guard !subject.isGGUF, subject.effective?.runtime != "llama.cpp", let known = subject.known,
      known.scaling?.truncates == false, subject.isKnownForSure, let scaling = subject.scaling,
      scaling.dictionary.member("truncate") == nil, scaling.type == known.scaling?.type
    else { return nil }
    return subject.finding(
      card, at: scaling.dictionary,
      """
      truncate is not written: the ramp's ends are rounded to whole pairs, \(known.name) was trained with exact ones. \
      Write "truncate": false
      """, severity: .warning,
      fix: Fix(
        "add truncate", safe: false, edits: subject.insert("truncate", "false", into: scaling.dictionary)))
  }

  /// The two ramps differ in their ends' rounding and in nothing else that moves a frequency.
  private static func isDeaf(_ verdict: RuntimeVerdict) -> Bool {
    let temperature: Set = ["attention_factor", "mscale", "mscale_all_dim"]
    return verdict.parameters.contains("truncate") && verdict.parameters.subtracting(temperature) == ["truncate"]
      && verdict.aspects.contains(.frequencies)
  }
}

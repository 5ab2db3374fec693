import RopeConfig
import RopeText

enum V5ConfigOnV4Runtime: Rule {
  static let card = RuleCard(
    "v5-config-on-v4-runtime", .error, "A rope_parameters-only file meets a reader of the older keys",
    why: """
      It does not read rope_parameters and says nothing: theta becomes 10000 and the scaling vanishes (0.77 nats per \
      token in the cited thread).
      """,
    fix: "Write rope_theta and rope_scaling as well, or require transformers 5.",
    references: ["Open-Athena/MarinFold#184", "Open-Athena/MarinFold#198", "sgl-project/sglang#26187"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "rope_parameters": {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, \
        "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}, \
        "max_position_embeddings": 131072}
        """, facts: Facts(runtimes: ["transformers 4.57"]))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "rope_parameters": {"rope_type": "default", "rope_theta": 500000.0}, \
        "rope_theta": 500000.0, "max_position_embeddings": 8192}
        """, facts: Facts(runtimes: ["transformers 4.57"]))
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let place = subject.value("rope_parameters"), place.node.members?.isEmpty == false,
      subject.value("rope_scaling") == nil
    else { return [] }
    let lost = lost(subject)
    guard !lost.isEmpty else { return [] }
    if subject.runtimes.isEmpty {
      guard let names = subject.others(where: { isDeaf($0, place) }) else { return [] }
      var finding = finding(names, lost, at: place, subject, severity: .note)
      finding.isOfOtherRuntimes = true
      return [finding]
    }
    return subject.verdicts.filter { isDeaf($0, place) }.map { verdict in
      var finding = finding("\(verdict.runtime.label)", lost, at: place, subject, severity: .error)
      finding.causes = [verdict.cause(of: Set(PlanAspect.allCases))]
      return finding
    }
  }

  /// The runtime's reading rests on nothing inside the dictionary.
  private static func isDeaf(_ verdict: RuntimeVerdict, _ place: DeclaredValue) -> Bool {
    guard let reading = verdict.reading else { return false }
    if case .same = verdict.outcome { return false }
    // The trained length is a fact of the model, whoever reads it.
    return !reading.values.contains { $0.key != "trained_length" && $0.pointer?.hasPrefix(place.pointer + "/") == true }
  }

  private static func lost(_ subject: CheckSubject) -> [Message] {
    var lost: [Message] = []
    let theta = subject.scalings.lazy.compactMap { $0.number("rope_theta") }.first
    if subject.value("rope_theta", "global_rope_theta") == nil, let theta, theta != 10_000 {
      lost.append("theta becomes 10,000 instead of \(Phrase.tokens(theta)) (\(Phrase.ratio(theta / 10_000)) ×)")
    }
    if let scaling = subject.scaling {
      lost.append("\(scaling.title) vanishes")
    }
    return lost
  }

  private static func finding(
    _ reader: Message, _ lost: [Message], at place: DeclaredValue, _ subject: CheckSubject, severity: Severity
  ) -> Finding {
    let theta = subject.scalings.lazy.compactMap { $0.number("rope_theta") }.first
    var edits: [TextEdit] = []
    if subject.scalings.allSatisfy({ $0.layer == nil }), subject.value("rope_theta") == nil, let theta {
      edits += subject.insert("rope_theta", Phrase.json(theta), into: subject.declaration.text)
    }
    return subject.finding(
      card, at: place,
      """
      rope_parameters is not read by \(reader): \(Message.clauses(lost)), without a message. Write rope_theta \
      and rope_scaling beside it, or require transformers 5
      """,
      severity: severity,
      fix: edits.isEmpty || subject.scaling != nil ? nil : Fix("add rope_theta", safe: true, edits: edits))
  }
}

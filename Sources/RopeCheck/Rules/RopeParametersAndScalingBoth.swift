import RopeConfig

enum RopeParametersAndScalingBoth: Rule {
  static let card = RuleCard(
    "rope-parameters-and-scaling-both", .warning, "The old and the new form are both present and differ",
    why: "Readers of transformers 4 use rope_scaling and rope_theta, those of 5 rope_parameters.",
    fix: "Keep the two equal, or keep one and require its version.",
    references: [
      "vllm-project/vllm#28542", "sgl-project/sglang#14745", "vllm-project/recipes#856", "turboderp-org/exllamav3#332",
    ],
    failing: [
      RuleExample(#"{"rope_theta": 10000.0, "rope_parameters": {"rope_type": "default", "rope_theta": 1000000.0}}"#),
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "linear", "factor": 2.0}, \
        "rope_parameters": {"rope_type": "linear", "factor": 4.0, "rope_theta": 10000.0}}
        """),
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, \
        "rope_scaling": {"rope_type": "linear", "factor": 4.0}, "rope_parameters": {"rope_type": "linear", \
        "factor": 4.0, "rope_theta": 500000.0}}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"rope_theta": 1000000, "rope_parameters": {"rope_type": "default", "rope_theta": 1000000.0}}
        """)
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let new = subject.value("rope_parameters"), let members = new.node.members,
      members.allSatisfy({ $0.node.members == nil })
    else { return [] }
    var findings: [Finding] = []
    // A command starts one program with one transformers: what another reads of the file is no matter there.
    if subject.effective == nil, let inside = new.member("rope_theta")?.node.finiteNumber,
      let outside = subject.declaration.text.member("rope_theta"),
      let theta = outside.node.finiteNumber, theta != inside, theta > 0
    {
      findings.append(
        subject.finding(
          card, at: outside,
          """
          rope_theta is \(Phrase.tokens(theta)) here and \(Phrase.tokens(inside)) in rope_parameters: transformers 4 \
          uses the first, 5 the second, \(Phrase.ratio(max(inside / theta, theta / inside))) × apart. Write one value \
          in both
          """))
    }
    // What stands at another level is not read at all.
    func level(_ place: DeclaredValue) -> Substring { place.pointer.dropLast(place.key.count) }
    if let old = subject.value("rope_scaling"), old.node.members?.isEmpty == false, level(old) == level(new) {
      // The old dictionary takes the place of the new one as a whole.
      if old.member("rope_theta") == nil, subject.value("rope_theta") == nil, let alone = new.member("rope_theta"),
        let theta = alone.node.finiteNumber, theta > 0, let taken = subject.reading?.layerTypes.first?.geometry.base,
        abs(taken / theta - 1) > 0.01
      {
        findings.append(
          subject.finding(
            card, at: alone,
            """
            rope_theta \(Phrase.tokens(theta)) stands in rope_parameters alone: transformers 5 takes rope_scaling in its \
            place, and with it the class's \(Phrase.tokens(taken)), \(Phrase.ratio(max(taken / theta, theta / taken))) × \
            apart. Write it into rope_scaling as well
            """, severity: .error,
            fix: Fix("add rope_theta", safe: false, edits: subject.insert("rope_theta", Phrase.json(theta), into: old)))
        )
      }
      for key in ["rope_type", "factor", "original_max_position_embeddings", "attention_factor"] {
        let first = old.member(key) ?? (key == "rope_type" ? old.member("type") : nil)
        guard let first, let second = new.member(key), Self.text(first) != Self.text(second) else { continue }
        findings.append(
          subject.finding(
            card, at: first,
            """
            \(key) is \(first.node.told) in rope_scaling and \(second.node.told) in rope_parameters: transformers \
            5 and 4 compute the first, readers of rope_parameters alone the second. Write one value in both
            """))
      }
    }
    return findings
  }

  private static func text(_ value: DeclaredValue) -> String {
    value.node.finiteNumber.map { String($0) } ?? value.node.phrase
  }
}

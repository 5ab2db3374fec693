import RopeConfig
import RopeMath
import RopeText

enum RopeKeyMisspelled: Rule {
  static let card = RuleCard(
    "rope-key-misspelled", .warning, "A scaling key is almost one that is read",
    why: "It is silently ignored and the default is used.",
    fix: "Write the exact key.",
    references: ["deepseek-ai/DeepSeek-R1#684", "vllm-project/vllm#46280", "vllm-project/vllm#48351"],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embedding": 32768}}
        """),
      RuleExample(#"{"max_position_embeddings": 8192, "rope_theata": 500000.0}"#),
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": {"rope_type": "yarn", "factor": \
        4.0, "original_max_position_embeddings": 32768}}
        """)
    ])

  private static let aliases = [
    "attention_scale": "attention_factor", "attn_scale": "attention_factor", "scaling_factor": "factor",
    "scale": "factor",
    "original_max_length": "original_max_position_embeddings",
    "orig_max_position_embeddings": "original_max_position_embeddings",
    "original_seq_len": "original_max_position_embeddings", "theta": "rope_theta", "base": "rope_theta",
  ]

  /// The key that an unknown one was probably meant to be.
  ///
  /// - Parameter known: the dictionary's `candidates`.
  static func meant(_ key: String, in known: [String]) -> String? {
    guard !ScalingKeys.all.contains(key), key != "attn_factor" else { return nil }
    if let alias = aliases[key], known.contains(alias) { return alias }
    return Nearest.match(key, in: known)
  }

  /// The keys that a dictionary's type reads and that it does not have.
  static func candidates(_ scaling: DeclaredScaling) -> [String] {
    guard let read = ScalingKeys.read[scaling.type] else { return [] }
    let given = Set((scaling.dictionary.node.members ?? []).filter { !$0.node.isNull }.map(\.key))
    return read.union(ScalingKeys.common).subtracting(given).sorted()
  }

  /// Keys of the model itself; their near misses.
  private static let modelKeys = [
    "rope_theta", "max_position_embeddings", "rope_scaling", "rope_parameters", "partial_rotary_factor",
  ]

  static let needs: [RuleNeed] = [.configuration]

  /// Unknown keys of one dictionary that are looked at.
  private static let mostKeys = 200

  static func check(_ subject: CheckSubject) -> [Finding] {
    var findings: [Finding] = []
    for scaling in subject.scalings {
      let known = candidates(scaling)
      for member in (scaling.dictionary.node.members ?? []).filter({ !ScalingKeys.all.contains($0.key) }).prefix(
        mostKeys)
      {
        guard let right = meant(member.key, in: known) else { continue }
        findings.append(finding(member.key, right, of: scaling.dictionary, value: member.node.told, subject))
      }
    }
    let near = (subject.declaration.text.node.members ?? []).filter {
      !modelKeys.contains($0.key) && $0.key.hasPrefix("rope") || $0.key.hasPrefix("max_pos")
    }
    for member in near.prefix(mostKeys) {
      guard !modelKeys.contains(member.key),
        !["rope_type", "rope_theta", "rope_dim", "rope_ratio"].contains(member.key),
        let right = Nearest.match(member.key, in: modelKeys), subject.value(right) == nil,
        abs(right.count - member.key.count) <= 2,
        // A class of its own may have the window under another name (Step3).
        right != ConfigurationKey.window.name
          || subject.windowPlace == nil && subject.declaration.classReads(member.key, of: .window) != true
      else { continue }
      findings.append(finding(member.key, right, of: subject.declaration.text, value: member.node.told, subject))
    }
    return findings
  }

  private static func finding(
    _ key: String, _ right: String, of object: DeclaredValue, value: Message, _ subject: CheckSubject
  ) -> Finding {
    let fallback: Message =
      switch right {
      case "rope_theta": "\("10,000")"
      case "factor": "an error or 1"
      case "beta_fast": "\("32")"
      case "beta_slow": "\("1")"
      case "attention_factor": "\("0.1·ln s + 1")"
      case "original_max_position_embeddings": "the window"
      default: "the default"
      }
    return subject.finding(
      card, atKey: key, of: object,
      "“\(key.excerpt(60))” is read by nothing: \(fallback) is used for \(right) instead of \(value). Write “\(right)”",
      fix: Fix("rename it to \(right)", safe: false, edits: subject.rename(key, of: object, to: right)))
  }
}

import RopeConfig
import RopeJSON
import RopeText

enum RopeKeyUnrecognised: Rule {
  static let card = RuleCard(
    "rope-key-unrecognised", .warning, "The scaling dictionary has a key that its type does not read",
    why: "The value that was tuned changes nothing.",
    fix: "Remove the key, or choose the type that reads it.",
    references: [
      "sgl-project/sglang#2943", "huggingface/transformers#36877", "deepseek-ai/DeepSeek-R1#684",
      "QwenLM/Qwen2.5-Omni#373",
    ],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 4.0, "beta_fast": 64}}
        """),
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "factor": 4.0}}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768, "beta_fast": 64, "finetuned": true}}
        """)
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.flatMap { scaling -> [Finding] in
      guard let read = ScalingKeys.read[scaling.type] else { return [] }
      let known = RopeKeyMisspelled.candidates(scaling)
      let unread = (scaling.dictionary.node.members ?? []).filter { member in
        !read.contains(member.key) && !ScalingKeys.common.contains(member.key) && !member.key.hasPrefix("_")
          && !member.node.isNull && member.key != "attn_factor" && !isUntuned(member)
      }
      let told = unread.prefix(mostKeys).filter { RopeKeyMisspelled.meant($0.key, in: known) == nil }
      let findings = told.map { finding($0, of: scaling, subject) }
      guard unread.count > mostKeys else { return findings }
      return findings + [
        subject.finding(
          card, at: scaling.dictionary,
          "\(scaling.type) does not read \(unread.count) of its keys, of which the first \(mostKeys) are told")
      ]
    }
  }

  /// Keys of one dictionary that are told one by one; a file with more of them is no configuration.
  static let mostKeys = 50

  private static func isUntuned(_ member: JSONNode.Member) -> Bool {
    member.node.finiteNumber.map { ScalingKeys.untuned[member.key]?.contains($0) == true } ?? false
  }

  /// A factor whose type was forgotten: only the author knows whether the scaling is wanted.
  private static func unnamed(
    _ member: JSONNode.Member, of scaling: DeclaredScaling, _ subject: CheckSubject
  ) -> Finding {
    subject.finding(
      card, atKey: member.key, of: scaling.dictionary,
      """
      default does not read “factor”: \(member.node.told) scales nothing. If the scaling is wanted, name its type in \
      place of default (ropescope suggest tells which, and what else it needs); if not, remove the factor
      """)
  }

  private static func finding(
    _ member: JSONNode.Member, of scaling: DeclaredScaling, _ subject: CheckSubject
  ) -> Finding {
    if member.key == "factor", scaling.type == "default", let factor = member.node.finiteNumber, factor > 1 {
      return unnamed(member, of: scaling, subject)
    }
    let readers = ScalingKeys.read.filter { $0.value.contains(member.key) }.keys.sorted()
    let names = Message.names(readers)
    let hint: Message =
      readers.isEmpty
      ? "No type reads it; remove it"
      : readers.count == 1
        ? "\(names) reads it; remove it, or change the type" : "\(names) read it; remove it, or change the type"
    return subject.finding(
      card, atKey: member.key, of: scaling.dictionary,
      """
      \(scaling.type) does not read “\(member.key.excerpt(60))”: \(member.node.told) changes nothing, all pairs \
      turn as without it. \(hint)
      """,
      // Published files carry such keys as they are.
      severity: subject.isUnchanged && subject.facts.base == nil ? .note : .warning,
      fix: Fix(
        "remove \(member.key.excerpt(60))", safe: true, edits: subject.remove(member.key, of: scaling.dictionary)))
  }
}

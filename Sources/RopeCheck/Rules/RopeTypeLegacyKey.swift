import RopeConfig
import RopeJSON
import RopeText

enum RopeTypeLegacyKey: Rule {
  static let card = RuleCard(
    "rope-type-legacy-key", .note, "The scaling dictionary has type but no rope_type",
    why: "Some readers index rope_type, others type; a few releases crashed on the missing one or dropped the scaling.",
    fix: "Write rope_type with the same value beside type, or rename it where every runtime is new enough.",
    references: [
      "huggingface/transformers#32167", "huggingface/transformers#32916", "microsoft/KBLaM#37",
      "vllm-project/vllm#10293",
    ],
    failing: [RuleExample(#"{"max_position_embeddings": 4096, "rope_scaling": {"type": "dynamic", "factor": 3.0}}"#)],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": 3.0}}
        """),
      // ms-swift writes the dictionary.
      RuleExample(
        "",
        companions: ["a.sh": "swift sft --model Qwen/Qwen2.5-7B-Instruct --rope_scaling yarn --max_model_len 131072\n"]
      ),
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      // A published file is not the user's to change.
      guard !subject.isBorrowed || scaling.dictionary.node.document > 0, !scaling.has("rope_type"),
        let member = scaling.dictionary.node.member("type"), let old = member.node.string,
        isWritten(member, subject), !isTold(member, subject),
        // The names that the new key knows; one of the model's own code is no name for other readers.
        case let type = ["su": "longrope", "mrope": "default"][old] ?? old,
        subject.referenceImplements(type)
      else { return nil }
      let loss: Message =
        scaling.factor.flatMap { $0 > 1 ? $0 : nil }.map { factor in
          let ratio = Phrase.ratio(factor)
          return "; a reader of rope_type alone runs without the ×\(ratio) scaling or stops with a KeyError"
        } ?? ""
      return subject.finding(
        card, atKey: "type", of: scaling.dictionary,
        "the scaling is named by the old key “type” only\(loss). Write \"rope_type\": \"\(type)\" as well",
        fix: Fix(
          "add rope_type", safe: true, edits: subject.insert("rope_type", "\"\(type)\"", into: scaling.dictionary)))
    }
  }

  /// Whether the user wrote the key, rather than a program that makes the dictionary of its options.
  private static func isWritten(_ member: JSONNode.Member, _ subject: CheckSubject) -> Bool {
    guard let text = subject.declaration.text(of: member.node), text.bytes.indices.contains(member.keyBytes.lowerBound),
      member.keyBytes.upperBound <= text.bytes.count
    else { return true }
    return String(decoding: text.bytes[member.keyBytes], as: UTF8.self).contains("type")
  }

  /// Whether the command's own finding stands at the key.
  private static func isTold(_ member: JSONNode.Member, _ subject: CheckSubject) -> Bool {
    subject.effective?.findings.contains { $0.kind == "type-not-translated" && $0.bytes == member.keyBytes } == true
  }
}

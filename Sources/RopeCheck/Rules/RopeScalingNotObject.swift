import RopeConfig
import RopeJSON
import RopeMath
import RopeText

enum RopeScalingNotObject: Rule {
  static let card = RuleCard(
    "rope-scaling-not-object", .error, "rope_scaling is not an object",
    why: """
      Only some command lines accept a bare name or factor; model code crashes on it or ignores it, and the window \
      stays as it was.
      """,
    fix: "Write the object: rope_type, factor and the original length.",
    references: ["huggingface/transformers#32167", "modelscope/ms-swift#4893"],
    failing: [
      RuleExample(#"{"max_position_embeddings": 40960, "rope_scaling": "yarn"}"#),
      RuleExample(#"{"max_position_embeddings": 4096, "rope_scaling": 4}"#),
      RuleExample(#"{"max_position_embeddings": 4096, "rope_scaling": false}"#),
    ],
    passing: [RuleExample(#"{"max_position_embeddings": 4096, "rope_scaling": null}"#)])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    ["rope_scaling", "rope_parameters"].compactMap { key in
      guard let value = subject.value(key), value.node.members == nil else { return nil }
      // LLaMA-Factory and axolotl take a name in their own files; this is a model's configuration.
      let window: Message =
        subject.window.map { "; the window stays at \(Phrase.tokens($0)) tokens" } ?? ""
      let target = subject.target ?? 131_072
      let native = subject.nativeLength ?? subject.window.map(Double.init) ?? 32_768
      let factor = Phrase.ratio((Double(target) / native).rounded(.up))
      if value.node.boolean == false, subject.runtimes.isEmpty || subject.isReferenceNamed,
        (try? subject.resolved.get()) != nil
      {
        let none = "null"
        return subject.finding(
          card, at: value,
          """
          \(key) is false: transformers 5 takes it for no scaling, older versions stop (TypeError). Write null
          """,
          severity: .warning, fix: Fix("write \(none)", safe: true, edits: subject.replace(value, with: none)))
      }
      let number = value.node.finiteNumber.flatMap { $0 > 1 ? $0 : nil }
      let type = value.node.string.flatMap { Nearest.match($0, in: scaled) }
      let quoted = value.node.string.flatMap(object)
      let example =
        quoted ?? number.map { #"{"rope_type": "linear", "factor": \#(Phrase.json($0))}"# }
        ?? type.map {
          #"{"rope_type": "\#($0)", "factor": \#(factor).0, "original_max_position_embeddings": \#(Phrase.whole(native))}"#
        } ?? "null"
      return subject.finding(
        card, at: value,
        """
        \(key) is \(value.node.told), not an object: model code stops with an error or runs unscaled\(window). \
        Write \(example)
        """,
        fix: example == "null"
          ? Fix(
            "write \(example)", safe: isNothing(value.node),
            edits: subject.replace(value, with: example)) : nil)
    }
  }

  private static let scaled = ScalingKeys.types.filter { $0 != "default" }

  /// The object that a text spells.
  private static func object(_ text: String) -> String? {
    let node = try? JSONParser.parse(SourceText(bytes: [UInt8](text.utf8)))
    return node?.members == nil ? nil : text
  }

  /// Whether a value says in other words that there is no scaling.
  private static func isNothing(_ node: JSONNode) -> Bool {
    switch node.value {
    case .bool(let flag): !flag
    case .array(let elements): elements.isEmpty
    case .string(let text): ["", "null", "none", "default", "false"].contains(text.lowercased())
    default: false
    }
  }
}

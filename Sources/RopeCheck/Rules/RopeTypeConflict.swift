import RopeConfig
import RopeText

enum RopeTypeConflict: Rule {
  static let card = RuleCard(
    "rope-type-conflict", .warning, "type and rope_type name two methods",
    why: """
      transformers 4 and MLX follow type, transformers 5, SGLang and llama.cpp follow rope_type, vLLM refuses the \
      file.
      """,
    fix: "Give both the same value; for mRoPE keep rope_type: default beside mrope_section.",
    references: ["QwenLM/Qwen2.5-Omni#373", "ModelTC/LightLLM#1129", "turboderp-org/exllamav3#332"],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 16384, "rope_scaling": {"rope_type": "linear", "type": "dynamic", "factor": 4.0}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 16384, "rope_scaling": {"rope_type": "linear", "type": "linear", "factor": 4.0}}
        """),
      RuleExample(
        """
        {"model_type": "qwen2_vl", "rope_scaling": {"rope_type": "default", "type": "mrope", "mrope_section": [16, \
        24, 24]}}
        """),
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard let new = scaling.dictionary.member("rope_type")?.node.string,
        let place = scaling.dictionary.member("type"), let old = place.node.string, new != old
      else { return nil }
      // Qwen2-VL ships mrope beside default, and su is longrope's older name.
      let pairs: [Set<String>] = [["mrope", "default"], ["su", "longrope"], ["yarn", "deepseek_yarn"]]
      guard !pairs.contains([new, old]) else { return nil }
      let factor = Message.bracketed(scaling.factor.map { "×\(Phrase.ratio($0))" })
      return subject.finding(
        card, at: place,
        """
        rope_type is “\(new)”, type is “\(old)”\(factor): transformers 4 and MLX compute “\(old)”, transformers 5, \
        SGLang and llama.cpp “\(new)”, vLLM refuses the file. Write the same name in both
        """,
        fix: fix(subject, scaling, new: new, old: place))
    }
  }

  /// The newest runtimes read rope_type; a factor beside “default” shows that the other name was meant.
  private static func fix(_ subject: CheckSubject, _ scaling: DeclaredScaling, new: String, old: DeclaredValue) -> Fix {
    guard new == "default", scaling.factor.map({ $0 != 1 }) == true, let kept = old.node.string,
      subject.referenceImplements(kept), let place = scaling.dictionary.member("rope_type")
    else { return Fix("make type follow rope_type", safe: true, edits: subject.replace(old, with: "\"\(new)\"")) }
    return Fix("make rope_type follow type", safe: false, edits: subject.replace(place, with: "\"\(kept)\""))
  }
}

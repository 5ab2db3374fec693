import RopeConfig
import RopeMath
import RopeText

enum RopeTypeUnknown: Rule {
  static let card = RuleCard(
    "rope-type-unknown", .error, "The runtime knows no scaling of this name",
    why: "It stops at load, or falls back to plain rotation without a word.",
    fix: "Write a type that the runtime implements, load the model's own code, or choose another runtime.",
    references: [
      "huggingface/text-generation-inference#2172", "huggingface/text-generation-inference#1382",
      "Leeroo-AI/mergoo#21", "inclusionAI/Ling#11",
    ],
    failing: [
      RuleExample(#"{"max_position_embeddings": 16384, "rope_scaling": {"rope_type": "yarm", "factor": 4.0}}"#),
      RuleExample(
        #"{"rope_scaling": {"rope_type": "dynamic", "factor": 4.0}}"#, facts: Facts(runtimes: ["mlx-swift-lm"])),
    ],
    passing: [
      RuleExample(#"{"max_position_embeddings": 16384, "rope_scaling": {"rope_type": "linear", "factor": 4.0}}"#)
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.flatMap { scaling -> [Finding] in
      // A type that stands nowhere is what an option of the program means.
      guard let place = scaling.typePlace, let name = place.node.string, subject.isSpelled(place) else { return [] }
      let lost: Message =
        scaling.factor.map { "; without it the ×\(Phrase.ratio($0)) extension is lost" }
        ?? "; without it the model runs unscaled"
      return ScalingKeys.types.contains(scaling.type)
        ? refused(name, at: place, scaling, lost, subject) : unknown(name, at: place, scaling, lost, subject)
    }
  }

  /// A type of transformers 5 at which another runtime stops.
  private static func refused(
    _ name: String, at place: DeclaredValue, _ scaling: DeclaredScaling, _ lost: Message, _ subject: CheckSubject
  ) -> [Finding] {
    subject.verdicts.compactMap { verdict in
      guard let refusal = verdict.refusal, let runtime = verdict.runtime.runtime,
        subject.referenceImplements(name),
        !TypeProbe.implements(name, runtime, modelType: subject.modelType ?? "")
      else { return nil }
      var finding = subject.finding(
        card, at: place,
        """
        \(verdict.runtime.label) stops at “\(name)” (\(refusal.message))\(lost). Write a type that it has, or use \
        another runtime
        """)
      finding.causes = [verdict.cause]
      return finding
    }
  }

  private static func unknown(
    _ name: String, at place: DeclaredValue, _ scaling: DeclaredScaling, _ lost: Message, _ subject: CheckSubject
  ) -> [Finding] {
    // CLEX has rules of its own.
    guard scaling.type != "clex" else { return [] }
    let refusing = subject.verdicts.filter { $0.refusal != nil }
    // A model's own code may know more than any runtime.
    let hasCode =
      subject.value("auto_map") != nil || subject.reading?.isUnknownFamily == true && subject.modelType != nil
    var finding: Finding
    if let owner = ScalingKeys.vendorTypes[scaling.type].map({ Message(template: $0) }) {
      let isRun = !subject.runtimes.isEmpty && refusing.isEmpty
      guard !isRun || subject.isTransformersMeant else { return vendorNote(name, owner, at: place, lost, subject) }
      guard !subject.isReadByOwnCode else { return [] }
      let isOfRuntime = ScalingKeys.vendorTypes[scaling.type]?.hasPrefix("vLLM") == true
      finding = subject.finding(
        card, at: place,
        """
        “\(name)” is computed by \(owner) only; transformers reads it as an unknown type\(lost). Load that code, or \
        write the nearest standard type
        """, severity: scaling.type == "gptj" ? .note : hasCode || refusing.isEmpty || !isOfRuntime ? .warning : .error)
    } else {
      let hint = Nearest.match(name, in: ScalingKeys.types + ["su"])
      finding = subject.finding(
        card, at: place,
        hint.map { "no runtime knows a scaling “\(name)”\(lost). Write “\($0)”" }
          ?? "no runtime knows a scaling “\(name)”\(lost). Write one of \(Message.names(ScalingKeys.types))",
        severity: hasCode && hint == nil ? .warning : .error,
        fix: hint.map { Fix("write \($0)", safe: false, edits: subject.replace(place, with: "\"\($0)\"")) })
    }
    finding.causes = refusing.map(\.cause)
    return [finding]
  }

  /// The runtimes that are meant compute it; others do not.
  private static func vendorNote(
    _ name: String, _ owner: Message, at place: DeclaredValue, _ lost: Message, _ subject: CheckSubject
  ) -> [Finding] {
    [
      subject.finding(
        card, at: place,
        """
        “\(name)” is computed by \(owner) only; transformers stops at it\(lost). Keep it to that runtime
        """,
        severity: .note)
    ]
  }
}

import RopeConfig
import RopeText

enum ConfigMethodNotImplemented: Rule {
  static let card = RuleCard(
    "config-method-not-implemented", .error, "The runtime's model class ignores the declared scaling",
    why: "It is a silent no-op: the model loads and runs unscaled.",
    fix: "Choose a runtime that computes it, or test the frequencies.",
    references: [
      "Blaizzy/mlx-vlm#1710", "vllm-project/vllm#1956", "inclusionAI/Ling#11", "sgl-project/SpecForge#219",
      "lablup/mlxcel#1340",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "internlm2", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 32768, \
        "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}
        """, facts: Facts(targetLength: 65_536, runtimes: ["llama.cpp"])),
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_hidden_layers": 32, "vocab_size": \
        32000, "max_position_embeddings": 16384, "rope_condense_ratio": 8}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 2.0}}
        """, facts: Facts(runtimes: ["llama.cpp"]))
    ])

  static let needs: [RuleNeed] = [.runtime, .scaling]

  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    [DynamicFormulaDialect.self]
      + (OwnCodeScaling.found(in: subject.declaration) == nil ? [] : [WindowRaisedWithoutScaling.self])
  }

  static func check(_ subject: CheckSubject) -> [Finding] { computed(subject) + known(subject) + ownCode(subject) }

  /// A key that only code of the model's own reads.
  private static func ownCode(_ subject: CheckSubject) -> [Finding] {
    guard let own = OwnCodeScaling.found(in: subject.declaration),
      !subject.runtimes.contains(where: { $0.label.lowercased().hasPrefix(own.program.lowercased()) })
    else { return [] }
    return [
      subject.finding(
        card, at: own.place,
        """
        \(own.place.key) is read by \(own.program)'s code alone: elsewhere the model runs without its \(own.type) \
        ×\(Phrase.ratio(own.factor)), and without a message. Write \"rope_scaling\": {\"type\": \"\(own.type)\", \
        \"rope_type\": \"\(own.type)\", \"factor\": \(Phrase.json(own.factor))} beside it
        """)
    ]
  }

  /// Runtimes and trainers that are known by name, of which it is known that they ignore scaling.
  private static func known(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling else { return [] }
    let types = [subject.modelType, subject.declaration.root.member("model_type")?.node.string].compactMap { $0 }
    let trainers = subject.facts.trainer.map { MeantRuntime.parse($0) } ?? []
    let named = (subject.runtimes + trainers).filter { $0.runtime == nil }
    let factor: Message = scaling.factor.map { " ×\(Phrase.ratio($0))" } ?? ""
    return named.flatMap { runtime in
      Set(types.flatMap(runtime.faults)).filter { $0.effect == .scalingIgnored && $0.concerns(subject.declaration) }.map
      {
        subject.finding(
          card, at: scaling.typePlace ?? scaling.dictionary,
          """
          \(Message(template: $0.sentence)): the \(scaling.type) scaling\(factor) is lost, \(runtime.label) runs the \
          model without it. Use another version or program
          """)
      }
    }
  }

  private static func computed(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling else { return [] }
    return subject.verdicts.compactMap { verdict in
      guard let gap = verdict.gaps.first(where: \.isUnscaled) else { return nil }
      let lost: Message = scaling.factor.map { ", the ×\(Phrase.ratio($0)) is lost" } ?? ""
      let reason = Message.bracketed(gap.layer.notes.first.map { Message(template: $0) })
      var finding = subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        """
        \(verdict.runtime.label) ignores the \(scaling.type) scaling\(reason) and runs unscaled without a message\
        \(lost): \(gap.words(isSized: !subject.isProbeCompleted)). Use another runtime, or a method that it computes
        """)
      finding.causes = [verdict.cause(of: gap.aspects)]
      return finding
    }
  }
}

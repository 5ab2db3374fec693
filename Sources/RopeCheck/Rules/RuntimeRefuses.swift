import RopeConfig
import RopeMath

enum RuntimeRefuses: Rule {
  static let card = RuleCard(
    "runtime-refuses", .error, "A runtime stops at the file",
    why: "The model does not load there.",
    fix: "Write what the runtime reads, or use another runtime or version.",
    references: ["pytorch/torchtitan#3787", "vllm-project/vllm#17175"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, \
        "rope_scaling": {"rope_type": "linear", "factor": 2}}
        """, facts: Facts(runtimes: ["vllm"])),
      RuleExample(
        """
        {"model_type": "qwen3", "hidden_size": 4096, "num_attention_heads": 32, "head_dim": null, "rope_theta": 1000000, \
        "max_position_embeddings": 40960}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, \
        "rope_scaling": {"rope_type": "linear", "factor": 2.0}}
        """, facts: Facts(runtimes: ["vllm"]))
    ])

  static let needs: [RuleNeed] = [.runtime]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard !subject.isReadByOwnCode else { return [] }
    return subject.verdicts.compactMap { verdict in
      guard let refusal = verdict.refusal else { return nil }
      let place = subject.declaration.value(at: refusal.pointer)
      let label = verdict.runtime.label
      var finding = subject.finding(
        card, at: place ?? subject.scaling?.typePlace ?? subject.scaling?.dictionary ?? subject.windowPlace,
        verdict.runtime.runtime.map { runtime in
          """
          \(label) stops at this file: \(refusal.message). Write what it reads (ropescope suggest --runtimes \
          \(runtime.name) prints it), or use another runtime or version
          """
        } ?? "\(label) stops at this file: \(refusal.message). Use another runtime",
        fix: place.flatMap { place in
          // A number that is written as a text.
          place.node.string.flatMap(Double.init).flatMap { number in
            number.isFinite
              ? Fix("write the number", safe: true, edits: subject.replace(place, with: Phrase.json(number))) : nil
          }
        })
      var cause = verdict.cause
      cause.isPlaced = place != nil
      finding.causes = [cause]
      return finding
    }
  }
}

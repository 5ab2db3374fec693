import Foundation
import RopeConfig

enum PartialRotaryIgnored: Rule {
  static let card = RuleCard(
    "partial-rotary-ignored", .error, "partial_rotary_factor is not used by this model class",
    why: "The whole head turns with another ladder of frequencies; divergences of tens of nats are reported.",
    fix: "Use a class that rotates a part, or train and serve with 1.0.",
    references: [
      "ml-explore/mlx-lm#1698", "InternLM/lmdeploy#3861", "vllm-project/vllm#30384", "huggingface/transformers#48486",
      "mlc-ai/mlc-llm#3268", "AI-Hypercomputer/maxtext#4616",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, \
        "partial_rotary_factor": 0.5}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "stablelm", "hidden_size": 2560, "num_attention_heads": 32, "max_position_embeddings": 4096, \
        "partial_rotary_factor": 0.25}
        """)
    ])

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.isTransformersMeant,
      let place = subject.scalings.first?.dictionary.member("partial_rotary_factor")
        ?? subject.value("partial_rotary_factor"),
      let share = place.node.finiteNumber, share > 0, share < 1, subject.scaling == nil,
      let head = subject.headDimension, !subject.isLatent,
      subject.declaration.classHonoursShare == false
    else { return [] }
    return [
      subject.finding(
        card, at: place,
        """
        the \(subject.modelType ?? "") class rotates all \(head) features of a head, not \
        \(Phrase.whole(Double(head) * share)): every pair but the first turns at another speed (the slowest by up to \
        \(Phrase.ratio(slowdown(head, share, subject.theta ?? 10_000))) ×). Write 1.0, or use a class that rotates a \
        part
        """)
    ]
  }

  /// Largest ratio between the frequencies of the two readings among the pairs that both have.
  private static func slowdown(_ head: Int, _ share: Double, _ theta: Double) -> Double {
    let part = Double(head) * share
    let index = part / 2 - 1
    return pow(theta, 2 * index / part - 2 * index / Double(head))
  }
}

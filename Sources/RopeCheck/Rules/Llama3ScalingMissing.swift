import RopeMath
import RopeText

enum Llama3ScalingMissing: Rule {
  static let card = RuleCard(
    "llama3-scaling-missing", .error, "A Llama 3.1 file without its llama3 scaling",
    why: "The model runs with the 8k frequencies at 128k.",
    fix: "Restore the dictionary: factor 8 (3.1, 3.3) or 32 (3.2), bands 1 and 4, original length 8192.",
    references: ["pytorch/torchtitan#1839", "swiss-ai/Megatron-LM#85", "Blaizzy/mlx-vlm#1710"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "num_attention_heads": 32, \
        "max_position_embeddings": 131072, "rope_theta": 500000.0}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "num_attention_heads": 32, \
        "max_position_embeddings": 8192, "rope_theta": 500000.0}
        """)
    ])

  static let needs: [RuleNeed] = [.knownModel]

  static func consequences(in subject: CheckSubject) -> [any Rule.Type] { [WindowRaisedWithoutScaling.self] }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.modelType == "llama" || subject.modelType == nil, let known = subject.known,
      known.name.hasPrefix("Llama 3"),
      // A name tells Llama 3 from 3.1.
      known.scaling != nil || subject.facts.base == nil, subject.scaling == nil, subject.window == 131_072,
      subject.theta == 500_000, let place = subject.windowPlace
    else { return [] }
    let factor = known.scaling?.factor ?? 8
    let scaled = MethodSpecification(
      "llama3", ["factor": .number(factor), "original_max_position_embeddings": .number(8192)])
    let gap = subject.difference(
      subject.plan(MethodSpecification("none"), at: 131_072), from: subject.plan(scaled, at: 131_072))
    let json =
      #"{"rope_type": "llama3", "factor": \#(Phrase.json(factor)), "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}"#
    let object = subject.declaration.text
    return [
      subject.finding(
        card, at: place,
        subject.isGGUF
          ? """
          window, theta and vocabulary are Llama 3.1's, rope_freqs.weight is missing, which holds its llama3 scaling: \
          the model runs at 131,072 tokens with the frequencies of 8,192\(Message.bracketed(gap)). Convert it again
          """
          : """
          window, theta and vocabulary are Llama 3.1's, its llama3 scaling is missing: the model runs at 131,072 \
          tokens with the frequencies of 8,192\(Message.bracketed(gap)). Write \"rope_scaling\": \(json)
          """,
        fix: Fix("restore llama3 scaling", safe: false, edits: subject.set("rope_scaling", to: json, in: object)))
    ]
  }
}

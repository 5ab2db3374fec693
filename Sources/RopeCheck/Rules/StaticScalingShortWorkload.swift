import RopeMath
import RopeText

enum StaticScalingShortWorkload: Rule {
  static let card = RuleCard(
    "static-scaling-short-workload", .note, "Static scaling for mostly short requests",
    why: "A static method changes every position; below the old window quality is known to drop.",
    fix: "Serve short requests with the unscaled file, or use dynamic scaling.",
    references: [
      "QwenLM/Qwen3#1567", "vllm-project/vllm#18728", "turboderp/exllama#118", "ggml-org/llama.cpp#1967",
      "ggml-org/llama.cpp#8995",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 131072, \
        "rope_theta": 1000000.0, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """, facts: Facts(workload: "mostly short chat"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """, facts: Facts(workload: "books of 100k tokens"))
    ])

  /// The longest length that a description of the requests names, in tokens.
  static func lengths(in workload: String) -> [Int] {
    workload.split { !$0.isNumber && !"kKmM.".contains($0) }.compactMap { TokenCount.parse(String($0)) }.filter {
      $0 >= 128
    }
  }

  static let needs: [RuleNeed] = [.workload, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let workload = subject.facts.workload, let scaling = subject.scaling,
      scaling.isYarn || scaling.type == "linear",
      let factor = scaling.factor, factor > 1, let native = subject.nativeLength ?? subject.window.map(Double.init)
    else { return [] }
    let named = lengths(in: workload).max()
    let isShort = named.map { Double($0) <= native } ?? workload.lowercased().contains("short")
    guard isShort else { return [] }
    let plain = subject.plan(MethodSpecification("none"))
    let scaled =
      scaling.isYarn
      ? subject.plan(subject.yarn(scaling)) : subject.plan(MethodSpecification("linear", ["factor": .number(factor)]))
    let gap = subject.difference(scaled, from: plain)
    return [
      subject.finding(
        card, at: scaling.dictionary,
        """
        \(scaling.type) ×\(Phrase.ratio(factor)) changes every request, and the workload (“\(workload.excerpt(40))”) \
        stays within the \(Phrase.tokens(native)) native tokens\(Message.afterColon(gap)). Serve it unscaled, \
        or scale only where requests are longer
        """)
    ]
  }
}

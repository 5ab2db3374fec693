enum ExtensionRatioExtreme: Rule {
  static let card = RuleCard(
    "extension-ratio-extreme", .warning, "The target is very far beyond the trained length",
    why: "Beyond 8 × without training, or 32 × in one stage, quality collapses; papers go in stages.",
    fix: "Extend in stages (such as 16 ×, then 32 ×) or train more.",
    references: ["ggml-org/llama.cpp#2268", "jquesnelle/yarn#19", "YaRN train.sh (64k, then 128k)"],
    failing: [RuleExample(#"{"model_type": "llama", "max_position_embeddings": 65536, "rope_scaling": {"rope_type": "yarn", "factor": 16.0, "original_max_position_embeddings": 4096}}"#, facts: Facts(targetLength: 65_536))],
    passing: [RuleExample(#"{"model_type": "llama", "max_position_embeddings": 65536, "rope_scaling": {"rope_type": "yarn", "factor": 16.0, "original_max_position_embeddings": 4096}}"#, facts: Facts(targetLength: 65_536, trainer: "axolotl"))])

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let target = subject.target ?? subject.trainingLength, let native = subject.nativeLength ?? (subject.scaling?.type == "linear" ? subject.window.map(Double.init) : nil),
      // A published model that is served at its own length was trained for it.
      subject.known?.scaling == nil || subject.known.map({ target > ($0.windows.max() ?? 0) }) == true,
      subject.facts.claimedLength == nil
    else { return [] }
    let ratio = Double(target) / native
    let limit = subject.isTrained ? 32.0 : 8.0
    guard ratio > limit else { return [] }
    return [
      subject.finding(
        card, at: subject.scaling?.dictionary.member("factor") ?? subject.windowPlace,
        "\(Phrase.tokens(target)) tokens are \(Phrase.ratio(ratio)) × the trained \(Phrase.tokens(native))\(subject.isTrained ? " in one stage" : ", and nothing says that the weights are trained for it"); reports of such ratios give perplexities of 86 and more. Go in stages of at most \(Phrase.ratio(limit)) ×, or train")
    ]
  }
}

enum ConfigMethodNotImplemented: Rule {
  static let card = RuleCard(
    "config-method-not-implemented", .error, "The runtime's model class ignores the declared scaling",
    why: "It is a silent no-op: the model loads and runs unscaled.",
    fix: "Choose a runtime that computes it, or test the frequencies.",
    references: ["Blaizzy/mlx-vlm#1710", "vllm-project/vllm#1956", "inclusionAI/Ling#11", "sgl-project/SpecForge#219", "lablup/mlxcel#1340"],
    failing: [RuleExample(#"{"model_type": "internlm2", "max_position_embeddings": 32768, "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}"#, facts: Facts(runtimes: ["llama.cpp"]))],
    passing: [RuleExample(#"{"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 2.0}}"#, facts: Facts(runtimes: ["llama.cpp"]))])

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling else { return [] }
    return subject.runtimes.compactMap { runtime in
      let hole: String?
      switch runtime.name {
      case .llamaCpp, .ollama:
        hole = ["dynamic", "proportional"].contains(scaling.type) && !scaling.has("alpha") ? "the converter writes no scaling for \(scaling.type)" : nil
      case .transformers where runtime.isBefore(4, 49):
        hole = scaling.isScaled && ["mistral", "gemma", "gemma2", "mixtral"].contains(subject.modelType ?? "") && scaling.type != "longrope"
          ? "the \(subject.modelType ?? "") class builds its table without rope_scaling" : nil
      case .mlx:
        hole = subject.scalings.contains { $0.layer != nil } && ["llama", "qwen2", "qwen3", "mistral"].contains(subject.modelType ?? "")
          ? "its class reads flat dictionaries only" : nil
      case .megatron: hole = scaling.type == "dynamic" || scaling.type == "longrope" ? "it has no such scaling" : nil
      case .deepSeek: hole = scaling.isYarn ? nil : "it knows yarn only"
      default: hole = nil
      }
      guard let hole else { return nil }
      return subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        "\(runtime.label) ignores the \(scaling.type) scaling: \(hole). The model runs unscaled\(scaling.factor.map { ", the ×\(Phrase.ratio($0)) is lost" } ?? "") without a message. Use another runtime or a method that it computes")
    }
  }
}

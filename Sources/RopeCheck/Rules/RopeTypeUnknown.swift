import RopeConfig

import RopeMath

enum RopeTypeUnknown: Rule {
  static let card = RuleCard(
    "rope-type-unknown", .error, "The runtime knows no scaling of this name",
    why: "It stops at load, or falls back to plain rotation without a word.",
    fix: "Write a type that the runtime implements, load the model's own code, or choose another runtime.",
    references: ["huggingface/text-generation-inference#2172", "huggingface/text-generation-inference#1382", "Leeroo-AI/mergoo#21", "inclusionAI/Ling#11"],
    failing: [
      RuleExample(#"{"max_position_embeddings": 16384, "rope_scaling": {"rope_type": "yarm", "factor": 4.0}}"#),
      RuleExample(#"{"rope_scaling": {"rope_type": "dynamic", "factor": 4.0}}"#, facts: Facts(runtimes: ["mlx-swift-lm"])),
    ],
    passing: [RuleExample(#"{"max_position_embeddings": 16384, "rope_scaling": {"rope_type": "linear", "factor": 4.0}}"#)])

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard let place = scaling.typePlace, let name = place.node.string else { return nil }
      let lost = scaling.factor.map { "; without it the ×\(Phrase.ratio($0)) extension is lost" } ?? "; without it the model runs unscaled"
      if let runtime = refusing(name, subject) {
        return subject.finding(
          card, at: place,
          "\(runtime.label) has no scaling “\(name)”\(lost). Write one that it has (\(types(of: runtime.name).filter { $0 != name }.joined(separator: ", "))) or use another runtime")
      }
      let type = scaling.type
      guard !ScalingKeys.types.contains(type) else { return nil }
      // CLEX has a rule of its own.
      guard type != "clex" else { return nil }
      if let owner = ScalingKeys.vendorTypes[type] {
        return subject.finding(
          card, at: place, "“\(name)” is computed by \(owner) only; transformers reads it as an unknown type\(lost). Load that code, or write the nearest standard type",
          severity: type == "gptj" ? .note : .warning)
      }
      let hint = Nearest.match(name, in: ScalingKeys.types + ["su"])
      return subject.finding(
        card, at: place,
        "no runtime knows a scaling “\(name)”\(lost). Write \(hint.map { "“\($0)”" } ?? "one of \(ScalingKeys.types.joined(separator: ", "))")",
        fix: hint.map { Fix("write \($0)", safe: false, edits: [subject.replace(place, with: "\"\($0)\"")]) })
    }
  }

  private static func types(of runtime: DeclaredRuntime.Name) -> [String] {
    switch runtime {
    case .llamaCpp, .ollama: ["linear", "yarn", "longrope", "llama3"]
    case .torchTitan: ["llama3", "yarn"]
    case .megatron: ["linear", "llama3", "yarn"]
    case .tgi: ["linear", "dynamic", "yarn", "llama3", "longrope"]
    case .sglang: ["default", "linear", "dynamic", "yarn", "deepseek_yarn", "llama3", "longrope", "proportional"]
    default: ScalingKeys.types
    }
  }

  private static func refusing(_ name: String, _ subject: CheckSubject) -> DeclaredRuntime? {
    subject.runtimes.first { runtime in
      switch runtime.name {
      case .vllm, .sglang: name == "su" && runtime.name == .sglang
      case .mlx: name == "su" || (name == "dynamic" && runtime.label.lowercased().contains("swift"))
      case .torchTitan, .megatron: ["dynamic", "longrope", "su"].contains(name)
      case .transformers: name == "proportional" && runtime.isBefore(5)
      default: false
      }
    }
  }
}

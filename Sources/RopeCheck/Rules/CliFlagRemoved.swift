enum CliFlagRemoved: Rule {
  static let card = RuleCard(
    "cli-flag-removed", .warning, "The option is not one of this version",
    why: "Start-up stops, or the scaling is not applied.",
    fix: "Write the replacement of that version.",
    references: ["vllm-project/recipes#856", "vllm-project/vllm#28006", "huggingface/text-generation-inference#1382", "axolotl src/axolotl/utils/schemas/deprecated.py"],
    failing: [
      RuleExample(#"{"model_type": "qwen2", "max_position_embeddings": 32768}"#, facts: Facts(runtimes: ["vllm@0.33"], commandLine: #"--rope-scaling '{"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}'"#)),
      RuleExample("", companions: ["train.yaml": "base_model: Qwen/Qwen2.5-7B\nsequence_len: 65536\nrope_scaling:\n  type: linear\n  factor: 2.0\n"]),
    ],
    passing: [RuleExample(#"{"model_type": "qwen2", "max_position_embeddings": 32768}"#, facts: Facts(runtimes: ["vllm@0.10"], commandLine: #"--rope-scaling '{"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}'"#))])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.options.compactMap { option in
      let loss = (option.object.map { DeclaredScaling(dictionary: $0).factor } ?? nil).map { "; the ×\(Phrase.ratio($0)) scaling is not applied" } ?? "; it is not applied"
      if ["rope_scaling", "rope_theta"].contains(option.name), option.kind == .commandLine || option.kind == .yaml,
        let runtime = subject.runtime("vllm"), !runtime.isBefore("0.11.1")
      {
        return subject.finding(
          card, at: option, or: subject.windowPlace,
          "vLLM 0.11.1 and later have no \(option.spelling)\(loss). Write --hf-overrides '{\"rope_scaling\": {…}}' (rope_parameters for transformers 5 files)")
      }
      if option.kind == .axolotl, option.path == "rope_scaling", !option.node.isNull {
        return subject.finding(
          card, at: option, "axolotl refuses a top-level rope_scaling\(loss). Write it under overrides_of_model_config")
      }
      if option.name == "rope_scaling", option.text == "yarn", subject.runtime("tgi") != nil {
        return subject.finding(card, at: option, or: subject.windowPlace, "TGI takes linear and dynamic for --rope-scaling, not yarn\(loss). Write the dictionary in config.json")
      }
      return nil
    }
  }
}

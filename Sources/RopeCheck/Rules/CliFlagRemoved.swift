enum CliFlagRemoved: Rule {
  private static let option = """
    --rope-scaling '{"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}'
    """
  private static let model = #"{"model_type": "qwen2", "max_position_embeddings": 32768}"#

  static let card = RuleCard(
    "cli-flag-removed", .warning, "The option is not one of this version",
    why: "Start-up stops, or the scaling is not applied.",
    fix: "Write the replacement of that version.",
    references: [
      "vllm-project/recipes#856", "vllm-project/vllm#28006", "huggingface/text-generation-inference#1382",
      "axolotl src/axolotl/utils/schemas/deprecated.py",
    ],
    failing: [
      RuleExample(model, facts: Facts(runtimes: ["vllm@0.33"], commandLine: option)),
      RuleExample(
        "",
        companions: [
          "train.yaml": """
          base_model: Qwen/Qwen2.5-7B
          sequence_len: 65536
          rope_scaling:
            type: linear
            factor: 2.0

          """
        ]),
    ],
    passing: [RuleExample(model, facts: Facts(runtimes: ["vllm@0.10"], commandLine: option))])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.findings(card, ofKind: "option-gone")
  }
}

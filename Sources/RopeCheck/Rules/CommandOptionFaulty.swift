import RopeConfig
import RopeJSON

enum CommandOptionFaulty: Rule {
  static let card = RuleCard(
    "command-option-faulty", .warning, "An option stops the command, or does nothing",
    why: "What was asked for never reaches the model, and most programs say so only in passing.",
    fix: "Write what the program of that version reads.",
    references: ["vllm-project/vllm#37886", "hiyouga/LlamaFactory#8664", "pytorch/torchtitan#4117"],
    failing: [
      RuleExample(
        #"{"model_type": "qwen3", "head_dim": 128, "max_position_embeddings": 40960, "rope_theta": 1000000}"#,
        facts: Facts(
          runtimes: ["vllm 0.12"],
          commandLine: """
            --hf-overrides '{"rope_parameters": {"rope_theta": 1000000, "rope_type": "yarn", "factor": 4.0, \
            "original_max_position_embeddings": 32768}, "max_model_len": 131072}'
            """))
    ],
    passing: [
      RuleExample(
        #"{"model_type": "qwen3", "head_dim": 128, "max_position_embeddings": 40960, "rope_theta": 1000000}"#,
        facts: Facts(
          runtimes: ["vllm 0.12"],
          commandLine: """
            --hf-overrides '{"rope_parameters": {"rope_theta": 1000000, "rope_type": "yarn", "factor": 4.0, \
            "original_max_position_embeddings": 32768}}' --max-model-len 131072
            """))
    ])

  static let needs: [RuleNeed] = [.options]

  /// An override that cannot be read at all: the program stops at it.
  static func finding(of fault: ConfigurationError) -> Finding {
    let line = fault.line ?? 1, column = fault.column ?? 1
    return Finding(
      rule: card.id, severity: .error, path: fault.path, pointer: fault.pointer,
      region: SourceRegion(line: line, column: column, endLine: line, endColumn: column + 1),
      message: "the override cannot be read: \(fault.message)", references: card.references)
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    (subject.effective?.findings ?? []).filter { !CheckSubject.kindsOfOtherRules.contains($0.kind) }.map {
      subject.finding(card, of: $0)
    }
  }
}

extension CheckSubject {
  /// What a command's reader finds that a rule of its own reports.
  static let kindsOfOtherRules: Set = ["option-gone", "override-wrong-level"]

  /// A finding of a command's reader.
  func finding(_ card: RuleCard, of found: CommandFinding) -> Finding {
    let severity: Severity =
      switch found.severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
    let start = file.text.node.bytes.lowerBound
    let hasPath = found.source.path != nil
    return Finding(
      rule: card.id, severity: severity, path: found.source.path, pointer: hasPath ? nil : file.text.pointer,
      region: hasPath
        ? SourceRegion(found.bytes, in: found.source)
        : SourceRegion(start..<min(start + 1, file.text.node.bytes.upperBound), in: file.source),
      message: found.message, references: card.references)
  }

  func findings(_ card: RuleCard, ofKind kind: String) -> [Finding] {
    (effective?.findings ?? []).filter { $0.kind == kind }.map { finding(card, of: $0) }
  }
}

import RopeMath

enum YarnTruncateDialect: Rule {
  static let card = RuleCard(
    "yarn-truncate-dialect", .note, "truncate: false is not known everywhere",
    why: "Runtimes without the switch round the ramp's ends outward to whole pairs; frequencies near the ends differ.",
    fix: "Use a runtime that knows it.",
    references: ["vllm-project/vllm#28244", "vllm-project/vllm#27722", "apache/tvm#18576", "pytorch/torchtitan#3787"],
    failing: [RuleExample(#"{"model_type": "gpt_oss", "head_dim": 64, "max_position_embeddings": 131072, "rope_theta": 150000, "rope_scaling": {"rope_type": "yarn", "factor": 32.0, "original_max_position_embeddings": 4096, "truncate": false}}"#, facts: Facts(runtimes: ["llama.cpp"]))],
    passing: [RuleExample(#"{"model_type": "gpt_oss", "head_dim": 64, "max_position_embeddings": 131072, "rope_theta": 150000, "rope_scaling": {"rope_type": "yarn", "factor": 32.0, "original_max_position_embeddings": 4096, "truncate": false}}"#, facts: Facts(runtimes: ["transformers@5.23"]))])

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.isYarn, scaling.layer == nil, let place = scaling.dictionary.member("truncate"),
      place.node.boolean == false
    else { return [] }
    let deaf = subject.runtimes.filter {
      [.llamaCpp, .ollama, .mlx].contains($0.name) || ($0.name == .transformers && $0.isBefore(4, 57))
    }
    guard subject.runtimes.isEmpty || !deaf.isEmpty else { return [] }
    let names = deaf.isEmpty ? "llama.cpp, MLX and transformers before 4.57" : deaf.map(\.label).joined(separator: ", ")
    let gap = subject.difference(subject.plan(subject.yarn(scaling)), from: subject.plan(subject.yarn(scaling, truncates: false)))
    return [
      subject.finding(
        card, at: place,
        "truncate: false is not known to \(names): the ramp's ends are rounded there\(gap.isEmpty ? "; this model's ends change by less than 1 pair" : ", \(gap)"). Use a runtime that reads it",
        severity: deaf.isEmpty ? .note : .warning)
    ]
  }
}

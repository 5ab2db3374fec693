import RopeText

enum ClexNeedsRemoteCode: Rule {
  static let card = RuleCard(
    "clex-needs-remote-code", .error, "CLEX scaling in a runtime without its code",
    why: "The type is unknown and the trained ODE weights stay unused.",
    fix: "Load the model's own code (trust_remote_code), or export a frozen table of frequencies.",
    references: ["CLEX llama/configuration_llama_clex.py"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "rope_scaling": {"type": "clex", "max_factor": 16, "param_factor": 1, "time_dt": 0.01, \
        "act": "tanh"}}
        """, facts: Facts(runtimes: ["vllm"]))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "rope_scaling": {"type": "clex", "max_factor": 16, "param_factor": 1, "time_dt": 0.01, \
        "act": "tanh"}}
        """, facts: Facts(runtimes: ["transformers"], commandLine: "--trust-remote-code"))
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "clex" else { return [] }
    let isTrusted = subject.option("trust_remote_code")?.isOn == true || subject.value("auto_map") != nil
    let foreign = subject.runtimes.first { !$0.has(.runsModelCode) }
    guard foreign != nil || !isTrusted else { return [] }
    let reader: Message = foreign.map { "\($0.label)" } ?? "transformers without the model's own code"
    let reach: Message =
      scaling.number("max_factor").map { ", so nothing reaches its \(Phrase.ratio($0)) ×" } ?? ""
    return [
      subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        """
        \(reader) knows no clex and leaves the trained ODE weights unused\(reach). Load CLEX's code, or export the frequencies at the target as a frozen table
        """,
        severity: foreign == nil ? .note : .error)
    ]
  }
}

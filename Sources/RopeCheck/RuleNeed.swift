/// A fact that a rule cannot judge without.
public enum RuleNeed: Sendable, CaseIterable {
  /// Any configuration at all.
  case configuration
  /// A reading with at least one layer that rotates.
  case reading
  /// A dictionary that scales.
  case scaling
  /// The published model behind the file.
  case knownModel
  /// A context length that is asked for.
  case target
  /// A training run: its length, its trainer or its options.
  case training
  /// Options of a command line or of a trainer's file.
  case options
  /// A runtime that is meant.
  case runtime
  /// Words about number formats.
  case precision
  /// Words about the requests.
  case workload
  case memory
  case tokenizer
}

extension CheckSubject {
  /// Whether the file and its surroundings tell what a rule needs.
  public func has(_ need: RuleNeed) -> Bool {
    switch need {
    case .configuration: !isFragment || declaration.root.node.members?.isEmpty == false
    case .reading: referenceLayers != nil && !isProbeCompleted
    case .scaling: scaling != nil
    case .knownModel: known != nil
    case .target: target != nil
    case .training: isTrained
    case .options: options.contains { $0.kind != .tokenizer }
    case .runtime: !runtimes.isEmpty
    case .precision: facts.precision != nil
    case .workload: facts.workload != nil
    case .memory: facts.memory != nil
    case .tokenizer: options.contains { $0.kind == .tokenizer }
    }
  }

  /// How many of some rules have the facts that they need.
  public func countOfRulesWithFacts(_ rules: [any Rule.Type] = RuleCatalogue.all) -> Int {
    rules.count { $0.needs.allSatisfy(has) }
  }
}

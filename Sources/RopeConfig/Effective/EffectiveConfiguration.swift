import RopeJSON

/// What a program really works with: a model's configuration with a command's overrides merged in as the program
/// merges them.
///
/// Values that the command gave have a `document` above 0 and their place in the command's text; where there is no
/// configuration to merge into, the declaration holds the command's values alone, as values of its own text.
public struct EffectiveConfiguration: Sendable {
  /// `actor`, `rollout`, `server` … where a command has several; nil where it has one.
  public let role: String?
  public let declaration: Declaration
  /// Whether there was no configuration to merge into.
  public let isFragment: Bool
  /// The runtime that reads it: a name of the catalogue, and the version that is meant.
  public let runtime: String?
  public let runtimeVersion: RuntimeVersion?
  /// The window that the server was asked for.
  public internal(set) var servedLength: Int?
  /// Longest training sequence.
  public internal(set) var trainingLength: Int?
  public internal(set) var promptLength: Int?
  public internal(set) var newTokens: Int?
  /// Where these lengths stand.
  public internal(set) var options: [CanonicalOption: CommandOption] = [:]
  /// What is wrong with the command, or does nothing.
  public internal(set) var findings: [CommandFinding] = []
  /// What a reader should know of how it was merged.
  public internal(set) var notes: [String] = []
  public let command: Command

  /// Whether the command sets something of the rotation that only a running shell or program knows: how far it reaches
  /// is then open.
  public var isOpen: Bool {
    let rotation: Set<CanonicalOption> = [.overrides, .scaling, .theta, .factor, .original, .window, .rotaryShare]
    return command.options.contains { option in option.isUnknown && option.canonical.map(rotation.contains) == true }
  }

  /// The runtime and version as `RuntimeCatalogue.selection` takes them: `vllm@0.11.0`.
  public var runtimeText: String? { runtime.map { name in runtimeVersion.map { "\(name)@\($0)" } ?? name } }
}

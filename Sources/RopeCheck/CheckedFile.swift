import RopeConfig
import RopeJSON
import RopeText

/// One file of a check: its findings, or why it could not be checked.
public struct CheckedFile: Sendable, Equatable {
  /// Why a file could not be checked; the keys of `ropescope.error/1`.
  public struct Failure: Sendable, Equatable, Codable {
    public var kind: String
    public var message: String
    public var path: String?
    public var line: Int?
    public var column: Int?
    public var pointer: String?

    public init(_ error: ConfigurationError, path: String) {
      kind = error.kind.rawValue
      message = error.message.excerpt(4_000)
      self.path = error.path ?? path
      line = error.line
      column = error.column
      pointer = error.pointer
    }
  }

  public var path: String
  public var findings: [Finding]
  @Nullable public var error: Failure?
  public var understood: Understood?

  public init(path: String, findings: [Finding] = [], error: Failure? = nil, understood: Understood? = nil) {
    self.path = path
    self.findings = findings
    self.error = error
    self.understood = understood
  }
}

extension CheckedFile {
  /// What a file was read as.
  public struct Understood: Sendable, Equatable {
    /// `vLLM 0.33 command`, `configuration of qwen3`.
    public var told: Message
    /// The published model, or the one that a command names.
    public var model: String?
    /// Whether a command names a model of which no configuration is at hand, so that no length could be judged.
    public var lacksModel = false
    /// The runtime that is meant: `vllm@0.33.0`.
    public var runtime: String?
    /// Rules that had what they look at, of all that ran.
    public var rulesWithFacts: Int?
    public var rules: Int?

    init(_ effective: EffectiveConfiguration) {
      told = effective.command.told
      model = effective.command.modelReference
      lacksModel = effective.isFragment && model != nil
      runtime = effective.runtimeText
    }

    init(_ subject: CheckSubject) {
      told = subject.modelType.map { "configuration of \($0)" } ?? "configuration"
      model = subject.known?.name
      runtime = subject.facts.runtimes.first
    }
  }
}

/// The words under `as`, in English.
extension CheckedFile.Understood: Codable {
  private enum CodingKeys: String, CodingKey {
    case told = "as"
    case model, runtime, rules
    case lacksModel = "lacks_model"
    case rulesWithFacts = "rules_with_facts"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    told = Message(template: try container.decode(String.self, forKey: .told))
    model = try container.decodeIfPresent(String.self, forKey: .model)
    lacksModel = try container.decodeIfPresent(Bool.self, forKey: .lacksModel) ?? false
    runtime = try container.decodeIfPresent(String.self, forKey: .runtime)
    rulesWithFacts = try container.decodeIfPresent(Int.self, forKey: .rulesWithFacts)
    rules = try container.decodeIfPresent(Int.self, forKey: .rules)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Language.english(told), forKey: .told)
    try container.encodeIfPresent(model, forKey: .model)
    if lacksModel { try container.encode(true, forKey: .lacksModel) }
    try container.encodeIfPresent(runtime, forKey: .runtime)
    try container.encodeIfPresent(rulesWithFacts, forKey: .rulesWithFacts)
    try container.encodeIfPresent(rules, forKey: .rules)
  }
}

extension CheckedFile: Codable {
  private enum CodingKeys: String, CodingKey { case path, findings, error, understood }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      path: try container.decode(String.self, forKey: .path),
      findings: try container.decode([Finding].self, forKey: .findings),
      error: try container.decodeIfPresent(Failure.self, forKey: .error),
      understood: try container.decodeIfPresent(Understood.self, forKey: .understood))
    for index in findings.indices { findings[index].path = path }
  }
}

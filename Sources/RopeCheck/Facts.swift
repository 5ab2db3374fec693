import RopeMath
import RopeText

/// What no configuration says of the run that it is meant for.
public struct Facts: Sendable, Equatable {
  /// Longest context that is to be served or trained, in tokens.
  public var targetLength: Int?
  /// Longest sequence of the training run, in tokens.
  public var trainLength: Int?
  /// The length that the model is published for, in tokens.
  public var claimedLength: Int?
  /// Runtimes as people write them: `vllm@0.33`, `transformers 4.40-4.57`.
  public var runtimes: [String]
  /// The model that this one was made from.
  public var base: String?
  public var trainer: String?
  /// Command-line options and environment settings as one text.
  public var commandLine: String?
  /// A trainer's or server's YAML.
  public var yaml: String?
  /// Words about the lengths of the requests: `mostly short chat`.
  public var workload: String?
  /// Words about number formats: `bf16 rotary`.
  public var precision: String?
  /// Accelerator memory for the cache, in GiB.
  public var memory: Double?

  public init(
    targetLength: Int? = nil, trainLength: Int? = nil, claimedLength: Int? = nil, runtimes: [String] = [],
    base: String? = nil, trainer: String? = nil, commandLine: String? = nil, yaml: String? = nil,
    workload: String? = nil, precision: String? = nil, memory: Double? = nil
  ) {
    self.targetLength = targetLength
    self.trainLength = trainLength
    self.claimedLength = claimedLength
    self.runtimes = runtimes
    self.base = base
    self.trainer = trainer
    self.commandLine = commandLine
    self.yaml = yaml
    self.workload = workload
    self.precision = precision
    self.memory = memory
  }

  /// These facts, completed by others where these say nothing.
  public func completed(by other: Facts) -> Facts {
    Facts(
      targetLength: targetLength ?? other.targetLength, trainLength: trainLength ?? other.trainLength,
      claimedLength: claimedLength ?? other.claimedLength, runtimes: runtimes.isEmpty ? other.runtimes : runtimes,
      base: base ?? other.base, trainer: trainer ?? other.trainer, commandLine: commandLine ?? other.commandLine,
      yaml: yaml ?? other.yaml, workload: workload ?? other.workload, precision: precision ?? other.precision,
      memory: memory ?? other.memory)
  }

  /// In words, for a rule's page; nil where nothing is declared.
  public var told: Message? {
    let words: [Message?] = [
      targetLength.map { "target length \($0)" }, trainLength.map { "train length \($0)" },
      claimedLength.map { "claimed length \($0)" }, runtimes.isEmpty ? nil : "runtime \(Message.names(runtimes))",
      base.map { "base \($0)" }, trainer.map { "trainer \($0)" }, commandLine.map { "options `\($0)`" },
      yaml.map { "YAML `\($0)`" }, workload.map { "workload “\($0)”" }, precision.map { "precision “\($0)”" },
      memory.map { "\($0.formattedShortest) GiB of memory" },
    ]
    let present = words.compactMap { $0 }
    return present.isEmpty ? nil : .clauses(present)
  }
}

/// The logits of a text.
public struct LogitsEvaluation: Sendable {
  public enum Positions: String, Sendable, CaseIterable {
    case last
    case all
  }

  /// Entries of a position.
  public var top: Int
  public var positions: Positions
  public var options: RunOptions

  public init(top: Int = 10, positions: Positions = .last, options: RunOptions = .init()) {
    self.top = top
    self.positions = positions
    self.options = options
  }

  /// - Parameter seen: sees all logits of each position, with the method's name.
  /// - Throws: `InferenceError` where a method is not defined for the model or a token lies beyond its vocabulary.
  public func run(
    _ model: any LanguageModel, tokens: [Int], methods: [MethodRun],
    seen: (_ method: String, _ position: Int, _ logits: [Double]) -> Void = { _, _, _ in }
  ) throws(InferenceError) -> LogitsRecord {
    guard !tokens.isEmpty else { throw .option("there are no tokens to read; at least one is needed") }
    guard top >= 1 else { throw .option("the \(top) largest logits were asked for; at least 1 can be listed") }
    var runs: [LogitsRecord.Run] = []
    for (index, method) in methods.enumerated() {
      let plans = try method.planner.plans(length: tokens.count)
      var run = LogitsRecord.Run(method: method.name, tokens: tokens.count, positions: [])
      var options = options
      options.control = options.control.part(index, of: methods.count)
      let first = positions == .all ? 0 : tokens.count - 1
      try model.forEachLogits(of: tokens, plans: plans, at: first..<tokens.count, options: options) {
        run.positions.append(.init(position: $0, top: Self.largest($1, count: top)))
        seen(method.name, $0, $1)
      }
      runs.append(run)
    }
    return LogitsRecord(runs: runs)
  }

  static func largest(_ logits: [Double], count: Int) -> [LogitsRecord.Entry] {
    logits.indices.sorted { (logits[$1], $0) < (logits[$0], $1) }.prefix(count)
      .map { LogitsRecord.Entry(id: $0, logit: logits[$0]) }
  }
}

/// What two methods found of the same hidden things.
public struct RetrievalComparison: Sendable, Hashable {
  /// Shares found, each over all its trials.
  public let own: MeasuredProportion
  public let other: MeasuredProportion
  /// Trial by trial; nil where the files do not tell which trials were found.
  public let paired: PairedOutcomes?

  /// - Parameters: cells of one method each.
  public init(_ own: [MeasuredRetrieval], _ other: [MeasuredRetrieval]) {
    func share(_ cells: [MeasuredRetrieval]) -> MeasuredProportion {
      MeasuredProportion(successes: cells.map(\.correct).reduce(0, +), trials: cells.map(\.trials).reduce(0, +))
    }
    self.own = share(own)
    self.other = share(other)
    var pairs: [(first: Bool, second: Bool)] = []
    for cell in own {
      let match = other.first { $0.length == cell.length && $0.depth == cell.depth && $0.sources == cell.sources }
      guard let first = cell.outcomes, let second = match?.outcomes, first.count == second.count else {
        paired = nil
        return
      }
      pairs += zip(first, second).map { (first: $0, second: $1) }
    }
    paired = pairs.count == self.other.trials ? PairedOutcomes(pairs) : nil
  }

  public var difference: Double { own.share - other.share }

  /// Newcombe's 95 % interval: of pairs where the trials are told apart, else of different items.
  public var interval: ClosedRange<Double> { paired?.interval ?? own.difference(from: other) }

  /// McNemar's exact P; nil where the trials are not told apart.
  public var exactTest: Double? { paired?.exactTest }

  /// Told apart by McNemar's exact test at 0.05; where trials are not told apart, by an interval that leaves out 0 and at
  /// least six trials each, since the interval promises too much of fewer.
  public var isSeparated: Bool {
    if let paired { return paired.exactTest <= 0.05 }
    return min(own.trials, other.trials) >= 6 && !interval.contains(0)
  }
}

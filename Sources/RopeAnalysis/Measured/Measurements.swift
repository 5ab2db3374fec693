import RopeMath

/// What was measured on a real model, by this program or another: losses by position, scores by length, retrieval by
/// length and depth.
public struct Measurements: Sendable, Hashable, Codable {
  /// Its files, and what they tell of how they were made.
  public var sources: [EvaluationSetting]
  public private(set) var losses: [MeasuredLosses]
  public private(set) var scores: [MeasuredScore]
  public private(set) var retrieval: [MeasuredRetrieval]

  public init(
    sources: [EvaluationSetting] = [], losses: [MeasuredLosses] = [], scores: [MeasuredScore] = [],
    retrieval: [MeasuredRetrieval] = []
  ) {
    self.sources = sources
    self.losses = []
    self.scores = scores
    self.retrieval = []
    add(losses)
    add(retrieval)
  }

  public var isEmpty: Bool { losses.isEmpty && scores.isEmpty && retrieval.isEmpty }

  /// Adds what another file holds. Measurements of the same method at the same length (and depth) are pooled; what a file
  /// that is given twice holds counts once.
  public mutating func add(_ other: Measurements) {
    let files = Set(sources.compactMap(\.file)), new = other.sources.map(\.file)
    guard new.isEmpty || !new.allSatisfy({ $0.map(files.contains) ?? false }) else { return }
    sources += other.sources
    scores += other.scores
    add(other.losses)
    add(other.retrieval)
  }

  private mutating func add(_ new: [MeasuredLosses]) {
    struct Key: Hashable {
      let method: String
      let length: Int?
    }
    func key(_ entry: MeasuredLosses) -> Key { Key(method: entry.method, length: entry.length) }
    var places = Dictionary(losses.enumerated().map { (key($0.element), $0.offset) }) { first, _ in first }
    for entry in new {
      if let place = places[key(entry)] {
        // The same windows once more tell nothing new.
        guard entry.sources.isEmpty || !Set(entry.sources).isSubset(of: losses[place].sources) else { continue }
        losses[place].pool(entry)
      } else {
        places[key(entry)] = losses.count
        losses.append(entry)
      }
    }
  }

  private mutating func add(_ new: [MeasuredRetrieval]) {
    struct Key: Hashable {
      let method: String
      let length: Int
      let depth: Double
    }
    func key(_ cell: MeasuredRetrieval) -> Key { Key(method: cell.method, length: cell.length, depth: cell.depth) }
    var places = Dictionary(retrieval.enumerated().map { (key($0.element), $0.offset) }) { first, _ in first }
    for cell in new {
      if let place = places[key(cell)] {
        retrieval[place] = retrieval[place].pooled(with: cell)
      } else {
        places[key(cell)] = retrieval.count
        retrieval.append(cell)
      }
    }
  }

  /// Every method that was measured, in the order of the files.
  public var methods: [String] {
    var seen: Set<String> = []
    return (losses.map(\.method) + scores.map(\.method) + retrieval.map(\.method)).filter { seen.insert($0).inserted }
  }

  /// Every benchmark that gave scores, in the order of the files; nil stands for scores that name none.
  public var benchmarks: [String?] {
    var seen: Set<String?> = []
    return scores.map(\.benchmark).filter { seen.insert($0).inserted }
  }

  /// Every length that was measured, ascending; where only positions are known, the last one's end.
  public var lengths: [Int] {
    Set(losses.compactMap { $0.length ?? $0.buckets.last?.to } + scores.map(\.length) + retrieval.map(\.length))
      .sorted()
  }

  /// The length that parameters of methods were derived from where their labels do not give them: the largest that a source
  /// tells; nil where none does.
  public var targetLength: Int? { sources.compactMap(\.targetLength).max() }

  /// What two methods found of the same hidden things.
  public func comparedRetrieval(
    _ own: String, _ other: String, where isCounted: (MeasuredRetrieval) -> Bool
  ) -> RetrievalComparison {
    RetrievalComparison(
      retrieval.filter { $0.method == own && isCounted($0) }, retrieval.filter { $0.method == other && isCounted($0) })
  }

  /// The scores of a method in a benchmark at lengths beyond one.
  func scores(of method: String, in benchmark: String, beyond length: Int) -> [MeasuredScore] {
    scores.filter { $0.method == method && $0.benchmark == benchmark && $0.length > length }
  }

  /// The longest windows of a method that tell losses by position.
  public func byPosition(_ method: String) -> MeasuredLosses? {
    losses.filter { $0.method == method && $0.buckets.count > 1 }
      .max { ($0.length ?? $0.buckets.last?.to ?? 0) < ($1.length ?? $1.buckets.last?.to ?? 0) }
  }
}

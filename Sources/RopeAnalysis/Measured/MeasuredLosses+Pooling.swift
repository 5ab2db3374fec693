extension MeasuredLosses {
  /// Takes in the windows of another measurement of the same method and length: means weighted by tokens, else by windows,
  /// else by sources; standard errors over the windows where they are known one by one, else from both errors.
  mutating func pool(_ other: MeasuredLosses) {
    let own = sources.count, new = other.sources.count
    let share = Self.share((tokens, other.tokens), (windows, other.windows), (own, new))
    (nll, standardError) = Self.pooled((nll, standardError), (other.nll, other.standardError), share: share)
    tokens = Self.both(tokens, other.tokens)
    windows = Self.both(windows, other.windows)
    sources += other.sources
    var places: [Bucket.Place: Int] = [:]
    for (index, bucket) in buckets.enumerated() where places[bucket.place] == nil { places[bucket.place] = index }
    for bucket in other.buckets {
      if let index = places[bucket.place] {
        buckets[index].pool(bucket, sources: (own, new))
      } else {
        buckets.append(bucket)
      }
    }
    buckets.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    // Fewer windows in the buckets than in all: some tell only a part of the positions.
    if let byWindow = Self.joined(buckets)?.byWindow, byWindow.count > 1, byWindow.count == windows ?? byWindow.count {
      standardError = SampleMean(of: byWindow).standardError
    }
  }

  /// Neighbouring buckets as one; nil for none.
  public static func joined(_ buckets: [Bucket]) -> Bucket? {
    guard let first = buckets.first, let last = buckets.last else { return nil }
    guard buckets.count > 1 else { return first }
    let weights = buckets.map { Double(max(1, $0.tokens ?? ($0.to - $0.from))) }
    let total = weights.reduce(0, +)
    func mean(_ value: (Bucket) -> Double) -> Double {
      zip(buckets, weights).reduce(0) { $0 + value($1.0) * $1.1 } / total
    }
    let windows = buckets.map(\.byWindow.count).min() ?? 0
    let isWhole = buckets.allSatisfy { $0.byWindow.count == windows }
    let byWindow = isWhole ? (0..<windows).map { window in mean { $0.byWindow[window] } } : []
    let errors = buckets.map(\.standardError)
    // Errors over few windows are taken anew; single ones add as independent.
    var error: Double?
    if byWindow.count > 1 {
      error = SampleMean(of: byWindow).standardError
    } else if errors.allSatisfy({ $0 != nil }) {
      error = (zip(errors, weights).reduce(0) { $0 + ($1.0 ?? 0) * ($1.0 ?? 0) * $1.1 * $1.1 }).squareRoot() / total
    }
    let tokens = buckets.compactMap(\.tokens)
    let counts = Set(buckets.map(\.bySource))
    return Bucket(
      from: first.from, to: last.to, tokens: tokens.count == buckets.count ? tokens.reduce(0, Self.sum) : nil,
      nll: mean(\.nll), standardError: error, byWindow: byWindow,
      bySource: counts.count == 1 && isWhole ? first.bySource : nil)
  }

  /// What the first of two measurements weighs against both, by the first of these numbers that both tell: tokens,
  /// windows, sources.
  fileprivate static func share(_ numbers: (Int?, Int?)...) -> Double {
    for case (let own?, let other?) in numbers where own >= 0 && other >= 0 && (own > 0 || other > 0) {
      return Double(own) / (Double(own) + Double(other))
    }
    return 0.5
  }

  fileprivate typealias Mean = (nll: Double, error: Double?)

  fileprivate static func pooled(_ own: Mean, _ other: Mean, share: Double) -> Mean {
    let rest = 1 - share
    let error = own.error.flatMap { a in
      other.error.map { (share * share * a * a + rest * rest * $0 * $0).squareRoot() }
    }
    return (share * own.nll + rest * other.nll, error)
  }

  /// Ends at the largest whole number, which no text has as tokens.
  private static func sum(_ own: Int, _ other: Int) -> Int {
    let (sum, isTooLarge) = own.addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }

  /// Their sum; nil where one of them is not known.
  fileprivate static func both(_ own: Int?, _ other: Int?) -> Int? {
    guard let own, let other else { return nil }
    return sum(own, other)
  }
}

extension MeasuredLosses.Bucket {
  /// Where it stands, to find the same bucket in another measurement.
  struct Place: Hashable {
    let from: Int
    let to: Int
  }

  var place: Place { Place(from: from, to: to) }

  fileprivate mutating func pool(_ other: MeasuredLosses.Bucket, sources: (Int, Int)) {
    let isByWindow = !byWindow.isEmpty && !other.byWindow.isEmpty
    let counts: (Int?, Int?) = isByWindow ? (byWindow.count, other.byWindow.count) : (nil, nil)
    let share = MeasuredLosses.share((tokens, other.tokens), counts, (sources.0, sources.1))
    (nll, standardError) = MeasuredLosses.pooled((nll, standardError), (other.nll, other.standardError), share: share)
    tokens = MeasuredLosses.both(tokens, other.tokens)
    bySource =
      isByWindow
      ? windows(sources: sources.0).map(\.count) + other.windows(sources: sources.1).map(\.count) : nil
    byWindow = isByWindow ? byWindow + other.byWindow : []
    if byWindow.count > 1 { standardError = SampleMean(of: byWindow).standardError }
  }
}

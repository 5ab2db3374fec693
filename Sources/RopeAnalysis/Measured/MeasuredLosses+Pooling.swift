extension MeasuredLosses {
  /// Both measurements as one, over the windows of both: means weighted by tokens, standard errors over the windows
  /// where they are known one by one, else from both errors.
  func pooled(with other: MeasuredLosses) -> MeasuredLosses {
    var result = self
    let (mean, error) = Self.pool((nll, standardError, tokens), (other.nll, other.standardError, other.tokens))
    result.nll = mean
    result.standardError = error
    result.windows = windows.flatMap { own in other.windows.map { own + $0 } }
    result.tokens = tokens.flatMap { own in other.tokens.map { own + $0 } }
    result.sources += other.sources
    result.buckets = buckets.map { own in
      guard let same = other.buckets.first(where: { $0.from == own.from && $0.to == own.to }) else { return own }
      return Self.pooled(own, same)
    }
    result.buckets += other.buckets.filter { new in !buckets.contains { $0.from == new.from && $0.to == new.to } }
    result.buckets.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    return result
  }

  /// Neighbouring buckets as one; nil for none.
  public static func joined(_ buckets: [Bucket]) -> Bucket? {
    guard let first = buckets.first, let last = buckets.last else { return nil }
    guard buckets.count > 1 else { return first }
    let weights = buckets.map { Double($0.tokens ?? max(1, $0.to - $0.from)) }
    let total = weights.reduce(0, +)
    func mean(_ value: (Bucket) -> Double) -> Double { zip(buckets, weights).reduce(0) { $0 + value($1.0) * $1.1 } / total }
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
    return Bucket(
      from: first.from, to: last.to, tokens: tokens.count == buckets.count ? tokens.reduce(0, +) : nil,
      nll: mean(\.nll), standardError: error, byWindow: byWindow)
  }

  private static func pooled(_ own: Bucket, _ other: Bucket) -> Bucket {
    let (mean, error) = pool((own.nll, own.standardError, own.tokens), (other.nll, other.standardError, other.tokens))
    let byWindow = own.byWindow.isEmpty || other.byWindow.isEmpty ? [] : own.byWindow + other.byWindow
    return Bucket(
      from: own.from, to: own.to, tokens: own.tokens.flatMap { tokens in other.tokens.map { tokens + $0 } }, nll: mean,
      standardError: byWindow.count > 1 ? SampleMean(of: byWindow).standardError : error, byWindow: byWindow)
  }

  private typealias Part = (nll: Double, error: Double?, tokens: Int?)

  private static func pool(_ own: Part, _ other: Part) -> (mean: Double, error: Double?) {
    let weight = own.tokens.flatMap { a in other.tokens.map { Double(a) / Double(max(1, a + $0)) } } ?? 0.5
    let error = own.error.flatMap { a in
      other.error.map { b in (weight * weight * a * a + (1 - weight) * (1 - weight) * b * b).squareRoot() }
    }
    return (weight * own.nll + (1 - weight) * other.nll, error)
  }
}

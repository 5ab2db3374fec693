import RealModule
import RopeRecords

/// Perplexity of a text in windows of several lengths.
///
/// Window w begins at token `w · stride` of the text; what the model wants before every text stands before each, and
/// counts as part of its length. Of the first window every loss counts, of later ones those of the last `stride`
/// positions, which no window before has scored. One pass over a window gives the loss at every position, so lengths at
/// which a method rotates alike share the pass of the longest.
public struct PerplexityEvaluation: Evaluation {
  /// What keys were rotated under, where a method's plan moves with the length.
  public enum Cache: String, Sendable, CaseIterable, Codable {
    /// All keys and queries under the plan of the window's length.
    case consistent
    /// Each key and query under the plan of the length at which it was read, as a cache of rotated keys keeps them;
    /// methods whose cache holds un-rotated keys know no such difference and are read as `consistent`.
    case stale
  }

  public static let card = EvaluationCard(
    id: "perplexity", title: "Perplexity", summary: "Perplexity of a text by method, length and position",
    details: "Windows of the text, one after another or with a stride; losses in buckets of 512 positions.",
    options: [.text, .tokenIDs, .lengths, .stride, .windows], references: [])

  public static let bucket = 512

  public var lengths: [Int]
  /// Tokens between windows; nil for the length.
  public var stride: Int?
  /// Windows at most; nil for all that the text has.
  public var windows: Int?
  /// Each method is read under each of them; where there are several, under stale keys only if its plan moves.
  public var caches: [Cache]
  public var options = RunOptions()

  public init(_ request: EvaluationRequest) {
    lengths = request.lengths
    stride = request.stride
    windows = request.windows
    caches = request.caches
  }

  public var tokensPerMethod: Double { lengths.reduce(0.0) { $0 + Double($1) } * Double(windows ?? 1) }

  public func tokens(methods: Int, source: EvaluationSource) -> Double {
    let text = source.tokens.count + source.beginning.count
    return Double(lengths.reduce(0) { $0 + $1 * starts(of: $1, in: text).count } * methods * caches.count)
  }

  public func outlook(methods: Int, source: EvaluationSource) throws(InferenceError) -> [String] {
    let tokens = source.tokens, text = tokens.count + source.beginning.count
    try check(tokens, source.beginning)
    return lengths.map {
      "\($0): \(Outlook.counted(starts(of: $0, in: text).count, "window")) of a text of \(text) tokens."
    } + [
      "One text is one document: differences of methods are told for it alone.",
      Outlook.documents(3, methods: methods), Outlook.documents(6, methods: methods),
    ]
  }

  public func record(of parts: [PerplexityRecord.Run]) -> PerplexityRecord { PerplexityRecord(runs: parts) }

  /// The losses of one window, kept for shorter windows of the same beginning, and for methods that rotate alike.
  private struct Known {
    let plans: LayerPlans
    let losses: [Double]
  }

  /// - Throws: `InferenceError.option` where the text is shorter than a window, and what running the model throws.
  public func run(
    _ model: any LanguageModel, _ source: EvaluationSource, methods: [MethodRun],
    checkpoint: EvaluationCheckpoint = .none, finished: (PerplexityRecord.Run) -> Void = { _ in }
  ) throws(InferenceError) -> PerplexityRecord {
    let tokens = source.tokens, beginning = source.beginning
    try check(tokens, beginning)
    var runs: [PerplexityRecord.Run] = []
    let text = tokens.count + beginning.count
    let total = Double(methods.count * caches.count * lengths.map { starts(of: $0, in: text).count * $0 }.reduce(0, +))
    var done = 0.0
    var known: [Int: [Known]] = [:]
    for (method, asked) in methods.flatMap({ method in caches.map { (method, $0) } }) {
      var byLength: [Int: PerplexityRecord.Run] = [:]
      for length in Set(lengths).sorted(by: >) {
        let plans = try method.planner.plans(length: length)
        let cache = plans.full.cachedKeys == .unrotated ? .consistent : asked
        if caches.count > 1, asked == .stale {
          guard cache == .stale, try !method.planner.plans(length: 1).isSameRotation(as: plans) else {
            done += Double(starts(of: length, in: text).count * length)
            continue
          }
        }
        let meter = RunMeter()
        var losses: [[Double]] = [], read = 0
        for start in starts(of: length, in: text) {
          if cache == .consistent,
            let same = known[start]?.first(where: {
              $0.losses.count >= length - 1 && $0.plans.isSameRotation(as: plans)
            })
          {
            losses.append(Array(same.losses.prefix(length - 1)))
          } else {
            var part = options.part(from: done / total, to: (done + Double(length)) / total)
            let window = beginning + tokens[start..<start + length - beginning.count]
            let values = try checkpoint.values(
              "\(method.name), \(length) tokens from \(start)", tokens: window, plans: plans, cache: cache.rawValue,
              count: length - 1
            ) { () throws(InferenceError) -> [Double] in
              if cache == .stale { part.readingPlans = try readingPlans(method.planner, length: length) }
              read += length
              return try model.losses(of: window, plans: plans, options: part)
            }
            losses.append(values)
            if cache == .consistent { known[start, default: []].append(Known(plans: plans, losses: values)) }
          }
          done += Double(length)
          options.control.progress(done / total)
        }
        var run = record(method.name, length: length, cache, losses)
        run.tokensPerSecond = read > 0 ? Double(read) / meter.seconds : nil
        byLength[length] = run
        finished(run)
      }
      runs += lengths.compactMap { byLength[$0] }
    }
    return record(of: runs)
  }

  private func check(_ tokens: [Int], _ beginning: [Int]) throws(InferenceError) {
    guard let shortest = lengths.min(), let longest = lengths.max() else { throw .option("no length was given") }
    guard shortest >= 2 + beginning.count else {
      throw .option("a window of \(shortest) tokens has nothing to predict; it needs at least \(2 + beginning.count)")
    }
    guard longest <= tokens.count + beginning.count else {
      throw .option("the text has \(tokens.count + beginning.count) tokens, too few for a window of \(longest)")
    }
    if let stride, !(1...shortest).contains(stride) {
      throw .option("a stride of \(stride) tokens is not possible; it must lie in 1 … \(shortest), the shortest window")
    }
    if let windows, windows < 1 { throw .option("\(windows) windows were asked for; at least 1 is needed") }
  }

  private func starts(of length: Int, in count: Int) -> [Int] {
    let all = Swift.stride(from: 0, through: count - length, by: stride ?? length)
    return Array(all.prefix(windows ?? .max))
  }

  private func readingPlans(_ planner: MethodPlanner, length: Int) throws(InferenceError) -> [LayerPlans] {
    var plans: [LayerPlans] = []
    for reached in 1...length { plans.append(try planner.plans(length: reached)) }
    return plans
  }

  private func record(_ method: String, length: Int, _ cache: Cache, _ losses: [[Double]]) -> PerplexityRecord.Run {
    let step = stride ?? length
    // Positions that a window scores: all of the first, the last `stride` of the others.
    let scored = losses.indices.map { $0 == 0 ? 0..<length - 1 : max(0, length - 1 - step)..<length - 1 }
    let parts = zip(losses, scored).map { Array($0[$1]) }
    let all = parts.flatMap { $0 }
    let mean = all.reduce(0, +) / Double(all.count)
    let means = parts.map { $0.reduce(0, +) / Double($0.count) }
    let overWindows = means.count > 1
    let edges = Swift.stride(from: 0, to: length - 1, by: Self.bucket)
    let buckets = edges.compactMap { from -> PerplexityRecord.Bucket? in
      let range = from..<min(from + Self.bucket, length)
      let windows = zip(losses, scored).map { Array($0[range.clamped(to: $1)]) }.filter { !$0.isEmpty }
      let values = windows.flatMap { $0 }
      guard !values.isEmpty else { return nil }
      let byWindow = windows.map { $0.reduce(0, +) / Double($0.count) }
      return .init(
        from: range.lowerBound, to: range.upperBound, tokens: values.count,
        nll: values.reduce(0, +) / Double(values.count),
        standardError: byWindow.count > 1
          ? Self.standardError(byWindow, weights: windows.map { Double($0.count) }) : Self.standardError(values),
        byWindow: byWindow)
    }
    return PerplexityRecord.Run(
      method: method, length: length, windows: losses.count, stride: step, cache: cache.rawValue,
      tokensScored: all.count, nll: mean,
      standardError: overWindows
        ? Self.standardError(means, weights: parts.map { Double($0.count) }) : Self.standardError(all),
      standardErrorOver: overWindows ? .windows : .tokens, perplexity: .exp(mean), byPosition: buckets,
      tokensPerSecond: nil, peakMemoryBytes: RunMeter.peakMemoryBytes)
  }

  /// Of the weighted mean m of values: `√(n/(n−1) · Σ w²(x − m)²)/Σw`, which is `s/√n` for equal weights; 0 for a single
  /// value.
  static func standardError(_ values: [Double], weights: [Double]? = nil) -> Double {
    guard values.count > 1 else { return 0 }
    let weights = weights ?? Array(repeating: 1, count: values.count), sum = weights.reduce(0, +)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / sum
    let squares = zip(values, weights).reduce(0) { $0 + $1.1 * $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    let n = Double(values.count)
    return (squares * n / (n - 1)).squareRoot() / sum
  }
}

import RopeAnalysis
import RopeMath
import RopeText

/// Perplexities, method by method and length by length: `ropescope.perplexity/1`.
public struct PerplexityRecord: EvaluationRecord {
  public typealias Part = Run

  public static let schemaName = "ropescope.perplexity/1"

  /// What the standard error is taken over.
  public enum ErrorBasis: String, Sendable, Hashable, Codable, CaseIterable {
    case windows
    case tokens
  }

  /// Positions are those of the predicting token, counted in the window; the error is taken over windows where several
  /// score here, else over tokens, and is 0 for a single one.
  public typealias Bucket = MeasuredLosses.Bucket

  /// What other programs, and summaries of a run, do not tell is nil.
  public struct Run: Sendable, Hashable, Codable {
    public var method: String
    public var length: Int
    public var windows: Int?
    public var stride: Int?
    public var cache: String?
    public var tokensScored: Int?
    /// Mean loss, nats per token.
    public var nll: Double
    /// Of the mean loss.
    public var standardError: Double?
    public var standardErrorOver: ErrorBasis?
    private var toldPerplexity: Double?
    public var byPosition: [Bucket]?
    /// Tokens read over the time of the windows that this run computed; null where all came from another run.
    public var tokensPerSecond: Double?
    /// Null where timings and memory are left out, so that equal runs give equal bytes.
    public var peakMemoryBytes: Int?

    public init(
      method: String, length: Int, windows: Int?, stride: Int?, cache: String?, tokensScored: Int?, nll: Double,
      standardError: Double?, standardErrorOver: ErrorBasis?, perplexity: Double, byPosition: [Bucket]?,
      tokensPerSecond: Double? = nil, peakMemoryBytes: Int? = nil
    ) {
      self.method = method
      self.length = length
      self.windows = windows
      self.stride = stride
      self.cache = cache
      self.tokensScored = tokensScored
      self.nll = nll
      self.standardError = standardError
      self.standardErrorOver = standardErrorOver
      toldPerplexity = perplexity
      self.byPosition = byPosition
      self.tokensPerSecond = tokensPerSecond
      self.peakMemoryBytes = peakMemoryBytes
    }

    public var perplexity: Double { toldPerplexity ?? .exp(nll) }

    /// What measurements call the method, which with stale keys is another one.
    var label: String { cache == "stale" ? MeasuredVariant.label(method, MeasuredVariant.stale) : method }

    /// Its numbers as a whole, without how they were come by.
    public var summary: Run {
      Run(
        method: method, length: length, windows: windows, stride: nil, cache: nil, tokensScored: tokensScored, nll: nll,
        standardError: standardError, standardErrorOver: nil, perplexity: perplexity, byPosition: nil)
    }

    private enum CodingKeys: String, CodingKey {
      case method, length, windows, stride, cache, nll
      case toldPerplexity = "perplexity"
      case tokensScored = "tokens_scored"
      case standardError = "stderr"
      case standardErrorOver = "stderr_over"
      case byPosition = "by_position"
      case tokensPerSecond = "tokens_per_second"
      case peakMemoryBytes = "peak_memory_bytes"
    }
  }

  public var schema = Self.schemaName
  public var setting: EvaluationSetting?
  public var runs: [Run]

  public init(runs: [Run], setting: EvaluationSetting? = nil) {
    self.runs = runs
    self.setting = setting
  }

  public var withoutTimings: PerplexityRecord {
    var record = self
    record.setting?.seconds = nil
    for place in record.runs.indices {
      record.runs[place].tokensPerSecond = nil
      record.runs[place].peakMemoryBytes = nil
    }
    return record
  }

  public var parts: [Run] { runs }

  public var fault: RecordFault? {
    for (place, run) in runs.enumerated() {
      for (index, bucket) in (run.byPosition ?? []).enumerated()
      where bucket.from >= bucket.to || bucket.to > run.length {
        return RecordFault(
          pointer: "/runs/\(place)/by_position/\(index)",
          message: "positions \(bucket.from) … \(bucket.to) do not lie in a window of \(run.length)")
      }
    }
    return nil
  }

  public var table: RecordTable {
    RecordTable(
      columns: [
        .text("method"), .number("length"), .number("windows"), .number("nats/token"), .number("± s.e."),
        .number("perplexity"), .number("last bucket"),
      ],
      rows: runs.map { run in
        func number(_ value: Double?) -> String { value.map { RecordTable.text($0, digits: 5) } ?? "" }
        return RecordTable.cells([
          run.label, TokenCount.label(run.length), run.windows.map(String.init) ?? "", number(run.nll),
          number(run.standardError), number(run.perplexity), number(run.byPosition?.last?.nll),
        ])
      })
  }
}

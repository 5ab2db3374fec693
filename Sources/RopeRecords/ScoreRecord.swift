import RopeMath
import RopeText

/// What methods answered on the items of a task: `ropescope.scores/1`.
public struct ScoreRecord: EvaluationRecord {
  public typealias Part = Item

  public static let schemaName = "ropescope.scores/1"

  /// One prompt answered under one method.
  public struct Item: Sendable, Hashable, Codable {
    public var method: String
    /// The budget of prompt and answer, tokens.
    public var length: Int
    /// Where what is asked for stands, 0 … 1; null where it stands in several places.
    @Nullable public var depth: Double?
    /// Number of the item in its cell of length and depth: every method answers the same.
    public var item: Int
    /// Tokens of prompt and answer, at most `length`.
    public var tokens: Int
    /// Share of the answer's parts whose tokens all rank first when the right ones stand before them; for one part this
    /// is what greedy decoding finds.
    public var score: Double
    /// Summed loss of the parts' tokens, nats.
    public var nll: Double
    /// Mean rank of the parts' tokens among the vocabulary, 1 the best.
    public var meanRank: Double
    /// Rank of the right first part among the wrong ones that the prompt holds, 1 the best, where at each token the
    /// likeliest way on is taken.
    public var choice: Int
    /// The right part and the wrong ones: `1/choices` is what chance finds.
    public var choices: Int
    /// What greedy decoding wrote; null where it was not asked for.
    @Nullable public var text: String?
    /// Share of the answer's parts that stand in `text`.
    @Nullable public var textScore: Double?
    /// The text that the haystack was cut from; null where every item has one of its own.
    @Nullable public var document: String?
    /// Of a benchmark's items: the data set and its category, the item's own name in it, the metric that scored the text,
    /// and whether the middle of the prompt was left out; absent for generated tasks.
    public var dataset: String?
    public var category: String?
    public var id: String?
    public var metric: String?
    public var isTruncated: Bool?

    public init(
      method: String, length: Int, depth: Double?, item: Int, tokens: Int, score: Double, nll: Double, meanRank: Double,
      choice: Int, choices: Int, text: String? = nil, textScore: Double? = nil, document: String? = nil
    ) {
      self.method = method
      self.length = length
      self.depth = depth
      self.item = item
      self.tokens = tokens
      self.score = score
      self.nll = nll
      self.meanRank = meanRank
      self.choice = choice
      self.choices = choices
      self.text = text
      self.textScore = textScore
      self.document = document
    }

    enum CodingKeys: String, CodingKey {
      case method, length, depth, item, tokens, score, nll, choice, choices, text, document
      case dataset, category, id, metric
      case isTruncated = "truncated"
      case meanRank = "mean_rank"
      case textScore = "text_score"
    }
  }

  public var schema = Self.schemaName
  /// The task's name in the catalogue of evaluations.
  public var task: String
  public var seed: UInt64?
  public var setting: EvaluationSetting?
  public var items: [Item]
  /// By method and length, in the order of the items.
  public var summary: [ScoreSummary]
  /// Each method against the first on the same items, length by length.
  public var comparisons: [ScoreComparison]
  /// By data set and by category; nil for generated tasks.
  public var groups: [ScoreGroup]?
  /// What prompts were made from; nil for generated tasks.
  public var prompts: String?

  /// - Parameter items: of finished work; summaries and comparisons follow from them.
  public init(task: String, seed: UInt64, items: [Item], setting: EvaluationSetting? = nil, prompts: String? = nil) {
    self.task = task
    self.seed = seed
    self.items = items
    self.setting = setting
    summary = ScoreSummary.all(items)
    comparisons = ScoreComparison.all(items)
    groups = ScoreGroup.all(items)
    self.prompts = prompts
  }
}

extension ScoreRecord {
  public var parts: [Item] { items }

  public var table: RecordTable {
    func number(_ value: Double?) -> String {
      value.map { $0.isFinite ? RecordTable.text($0, digits: 3) : "–" } ?? "–"
    }
    let isWritten = items.contains { $0.text != nil }
    let parts = groups.map { groups in summary.map { ("all", $0) } + groups.map { ($0.name, $0.summary) } }
    return RecordTable(
      columns: (parts == nil ? [] : [.text("of")]) + [
        .text("method"), .number("length"), .number("score"), .number("95 %"), .number("items"), .number("nats"),
        .number("first choice"), .number("by chance"),
      ] + (isWritten ? [.number("in greedy text")] : []) + [.text("against the first")],
      rows: (parts ?? summary.map { ("", $0) }).map { part, entry in
        let isWhole = parts == nil || part == "all"
        let comparison = isWhole ? comparisons.first { $0.method == entry.method && $0.length == entry.length } : nil
        let told = comparison.map { comparison -> Message in
          let (difference, p) = (number(comparison.difference), number(comparison.adjusted))
          return comparison.isToldApart
            ? "\(difference), P \(p), told apart" : "\(difference), P \(p), not told apart"
        }
        let name: Message = part == "all" ? "all" : "\(part)"
        return (parts == nil ? [] : [name])
          + RecordTable.cells([
            entry.method, TokenCount.label(entry.length), number(entry.score),
            entry.lower.flatMap { low in entry.upper.map { "\(number(low)) … \(number($0))" } } ?? "–",
            entry.items.map(String.init) ?? "–", number(entry.nll), number(entry.isChoice ? entry.chosen : nil),
            number(entry.isChoice ? entry.chance : nil),
          ]) + (isWritten ? ["\(number(entry.textScore))"] : []) + [told ?? ""]
      },
      notes: comparisons.isEmpty
        ? [] : ["P is adjusted for all methods of a length (Holm); methods are told apart at 0.05 and below."])
  }
}

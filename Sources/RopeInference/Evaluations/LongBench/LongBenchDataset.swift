/// A data set of LongBench (arXiv 2308.14508): how its answers are scored, and how long they may be.
public struct LongBenchDataset: Sendable, Hashable {
  public enum Category: String, Sendable, CaseIterable {
    case singleDocument = "single-document QA"
    case multiDocument = "multi-document QA"
    case summarisation = "summarisation"
    case fewShot = "few-shot learning"
    case synthetic = "synthetic"
    case code = "code"
  }

  /// As the files call it: `qasper`.
  public let id: String
  public let category: Category
  public let metric: LongBenchMetric
  /// Tokens that a model may write, as in LongBench's own configuration.
  public let mostTokens: Int
  /// Whether only the first line of what was written counts.
  public let takesFirstLine: Bool
  /// Whether an instruction model is asked in its chat format; completions and examples are better off without.
  public let usesChat: Bool

  private init(
    _ id: String, _ category: Category, _ metric: LongBenchMetric, _ mostTokens: Int, firstLine: Bool = false,
    chat: Bool = true
  ) {
    self.id = id
    self.category = category
    self.metric = metric
    self.mostTokens = mostTokens
    takesFirstLine = firstLine
    usesChat = chat
  }

  /// LongBench's 21 data sets: THUDM/LongBench at 2e00731, `eval.py`, `pred.py` and `dataset2maxlen.json`.
  public static let all: [LongBenchDataset] = [
    LongBenchDataset("narrativeqa", .singleDocument, .answerF1, 128),
    LongBenchDataset("qasper", .singleDocument, .answerF1, 128),
    LongBenchDataset("multifieldqa_en", .singleDocument, .answerF1, 64),
    LongBenchDataset("multifieldqa_zh", .singleDocument, .characterF1, 64),
    LongBenchDataset("hotpotqa", .multiDocument, .answerF1, 32),
    LongBenchDataset("2wikimqa", .multiDocument, .answerF1, 32),
    LongBenchDataset("musique", .multiDocument, .answerF1, 32),
    LongBenchDataset("dureader", .multiDocument, .characterRouge, 128),
    LongBenchDataset("gov_report", .summarisation, .rouge, 512), LongBenchDataset("qmsum", .summarisation, .rouge, 512),
    LongBenchDataset("multi_news", .summarisation, .rouge, 512),
    LongBenchDataset("vcsum", .summarisation, .characterRouge, 512),
    LongBenchDataset("trec", .fewShot, .classification, 64, firstLine: true, chat: false),
    LongBenchDataset("triviaqa", .fewShot, .answerF1, 32, firstLine: true, chat: false),
    LongBenchDataset("samsum", .fewShot, .rouge, 128, firstLine: true, chat: false),
    LongBenchDataset("lsht", .fewShot, .classification, 64, firstLine: true, chat: false),
    LongBenchDataset("passage_count", .synthetic, .count, 32),
    LongBenchDataset("passage_retrieval_en", .synthetic, .paragraph, 32),
    LongBenchDataset("passage_retrieval_zh", .synthetic, .paragraph, 32),
    LongBenchDataset("lcc", .code, .codeSimilarity, 64, chat: false),
    LongBenchDataset("repobench-p", .code, .codeSimilarity, 64, chat: false),
  ]

  /// Nil for a name that LongBench does not have; LongBench-E's names end in `_e`.
  public static func named(_ name: String) -> LongBenchDataset? {
    all.first { $0.id == name } ?? (name.hasSuffix("_e") ? all.first { $0.id == name.dropLast(2) } : nil)
  }
}

import RopeAnalysis
import RopeMath
import RopeText

/// The scores of one method at one length, with an interval that says what it was taken over.
public struct ScoreSummary: Sendable, Hashable, Codable {
  /// What the interval takes as independent.
  public enum Basis: String, Sendable, Codable {
    /// Every item was drawn anew.
    case items
    /// Several items share a text, so the texts are the sample.
    case documents
  }

  public var method: String
  public var length: Int
  /// Mean score, 0 … 1: of items, or of documents' means.
  public var score: Double
  /// 95 %: Wilson's interval where items are found or missed, else Student's t; null for a single document or item.
  @Nullable public var lower: Double?
  @Nullable public var upper: Double?
  /// What other programs do not tell is nil, from here on.
  public var intervalOver: Basis?
  public var items: Int?
  public var documents: Int?
  /// Summed loss of the answer's parts, mean over items, nats.
  public var nll: Double?
  /// Share of items whose right first part was preferred to every wrong one, and what chance would give, over the items
  /// that have wrong ones; 1 where none has.
  public var chosen: Double?
  public var chance: Double?
  /// Mean share of parts in greedy text; null where none was written.
  @Nullable public var textScore: Double?

  enum CodingKeys: String, CodingKey {
    case method, length, score, lower, upper, items, documents, nll, chosen, chance
    case intervalOver = "interval_over"
    case textScore = "text_score"
  }

  /// Whether any item had wrong answers to choose among.
  var isChoice: Bool { chance.map { $0 < 1 } ?? false }

  static func all(_ items: [ScoreRecord.Item]) -> [ScoreSummary] {
    items.grouped { [$0.method, "\($0.length)"] }.map { ScoreSummary($0.elements) }
  }

  /// - Parameter items: of one method and length, at least one.
  private init(_ items: [ScoreRecord.Item]) {
    let clusters = items.clusters, byItem = ClusterMean(items.map { [$0.score] })
    func mean(_ value: (ScoreRecord.Item) -> Double) -> Double {
      items.map(value).reduce(0, +) / Double(max(1, items.count))
    }
    method = items.first?.method ?? ""
    length = items.first?.length ?? 0
    self.items = items.count
    documents = clusters?.count ?? items.count
    nll = mean(\.nll)
    let offered = items.filter { $0.choices > 1 }, count = Double(max(1, offered.count))
    chosen = offered.isEmpty ? 1 : Double(offered.count { $0.choice == 1 }) / count
    chance = offered.isEmpty ? 1 : offered.reduce(0) { $0 + 1 / Double($1.choices) } / count
    let written = items.compactMap(\.textScore)
    textScore = written.isEmpty ? nil : written.reduce(0, +) / Double(written.count)
    var interval: ClosedRange<Double>?
    if let clusters {
      let byDocument = ClusterMean(clusters.map { $0.map(\.score) })
      intervalOver = .documents
      score = byDocument.mean
      interval = byDocument.interval
    } else {
      intervalOver = .items
      score = byItem.mean
      interval =
        items.allSatisfy { $0.score == 0 || $0.score == 1 }
        ? MeasuredProportion(successes: items.count { $0.score == 1 }, trials: items.count).interval : byItem.interval
    }
    lower = interval.map { max(0, $0.lowerBound) }
    upper = interval.map { min(1, $0.upperBound) }
  }
}

extension [ScoreRecord.Item] {
  /// The items text by text; nil where every item has a text of its own.
  var clusters: [[ScoreRecord.Item]]? {
    guard contains(where: { $0.document != nil }) else { return nil }
    return grouped(by: \.document).map(\.elements)
  }
}

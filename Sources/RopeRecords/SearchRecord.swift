import RopeMath
import RopeText

/// Factors of each pair that a search found by measuring, and how they do on texts that it did not read:
/// `ropescope.search/1`.
public struct SearchRecord: Sendable, Hashable, Codable {
  /// One window of a text that the search did not read, under one method.
  public struct Item: Sendable, Hashable, Codable {
    public var method: String
    public var document: String
    /// Number of the window among those of its text.
    public var item: Int
    /// Where the needle stands, 0 … 1.
    public var depth: Double
    /// Mean loss of the window's text, nats per token.
    public var loss: Double
    /// Mean loss of what was hidden, nats per token.
    public var needleLoss: Double
    public var isFound: Bool

    public init(
      method: String, document: String, item: Int, depth: Double, loss: Double, needleLoss: Double, isFound: Bool
    ) {
      self.method = method
      self.document = document
      self.item = item
      self.depth = depth
      self.loss = loss
      self.needleLoss = needleLoss
      self.isFound = isFound
    }

    private enum CodingKeys: String, CodingKey {
      case method, document, item, depth, loss
      case needleLoss = "needle_loss"
      case isFound = "found"
    }
  }

  /// File names of the texts.
  public struct Documents: Sendable, Hashable, Codable {
    public var search: [String]
    public var heldOut: [String]

    public init(search: [String], heldOut: [String]) {
      self.search = search
      self.heldOut = heldOut
    }

    private enum CodingKeys: String, CodingKey {
      case search
      case heldOut = "held_out"
    }
  }

  public static let schemaName = "ropescope.search/1"

  public var schema = Self.schemaName
  public var setting: EvaluationSetting
  public var seed: UInt64
  /// Which tables were searched among.
  public var space: String
  public var schedule: SearchSchedule
  /// Share of the needle's loss in the objective.
  public var needleWeight: Double
  public var documents: Documents
  /// Whether all of it was done; an interrupted search tells what it had.
  public var isFinished: Bool
  /// Every candidate in the order in which it was made.
  public var history: [SearchCandidate]
  /// The best at the target; null before any was measured there.
  @Nullable public var chosen: Int?
  /// Its SPEC, factors and attention factor.
  @Nullable public var method: String? = nil
  public var factors: [Double]
  @Nullable public var attentionFactor: Double?
  /// The numbers that they were made from, by name.
  public var parameters: [String: Double]
  /// Mean loss of the found factors on the texts that the search did not read, nats per token; null before any was.
  @Nullable public var loss: Double? = nil
  @Nullable public var heldOut: SearchSummary? = nil
  public var baselines: [SearchComparison]
  public var items: [Item]
  /// Each runtime's settings for the found factors.
  @SettingsRecord.WithEveryKey public var configs: [SettingsRecord]

  /// - Parameters:
  ///   - history: as far as it goes.
  ///   - names: of the first of a candidate's genes.
  public init(
    setting: EvaluationSetting, seed: UInt64, space: String, schedule: SearchSchedule, needleWeight: Double,
    documents: Documents, history: [SearchCandidate], names: [String]
  ) {
    self.setting = setting
    self.seed = seed
    self.space = space
    self.schedule = schedule
    self.needleWeight = needleWeight
    self.documents = documents
    self.history = history
    isFinished = false
    let best = SearchCandidate.ranked(history, at: schedule.rungs.count - 1).first
    chosen = best?.id
    factors = best?.factors ?? []
    attentionFactor = best?.attentionFactor
    parameters = Dictionary(zip(names, best?.genes ?? []), uniquingKeysWith: { first, _ in first })
    baselines = []
    items = []
    configs = []
  }

  /// Takes what was measured on other texts, the found factors' items first.
  public mutating func add(_ items: [Item]) {
    self.items = items
    let own = items.filter { $0.method == items.first?.method }
    heldOut = own.isEmpty ? nil : SearchSummary(own)
    loss = heldOut?.loss
    baselines = SearchComparison.all(items)
  }

  enum CodingKeys: String, CodingKey {
    case schema, setting, seed, space, schedule, documents, history, chosen, method, factors, parameters, loss
    case baselines, items, configs
    case needleWeight = "needle_weight"
    case isFinished = "finished"
    case attentionFactor = "attention_factor"
    case heldOut = "held_out"
  }
}

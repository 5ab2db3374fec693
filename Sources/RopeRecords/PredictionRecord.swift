import RopeAnalysis
import RopeText

/// Which closed-form property of a method goes with what was measured: `ropescope.prediction/1`.
public struct PredictionRecord: Sendable, Hashable, Codable {
  /// One property against one measurement.
  public struct Property: Sendable, Hashable, Codable {
    /// A column of the comparison table.
    public var property: String
    /// `loss` (nats per token above the best method of the same model and length), `retrieval` (share found), or a
    /// benchmark's score.
    public var against: String
    /// Spearman's rank correlation over the cases; null where one side does not vary.
    @Nullable public var correlation: Double?
    /// 95 %, bootstrap over clusters; null for fewer than four.
    @Nullable public var lower: Double?
    @Nullable public var upper: Double?
    /// Methods × models × lengths.
    public var cases: Int
    /// Methods × models: lengths of one method are not independent.
    public var clusters: Int

    public init(
      property: String, against: String, correlation: Double?, lower: Double?, upper: Double?, cases: Int, clusters: Int
    ) {
      self.property = property
      self.against = against
      self.correlation = correlation
      self.lower = lower
      self.upper = upper
      self.cases = cases
      self.clusters = clusters
    }

    /// Whether the interval leaves out 0.
    public var isToldFromNothing: Bool {
      guard let lower, let upper else { return false }
      return lower > 0 || upper < 0
    }
  }

  /// The numbers of one case, so that others can compute from them.
  public struct Case: Sendable, Hashable, Codable {
    public var model: String
    public var method: String
    public var length: Int
    public var properties: [String: Double]
    public var measured: [String: Double]

    public init(model: String, method: String, length: Int, properties: [String: Double], measured: [String: Double]) {
      self.model = model
      self.method = method
      self.length = length
      self.properties = properties
      self.measured = measured
    }

    enum CodingKeys: String, CodingKey { case model, method, length, properties, measured }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      model = try container.decode(String.self, forKey: .model)
      method = try container.decode(String.self, forKey: .method)
      length = try container.decode(Int.self, forKey: .length)
      properties = try container.decode([String: Double?].self, forKey: .properties).mapValues { $0 ?? .infinity }
      measured = try container.decode([String: Double].self, forKey: .measured)
    }

    /// A property that nothing limits is null: JSON has no infinity.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(model, forKey: .model)
      try container.encode(method, forKey: .method)
      try container.encode(length, forKey: .length)
      try container.encode(properties.mapValues { $0.isFinite ? $0 : nil }, forKey: .properties)
      try container.encode(measured, forKey: .measured)
    }
  }

  public static let schemaName = "ropescope.prediction/1"

  public var schema = Self.schemaName
  public var seed: UInt64
  public var properties: [Property]
  public var cases: [Case]

  /// Every column against everything that was measured.
  ///
  /// - Parameters:
  ///   - columns: names of properties, in the order in which they are listed.
  ///   - seed: of the bootstrap.
  public init(columns: [String], cases: [Case], seed: UInt64) {
    self.seed = seed
    self.cases = cases
    let against = Set(cases.flatMap(\.measured.keys)).sorted()
    properties = columns.flatMap { property in
      against.map { Self.correlation(of: property, with: $0, in: cases, seed: seed) }
    }
  }

  private static func correlation(
    of property: String, with measurement: String, in cases: [Case], seed: UInt64
  ) -> Property {
    let found = RankCorrelation(
      cases.compactMap { entry in
        entry.properties[property].flatMap { x in
          entry.measured[measurement].map {
            RankCorrelation.Case(x: x, y: $0, cluster: "\(entry.model) \(entry.method)")
          }
        }
      }, seed: seed)
    return Property(
      property: property, against: measurement,
      correlation: found.coefficient.isFinite ? found.coefficient : nil, lower: found.interval?.lowerBound,
      upper: found.interval?.upperBound, cases: found.cases, clusters: found.clusters)
  }

  public var table: RecordTable {
    let known = properties.count { $0.lower != nil }
    return RecordTable(
      columns: [
        .text("property"), .text("against"), .number("ρ"), .number("95 %"), .number("cases"), .number("clusters"),
        .text(""),
      ],
      rows: properties.map { entry in
        func number(_ value: Double) -> String { RecordTable.text(value, digits: 2) }
        return RecordTable.cells([
          entry.property, entry.against, entry.correlation.map(number) ?? "–",
          entry.lower.flatMap { low in entry.upper.map { "\(number(low)) … \(number($0))" } } ?? "–",
          "\(entry.cases)", "\(entry.clusters)",
        ]) + [entry.isToldFromNothing ? "goes with it" : ""]
      },
      notes: [
        "Rank correlations with 95 % intervals by bootstrap over methods × models, each for itself: of \(known) such intervals about \((known + 10) / 20) leaves out 0 by chance."
      ])
  }
}

import RopeAnalysis
import RopeText

/// Which closed-form property of a method goes with what was measured: `ropescope.prediction/1`.
public struct PredictionRecord: Sendable, Hashable, Codable {
  /// One property against one measurement.
  public struct Property: Sendable, Hashable, Codable {
    /// A column of the comparison table.
    public var property: String
    /// `loss` (nats per token above the best method of the same model and length), `retrieval` (share found), a
    /// benchmark's score, or `found`: all that is found or scored together, each measurement ranked for itself.
    public var against: String
    /// Spearman's rank correlation over the cases, ranked among those of one model and length, so that a longer text's
    /// being harder is no connection; null where one side does not vary.
    @Nullable public var correlation: Double?
    /// 95 %, bootstrap over clusters; null for fewer than four.
    @Nullable public var lower: Double?
    @Nullable public var upper: Double?
    /// Methods × models × lengths, as far as a model and length has several of them.
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

  private static let loss = "loss"
  /// All measurements but the loss, where there are several.
  public static let found = "found"

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
    let measured = Set(cases.flatMap(\.measured.keys)).sorted(), scored = measured.filter { $0 != Self.loss }
    var against = measured.map { (name: $0, measurements: [$0]) }
    if scored.count > 1, !scored.contains(Self.found) { against.append((Self.found, scored)) }
    properties = columns.flatMap { property in
      against.map { Self.correlation(of: property, with: $0.measurements, called: $0.name, in: cases, seed: seed) }
    }
  }

  private static func correlation(
    of property: String, with measurements: [String], called name: String, in cases: [Case], seed: UInt64
  ) -> Property {
    let found = RankCorrelation(
      measurements.flatMap { measurement in
        cases.compactMap { entry in
          entry.properties[property].flatMap { x in
            entry.measured[measurement].map {
              RankCorrelation.Case(
                x: x, y: $0, cluster: "\(entry.model) \(entry.method)",
                stratum: "\(entry.model) \(entry.length) \(measurement)")
            }
          }
        }
      }, seed: seed)
    return Property(
      property: property, against: name,
      correlation: found.coefficient.isFinite ? found.coefficient : nil, lower: found.interval?.lowerBound,
      upper: found.interval?.upperBound, cases: found.cases, clusters: found.clusters)
  }

  /// Whether there is a row of all that is found together.
  public var tellsAllFound: Bool { properties.contains { $0.against == Self.found } && !measures(Self.found) }

  private func measures(_ name: String) -> Bool { cases.contains { $0.measured[name] != nil } }

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
        "Rank correlations among the methods of one model and length, with 95 % intervals by bootstrap over methods × models, each for itself: of \(known) such intervals about \((known + 10) / 20) leaves out 0 by chance."
      ] + (tellsAllFound ? ["“found” takes all measurements but the loss together, each ranked for itself."] : []))
  }
}

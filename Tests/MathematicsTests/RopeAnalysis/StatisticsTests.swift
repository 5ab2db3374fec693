import Foundation
import RopeAnalysis
import RopeRecords
import RopeTestSupport
import Testing

/// Intervals and tests against SciPy: Scripts/peers/statistics-goldens.py made the numbers.
@Suite struct StatisticsTests {
  private struct Goldens: Decodable {
    struct Student: Decodable { let df: Int, p, quantile, t, cumulative: Double }
    struct Clusters: Decodable { let groups: [[Double]], mean, stderr, p: Double, interval: [Double] }
    struct Bootstrap: Decodable { let means: [Double], resamples: Int, seed: UInt64, interval: [Double], p: Double }
    struct Share: Decodable { let x, n: Int, interval: [Double] }
    struct Table: Decodable { let table: [Int], interval: [Double], p: Double? }
    struct Adjusted: Decodable { let p, adjusted: [Double] }
    struct Correlation: Decodable {
      struct Case: Decodable { let x, y: Double, cluster: String, stratum: String? }
      let cases: [Case], coefficient, p: Double, interval: [Double]
    }
    struct Study: Decodable {
      struct Losses: Decodable { let own, other: String, beyond: Bool, mean, stderr, p: Double, interval: [Double] }
      struct Retrieval: Decodable { let own, other: String, table: [Int], interval: [Double], p: Double }
      let losses: [Losses], retrieval: [Retrieval]
    }
    let student: [Student], clusters: [Clusters], bootstrap: [Bootstrap], wilson: [Share], newcombe: [Table]
    let paired: [Table], holm: [Adjusted], spearman: Correlation, study: Study
    let spearmanInStrata: Correlation
  }

  private let goldens: Goldens

  init() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    goldens = try decoder.decode(Goldens.self, from: Fixtures.data("measured/statistics.json"))
  }

  private func isEqual(_ interval: ClosedRange<Double>?, _ expected: [Double], within: Double = 1e-9) -> Bool {
    guard let interval, expected.count == 2 else { return false }
    return abs(interval.lowerBound - expected[0]) <= within && abs(interval.upperBound - expected[1]) <= within
  }

  @Test func studentsLawIsSciPys() {
    for entry in goldens.student {
      let law = StudentLaw(degreesOfFreedom: entry.df)
      #expect(abs(law.quantile(entry.p) - entry.quantile) <= 1e-9 * max(1, abs(entry.quantile)), "\(entry)")
      #expect(abs(law.cumulative(entry.t) - entry.cumulative) <= 1e-12, "\(entry)")
    }
  }

  @Test func clustersAreTheSample() {
    for entry in goldens.clusters {
      let found = ClusterMean(entry.groups)
      #expect(abs(found.mean - entry.mean) <= 1e-12 && abs(found.standardError - entry.stderr) <= 1e-12)
      #expect(isEqual(found.interval, entry.interval) && abs((found.twoSided ?? 9) - entry.p) <= 1e-10)
    }
    #expect(ClusterMean([[1, 2, 3]]).interval == nil && ClusterMean([]).mean.isNaN)
    #expect(ClusterMean([[1], [], [1]]).twoSided == 0.5 && ClusterMean([[0], [0]]).twoSided == 1)
  }

  @Test func bootstrapsAreReproducible() {
    for entry in goldens.bootstrap {
      let found = ClusterBootstrap(means: entry.means, resamples: entry.resamples, seed: entry.seed)
      #expect(isEqual(found.interval, entry.interval) && abs(found.twoSided - entry.p) <= 1e-12, "\(entry)")
    }
    #expect(ClusterBootstrap(means: []).interval == nil)
  }

  @Test func sharesAndTheirDifferencesAreThose() {
    for entry in goldens.wilson {
      #expect(isEqual(MeasuredProportion(successes: entry.x, trials: entry.n).interval, entry.interval), "\(entry)")
    }
    for count in [2, 12, 100] {
      let half = MeasuredProportion.intervalOfHalf(trials: count)
      let whole = MeasuredProportion(successes: count / 2, trials: count).interval
      #expect(isEqual(half, [whole.lowerBound, whole.upperBound]))
    }
    for entry in goldens.newcombe {
      let own = MeasuredProportion(successes: entry.table[0], trials: entry.table[1])
      let other = MeasuredProportion(successes: entry.table[2], trials: entry.table[3])
      #expect(isEqual(own.difference(from: other), entry.interval), "\(entry)")
    }
  }

  @Test func pairedOutcomesAreThose() {
    for entry in goldens.paired {
      let t = entry.table
      let found = PairedOutcomes(both: t[0], onlyFirst: t[1], onlySecond: t[2], neither: t[3])
      #expect(isEqual(found.interval, entry.interval), "\(entry): \(found.interval)")
      #expect(abs(found.exactTest - (entry.p ?? 9)) <= 1e-12, "\(entry)")
    }
    #expect(PairedOutcomes([(first: true, second: false), (first: false, second: false)]).onlyFirst == 1)
  }

  @Test func severalTestsAreAdjusted() {
    for entry in goldens.holm {
      let found = Multiplicity.holm(entry.p)
      #expect(zip(found, entry.adjusted).allSatisfy { abs($0 - $1) <= 1e-12 }, "\(entry): \(found)")
    }
    #expect(Multiplicity.holm([]).isEmpty)
  }

  @Test func rankCorrelationsAreSciPys() {
    let golden = goldens.spearman
    let found = RankCorrelation(golden.cases.map { .init(x: $0.x, y: $0.y, cluster: $0.cluster) })
    #expect(abs(found.coefficient - golden.coefficient) <= 1e-12 && abs((found.twoSided ?? 9) - golden.p) <= 1e-10)
    #expect(isEqual(found.interval, golden.interval) && found.clusters == 8 && found.cases == 16)
    // A column that one method alone has differently tells what that method does, not what the column does.
    let lone = RankCorrelation((0..<9).map { .init(x: $0 == 4 ? 1.1 : 1, y: Double($0), cluster: "\($0)") })
    #expect(lone.coefficient.isFinite && lone.interval == nil)
    let pair = RankCorrelation((0..<9).map { .init(x: $0 > 6 ? 1.1 : 1, y: Double($0), cluster: "\($0)") })
    #expect(pair.interval != nil)
    let same = RankCorrelation((0..<9).map { .init(x: Double($0), y: .infinity, cluster: "\($0)") })
    #expect(same.coefficient.isNaN && same.interval == nil)
  }

  /// A bootstrap of items that all differ the same way says nothing but that: its P is no smaller than that of their signs.
  @Test func fewItemsThatAgreeAreNotSure() throws {
    func comparison(_ differing: Int, of count: Int) throws -> ScoreComparison {
      let items = ["a", "b"].flatMap { method in
        (0..<count).map {
          ScoreRecord.Item(
            method: method, length: 8, depth: nil, item: $0, tokens: 8,
            score: method == "b" && $0 < differing ? 0.75 : 0.25, nll: 1, meanRank: 1, choice: 1, choices: 1)
        }
      }
      return try #require(ScoreRecord(task: "copying", seed: 0, items: items).comparisons.first)
    }
    #expect(try comparison(2, of: 2).p == 0.5 && comparison(5, of: 9).p == 0.0625)
    #expect(try comparison(7, of: 7).p == 0.015625 && comparison(7, of: 7).test == .bootstrap)
    #expect(try comparison(0, of: 7).p == 1 && comparison(2, of: 2).isToldApart == false)
    #expect(try comparison(40, of: 40).p == 2 / 10_000)
  }

  /// What moves both sides from one length to the next is no connection of the two.
  @Test func ranksAreAmongThoseOfOneStratum() {
    let golden = goldens.spearmanInStrata
    let cases = golden.cases.map {
      RankCorrelation.Case(x: $0.x, y: $0.y, cluster: $0.cluster, stratum: $0.stratum ?? "")
    }
    let found = RankCorrelation(cases)
    #expect(abs(found.coefficient - golden.coefficient) <= 1e-12 && abs((found.twoSided ?? 9) - golden.p) <= 1e-10)
    #expect(isEqual(found.interval, golden.interval) && found.clusters == 9 && found.cases == 18)
    let pooled = RankCorrelation(cases.map { .init(x: $0.x, y: $0.y, cluster: $0.cluster) })
    #expect(pooled.coefficient > 0.7 && found.coefficient < 0.2)
    // A method that alone was measured at a length is compared with none.
    let alone = RankCorrelation(cases + [.init(x: 99, y: 99, cluster: "m0", stratum: "2")])
    #expect(alone == found)
  }

  @Test func powerIsToldBeforehand() {
    // Two-sided 2·2^−d ≤ 0.05 from six on; over seven comparisons from nine on.
    #expect(StudyPower().leastWins == 6 && StudyPower(comparisons: 7).leastWins == 9)
    #expect(PairedOutcomes(both: 0, onlyFirst: 6, onlySecond: 0, neither: 9).exactTest <= 0.05)
    #expect(PairedOutcomes(both: 0, onlyFirst: 5, onlySecond: 0, neither: 9).exactTest > 0.05)
    // t(0.975, 2) = 4.3027, t(0.8, 2) = 1.0607.
    let visible = StudyPower().visibleDifference(documents: 3, scatter: 0.1)
    #expect(abs(visible - 0.1 * (4.302653 + 1.060660) / 3.squareRoot()) <= 1e-6)
    #expect(abs(StudyPower().largestScatter(documents: 3, difference: visible) - 0.1) <= 1e-12)
    #expect(StudyPower().visibleDifference(documents: 1, scatter: 0.1) == .infinity)
    #expect(StudyPower().largestScatter(documents: 1, difference: 0.05) == 0)
  }

  // MARK: The study

  private var study: Measurements {
    get throws {
      let folder = Fixtures.package.appendingPathComponent("Output/gallery/study")
      var all = Measurements()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      for name in names where name.hasSuffix("-perplexity.json") {
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        all.add(try JSONDecoder().decode(PerplexityRecord.self, from: data).measurements(named: name, identity: name))
      }
      for name in names where name.hasSuffix("-passkey.json") {
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        all.add(try JSONDecoder().decode(PasskeyRecord.self, from: data).measurements(named: name, identity: name))
      }
      return all
    }
  }

  @Test func theStudysIntervalsAreThoseOfItsDocuments() throws {
    let all = try study
    for entry in goldens.study.losses {
      let own = try #require(all.byPosition(entry.own)), other = try #require(all.byPosition(entry.other))
      let range = entry.beyond ? 8192..<Int.max : 0..<8192
      let found = try #require(MeasuredDifference(own, minus: other, positions: range))
      #expect(found.documents == 6 && found.blocks == 96)
      #expect(abs(found.mean - entry.mean) <= 1e-12 && abs(found.standardError - entry.stderr) <= 1e-12)
      #expect(isEqual(found.interval, entry.interval), "\(entry)")
      #expect(abs((found.twoSided(against: 0) ?? 9) - entry.p) <= 1e-10)
    }
    for entry in goldens.study.retrieval {
      let found = all.comparedRetrieval(entry.own, entry.other) { $0.length > 8192 }
      let table = try #require(found.paired)
      #expect([table.both, table.onlyFirst, table.onlySecond, table.neither] == entry.table)
      #expect(isEqual(found.interval, entry.interval) && abs((found.exactTest ?? 9) - entry.p) <= 1e-12)
    }
  }
}

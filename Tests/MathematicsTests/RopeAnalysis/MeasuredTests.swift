import RealModule
import RopeAnalysis
import RopeMath
import RopeRecords
import RopeText
import Testing

/// Measurements as values: pooling, differences with their errors, shares, rankings.
@Suite struct MeasuredTests {
  @Test func pairedDifferencesLeaveOutWhatTextsShare() throws {
    // Windows differ by 3 nats, methods by 0.1 with a scatter of 0.01.
    let own = measuredLosses("a", [[3.1, 3.11, 3.09, 3.1], [6.1, 6.11, 6.09, 6.1]])
    let other = measuredLosses("b", [[3, 3, 3, 3], [6, 6, 6, 6]])
    let difference = try #require(MeasuredDifference(own, minus: other))
    #expect(difference.blocks == 8 && difference.documents == 1 && abs(difference.mean - 0.1) <= 1e-12)
    let scatter = (4.0 * 0.0001 / 7 / 8).squareRoot()
    #expect(abs(difference.standardError - scatter) <= 1e-12 && difference.isSeparated)
    // Of two documents the documents are the sample, not their blocks.
    var pooledOwn = Measurements(losses: [measuredLosses("a", [[3.1, 3.11, 3.09, 3.1]])])
    pooledOwn.add(Measurements(losses: [measuredLosses("a", [[6.4, 6.41, 6.39, 6.4]], source: "b.json")]))
    var pooledOther = Measurements(losses: [measuredLosses("a", [[3, 3, 3, 3]])])
    pooledOther.add(Measurements(losses: [measuredLosses("a", [[6, 6, 6, 6]], source: "b.json")]))
    let pooled = try #require(MeasuredDifference(pooledOwn.losses[0], minus: pooledOther.losses[0]))
    #expect(pooled.documents == 2 && pooled.blocks == 8 && abs(pooled.mean - 0.25) <= 1e-12)
    #expect(abs(pooled.standardError - 0.15) <= 1e-12 && !pooled.isSeparated)
    let late = try #require(MeasuredDifference(own, minus: other, positions: 8..<16))
    #expect(late.blocks == 4 && abs(late.mean - 0.095) <= 1e-12)
    // Other texts: the errors of both add, and nothing is told apart.
    let foreign = try #require(
      MeasuredDifference(own, minus: measuredLosses("b", [[3, 3, 3, 3], [6, 6, 6, 6]], source: "b.json")))
    #expect(abs(foreign.standardError - 0.32.squareRoot()) <= 1e-12 && !foreign.isSeparated && foreign.blocks == 0)
    #expect(MeasuredDifference(own, minus: other, positions: 100..<200) == nil)
  }

  @Test func intervalsFollowStudent() {
    // 97.5 % quantiles from tables.
    for (count, quantile) in [(2, 12.7062), (5, 2.7764), (8, 2.3646), (11, 2.2281), (31, 2.0423), (1001, 1.9623)] {
      let interval = MeasuredDifference(mean: 1, standardError: 1, blocks: count).interval
      let half = (interval?.upperBound ?? .nan) - 1
      #expect(abs(half - quantile) <= 1e-3, "\(count) blocks: \(half)")
    }
    #expect(MeasuredDifference(mean: 1, standardError: .nan).interval == nil)
    #expect(MeasuredDifference(mean: .nan, standardError: 1).interval == nil)
    #expect(!MeasuredDifference(mean: 1, standardError: .nan).isSeparated)
  }

  @Test func lossesWithoutEndHaveNoInterval() throws {
    let endless = MeasuredLosses(method: "a", length: 8, nll: .infinity, standardError: 1)
    let difference = try #require(MeasuredDifference(endless, minus: endless))
    #expect(difference.interval == nil && !difference.isSeparated)
  }

  @Test func sharesHaveWilsonsInterval() {
    // Newcombe 1998, table I: 81/263, 15/148, 0/20.
    for (x, n, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)] {
      let interval = MeasuredProportion(successes: x, trials: n).interval
      #expect(
        abs(interval.lowerBound - low) <= 6e-5 && abs(interval.upperBound - high) <= 6e-5, "\(x)/\(n): \(interval)")
    }
    // Fisher's exact test: p = 0.33 for 2/2 against 0/2; the interval alone promises too much of so few.
    func compared(_ x: Int, _ y: Int, of n: Int, _ isPaired: Bool = false) -> RetrievalComparison {
      let cells = [x, y].map { found in
        MeasuredRetrieval(
          method: "\(found)", length: 8, depth: 0, trials: n, correct: found,
          byTrial: isPaired ? (0..<n).map { $0 < found } : nil)
      }
      return RetrievalComparison([cells[0]], [cells[1]])
    }
    #expect(!compared(2, 0, of: 2).isSeparated && !compared(5, 2, of: 7).isSeparated)
    #expect(compared(6, 0, of: 6).isSeparated && abs((compared(6, 0, of: 6).exactTest ?? 1) - 0.03125) <= 1e-12)
    // Which trials were found decides: seven of ten against one of ten, on the same trials.
    #expect(compared(7, 1, of: 10).paired == nil)
    #expect(abs((compared(7, 1, of: 10, true).exactTest ?? 1) - 0.03125) <= 1e-12)
    #expect(MeasuredProportion(successes: 3, trials: 0).interval == 0...1)
  }

  @Test func filesOfTheSameMethodArePooled() throws {
    var all = Measurements(
      sources: [.init(name: "a.json")], losses: [measuredLosses("a", [[3, 3, 3, 3]])],
      retrieval: [
        MeasuredRetrieval(method: "a", length: 16, depth: 0.5, trials: 1, correct: 1, nll: 1, standardError: nil)
      ])
    all.add(
      Measurements(
        sources: [.init(name: "b.json")],
        losses: [
          measuredLosses("a", [[6, 6, 6, 6], [6, 6, 6, 9]], source: "b.json"), measuredLosses("b", [[1, 1, 1, 1]]),
        ],
        retrieval: [MeasuredRetrieval(method: "a", length: 16, depth: 0.5, trials: 3, correct: 0, nll: 5)]))
    let pooled = try #require(all.losses.first)
    #expect(
      all.losses.count == 2 && pooled.windows == 3 && pooled.tokens == 48 && pooled.sources == ["a.json", "b.json"])
    // Over the windows' means 3, 6 and 6.75.
    #expect(abs(pooled.nll - 5.25) <= 1e-12 && abs((pooled.standardError ?? 0) - 1.3125.squareRoot()) <= 1e-12)
    #expect(pooled.buckets[3].byWindow == [3, 6, 9] && abs(pooled.buckets[3].nll - 6) <= 1e-12)
    #expect(abs((pooled.buckets[3].standardError ?? 0) - 3.squareRoot()) <= 1e-12)
    #expect(all.retrieval.count == 1 && all.retrieval[0].correct == 1 && all.retrieval[0].trials == 4)
    #expect(abs((all.retrieval[0].nll ?? 0) - 4) <= 1e-12)
    #expect(all.methods == ["a", "b"] && all.lengths == [16])
    let joined = try #require(MeasuredLosses.joined(pooled.buckets))
    #expect(joined.from == 0 && joined.to == 16 && abs(joined.nll - 5.25) <= 1e-12 && joined.byWindow == [3, 6, 6.75])
  }

  @Test func aFileThatIsGivenTwiceCountsOnce() {
    func file(_ hash: String?, correct: Int) -> Measurements {
      Measurements(
        sources: [.init(name: "a.json", file: hash)],
        scores: [MeasuredScore(method: "a", length: 16, score: 1)],
        retrieval: [MeasuredRetrieval(method: "a", length: 16, depth: 0.5, trials: 3, correct: correct)])
    }
    var all = file("a.json#1", correct: 3)
    all.add(file("a.json#1", correct: 3))
    #expect(all.retrieval[0].trials == 3 && all.scores.count == 1 && all.sources.count == 1)
    // Another file of that name, and what tells no file.
    all.add(file("a.json#2", correct: 0))
    all.add(file(nil, correct: 0))
    #expect(all.retrieval[0].trials == 9 && all.retrieval[0].correct == 3 && all.sources.count == 3)
  }

  @Test func filesWithoutTokensWeighAlike() throws {
    var files = Measurements(), windows = Measurements()
    for (place, nll) in [1.0, 2, 3].enumerated() {
      let bucket = MeasuredLosses.Bucket(from: 0, to: 16, nll: nll)
      files.add(
        Measurements(losses: [
          MeasuredLosses(method: "a", length: 16, nll: nll, buckets: [bucket], sources: ["\(place).csv"])
        ]))
      // 1, 2 and 3 windows.
      windows.add(
        Measurements(losses: [
          MeasuredLosses(method: "a", length: 16, windows: place + 1, nll: nll, sources: ["\(place).csv"])
        ]))
    }
    let pooled = try #require(files.losses.first)
    #expect(abs(pooled.nll - 2) <= 1e-12 && abs(pooled.buckets[0].nll - 2) <= 1e-12, "\(pooled)")
    #expect(windows.losses[0].windows == 6 && abs(windows.losses[0].nll - 14.0 / 6) <= 1e-12)
  }

  @Test func bucketsWithoutTokensStillHaveAMean() throws {
    func joined(_ tokens: Int) -> MeasuredLosses.Bucket? {
      MeasuredLosses.joined([
        .init(from: 0, to: 4, tokens: tokens, nll: 1), .init(from: 4, to: 8, tokens: tokens, nll: 3),
      ])
    }
    #expect(joined(0)?.nll == 2 && joined(0)?.tokens == 0)
    #expect(joined(.max)?.tokens == .max)
  }

  @Test func rankingsNameTies() {
    let ranking = MeasuredRanking([
      measuredLosses("worse", [[4, 4.01, 4, 4], [5, 5, 5.01, 5]]),
      measuredLosses("best", [[3, 3, 3, 3], [4, 4, 4, 4]]),
      measuredLosses("tied", [[3.1, 2.9, 3.1, 2.91], [4.1, 3.9, 4.1, 3.92]]),
    ])
    #expect(ranking.entries.map(\.method) == ["best", "tied", "worse"])
    #expect(ranking.leaders.map(\.method) == ["best", "tied"] && ranking.separated.map(\.method) == ["worse"])
    // One document is not ranked among means over two.
    let ragged = MeasuredRanking(
      ["a", "b"].map { measuredLosses($0, [[3, 3, 3, 3]], source: "1.json") }.map { own in
        var pooled = Measurements(losses: [own])
        pooled.add(Measurements(losses: [measuredLosses(own.method, [[5, 5, 5, 5]], source: "2.json")]))
        return pooled.losses[0]
      } + [measuredLosses("c", [[3, 3, 3, 3]], source: "1.json")])
    #expect(ragged.entries.map(\.method) == ["a", "b"])
    // Without errors nothing is told apart.
    let bare = MeasuredRanking([
      MeasuredLosses(method: "a", length: 8, nll: 3), MeasuredLosses(method: "b", length: 8, nll: 9),
    ])
    #expect(bare.leaders.count == 2 && bare.separated.isEmpty)
  }

  @Test func methodsReadInOtherRunsArePairedByTheirText() throws {
    func record(_ method: String, _ losses: [Double], text hash: String?) -> PerplexityRecord {
      let nll = losses.reduce(0, +) / Double(losses.count)
      var setting = EvaluationSetting(text: "book.txt")
      setting.textHash = hash
      let buckets = losses.enumerated().map {
        PerplexityRecord.Bucket(
          from: 4 * $0.offset, to: 4 * $0.offset + 4, tokens: 4, nll: $0.element, byWindow: [$0.element])
      }
      return PerplexityRecord(
        runs: [
          PerplexityRecord.Run(
            method: method, length: 16, windows: 1, stride: nil, cache: nil, tokensScored: 16, nll: nll,
            standardError: nil, standardErrorOver: nil, perplexity: .exp(nll), byPosition: buckets)
        ], setting: setting)
    }
    func difference(_ hashes: (String?, String?)) throws -> MeasuredDifference? {
      var all = record("a", [3, 5, 4, 6], text: hashes.0).measurements(named: "1.json", identity: "1")
      all.add(record("b", [2, 4.5, 3, 5.5], text: hashes.1).measurements(named: "2.json", identity: "2"))
      // The first record once more.
      all.add(record("a", [3, 5, 4, 6], text: hashes.0).measurements(named: "1.json", identity: "1"))
      let (own, other) = try (#require(all.byPosition("a")), #require(all.byPosition("b")))
      #expect(own.windows == 1 && own.sources.count == 1)
      return MeasuredDifference(own, minus: other)
    }
    let same = try difference(("1f", "1f"))
    #expect(same?.blocks == 4 && abs((same?.mean ?? 0) - 0.75) <= 1e-12)
    // Another text, or one that is not known to be the same, has no blocks in common.
    for hashes in [("1f", "2f"), ("1f", nil), (nil, nil)] { #expect(try difference(hashes)?.blocks == 0) }
  }

  @Test func seriesHoldEveryNumber() {
    let measurements = Measurements(
      losses: [measuredLosses("a", [[3, 3, 3, 3], [4, 4, 4, 4]])],
      scores: [MeasuredScore(method: "a", length: 8, score: 90), MeasuredScore(method: "a", length: 4, score: 95)],
      retrieval: [MeasuredRetrieval(method: "a", length: 16, depth: 1, trials: 2, correct: 1)])
    let series = measurements.series
    #expect(series.map(\.name) == ["measured-loss", "measured-score", "measured-retrieval"])
    #expect(series[0].x == [2, 6, 10, 14] && series[0].y == [3.5, 3.5, 3.5, 3.5] && series[0].lower[0] == 3)
    #expect(series[1].x == [4, 8] && series[1].y == [95, 90] && series[2].y == [0.5])
  }

  @Test func benchmarksAreCurvesOfTheirOwn() {
    let measurements = Measurements(scores: [
      MeasuredScore(method: "a", length: 4096, score: 90, benchmark: "RULER"),
      MeasuredScore(method: "a", length: 4096, score: 40, benchmark: "LongBench"),
      MeasuredScore(method: "b", length: 4096, score: 35, benchmark: "LongBench"),
      MeasuredScore(method: "a", length: 2048, score: 95, benchmark: "RULER"),
      MeasuredScore(method: "b", length: 2048, score: 1),
    ])
    #expect(measurements.benchmarks == ["RULER", "LongBench", nil])
    let series = measurements.series
    #expect(series.map { "\($0.method) \($0.series)" } == ["a RULER", "a LongBench", "b LongBench", "b score"])
    #expect(series.map(\.y) == [[95, 90], [40], [35], [1]])
  }
}

import Foundation
import RealModule
import RopeInference
import RopeMath
import RopeRecords
import Testing

/// The search's engine, on objectives whose least value is known.
@Suite struct SearchTests {
  private static func frame(
    dimension: Int = 64, base: Double = 10_000, trained: Int = 2048, target: Int = 8192, attention: Double? = nil
  ) throws -> SearchFrame {
    try SearchFrame(
      RotaryGeometry(headDimension: dimension, base: base, trainedLength: trained), target: target,
      attentionFactor: attention)
  }

  /// Distance of a table from a wanted one: the root mean square of the logarithms' difference and of the attention
  /// factors'. Shorter rungs see every second pair only.
  private struct Distance: SearchObjective {
    let wanted: FactorTable
    var rungs = 2

    func score(
      _ table: FactorTable, rung: Int, progress: @escaping @Sendable (Double) -> Void
    ) throws(InferenceError) -> SearchCandidate.Score {
      var sum = 0.0
      for (pair, (a, b)) in zip(table.factors, wanted.factors).enumerated() where rung == rungs - 1 || pair % 2 == 0 {
        sum += (Double.log(a) - .log(b)) * (Double.log(a) - .log(b))
      }
      let attention = table.attentionFactor - wanted.attentionFactor
      progress(1)
      return .init(rung: rung, objective: (sum / Double(wanted.factors.count) + attention * attention).squareRoot())
    }
  }

  /// Keeps what was measured, as a checkpoint does, and stops after so many new measurements.
  private final class Memory<Objective: SearchObjective>: SearchObjective, @unchecked Sendable {
    private let lock = NSLock()
    private var known: [FactorTable: [Int: SearchCandidate.Score]] = [:]
    private let objective: Objective
    private(set) var measured = 0
    var left = Int.max

    init(_ objective: Objective) { self.objective = objective }

    func score(
      _ table: FactorTable, rung: Int, progress: @escaping @Sendable (Double) -> Void
    ) throws(InferenceError) -> SearchCandidate.Score {
      if let score = lock.withLock({ known[table]?[rung] }) { return score }
      guard left > 0 else { throw .cancelled }
      let score = try objective.score(table, rung: rung, progress: progress)
      lock.withLock {
        known[table, default: [:]][rung] = score
        measured += 1
        left -= 1
      }
      return score
    }
  }

  private func search(
    _ form: SearchForm, _ frame: SearchFrame, population: Int = 32, generations: Int = 24, rungs: Int = 2,
    seed: UInt64 = 0
  ) throws -> FactorSearch {
    try FactorSearch(
      form.space(frame),
      schedule: FactorSearch.schedule(
        frame, population: population, generations: generations, windows: 2, rungs: rungs),
      seed: seed)
  }

  /// No pair is stretched less than a faster one, and none is compressed.
  private func isMonotone(_ table: FactorTable) -> Bool {
    (table.factors.first ?? 1) >= 1 && zip(table.factors, table.factors.dropFirst()).allSatisfy { $0 <= $1 }
  }

  @Test(arguments: SearchForm.allCases) func everyTableIsMonotoneAndWithinItsRange(_ form: SearchForm) throws {
    for (dimension, base, trained, target) in [
      (64, 10_000.0, 2048, 4096), (128, 500_000, 8192, 131_072), (4, 10_000, 128, 512), (32, 1, 512, 1024),
      (256, 1e6, 32_768, 40_000), (64, 100, 65_536, 131_072),
    ] {
      let frame = try Self.frame(dimension: dimension, base: base, trained: trained, target: target)
      let space = form.space(frame)
      var generator = SeededGenerator(seed: 3), pool = space.starts
      #expect(!pool.isEmpty)
      for round in 0..<300 {
        let parent = pool[Int(generator.next() % UInt64(pool.count))], other = pool[round % pool.count]
        pool.append(
          round % 3 == 0
            ? space.crossed(parent, other, using: &generator) : space.mutated(parent, using: &generator))
      }
      let tables = pool.map(space.table)
      for table in tables {
        #expect(table.factors.count == dimension / 2 && table.factors.allSatisfy { $0 <= frame.largest + 1e-4 })
        #expect(table.attentionFactor >= 0.95 && table.attentionFactor <= frame.attentionFactors.upperBound + 5e-5)
      }
      #expect(tables.allSatisfy(isMonotone), "\(dimension) \(base)")
      #expect(Set(tables).count > 50, "\(dimension) \(base): \(Set(tables).count) tables")
    }
  }

  @Test func pairsBeyondTheCriticalOneAreStretchedByTheWholeFactorAtLeast() throws {
    let frame = try Self.frame(), space = SearchForm.pairs.space(frame)
    let critical = frame.geometry.criticalPair(at: frame.geometry.trainedLength)
    var generator = SeededGenerator(seed: 1), genes = space.starts[0]
    for _ in 0..<500 {
      genes = space.mutated(genes, using: &generator)
      let place = try #require(Int(exactly: genes[0])), factors = space.table(genes).factors
      #expect(place >= 1 && place <= critical && factors[0] == 1)
      #expect(factors[place...].allSatisfy { $0 >= frame.factor && $0 <= 2 * frame.factor + 1e-4 })
      // Below it NTK-aware: logarithms in equal steps.
      for pair in 0..<place {
        let wanted = Double.pow(factors[place], Double(pair) / Double(place))
        #expect(abs(factors[pair] - wanted) <= 1e-4)
      }
    }
  }

  @Test func knownMethodsArePlacesOfTheCurve() throws {
    let frame = try Self.frame(), space = SearchForm.curve.space(frame)
    let tables = space.starts.map(space.table)
    func ratios(_ method: String) throws -> [Double] {
      let plan = try BoundMethod(
        MethodSpecification.parse(method), context: MethodContext(geometry: frame.geometry, targetLength: frame.target)
      ).plan(length: frame.target)
      return zip(frame.geometry.inverseFrequencies, plan.inverseFrequencies).map { $0 / $1 }
    }
    func error(_ table: FactorTable, _ method: String) throws -> Double {
      zip(table.factors, try ratios(method)).map { abs(.log($0) - .log($1)) }.max() ?? .infinity
    }
    #expect(try error(tables[1], "ntk:factor=4") <= 1e-4)
    #expect(try error(tables[2], "linear:factor=4") <= 1e-4)
    // YaRN blends frequencies, the curve logarithms: alike outside the ramp, near within.
    #expect(try error(tables[0], "yarn:factor=4") <= 0.5)
    let yarn = try ratios("yarn:factor=4")
    for pair in tables[0].factors.indices where yarn[pair] == 1 || yarn[pair] == 4 {
      #expect(abs(tables[0].factors[pair] - yarn[pair]) <= 0.05, "pair \(pair)")
    }
    #expect(abs(tables[0].attentionFactor - (1 + 0.1 * .log(4))) <= 1e-4)
    // The table as a method gives its own frequencies beyond the trained length, and plain ones within.
    let bound = try BoundMethod(
      tables[0].specification(frame), context: MethodContext(geometry: frame.geometry, targetLength: frame.target))
    let long = try bound.plan(length: frame.target), short = try bound.plan(length: 2048)
    #expect(short.inverseFrequencies == frame.geometry.inverseFrequencies)
    #expect(long.attentionFactor == tables[0].attentionFactor)
    for (pair, frequency) in frame.geometry.inverseFrequencies.enumerated() {
      #expect(long.inverseFrequencies[pair] == frequency / tables[0].factors[pair])
    }
  }

  @Test(arguments: SearchForm.allCases) func aKnownOptimumIsFound(_ form: SearchForm) throws {
    let frame = try Self.frame(), space = form.space(frame)
    let wanted: FactorTable
    switch form {
    case .curve: wanted = space.table([0.35, 0.8, 5.5, 1.8, 1.1])
    case .pairs:
      let list = (0..<32).map { (pair: Int) -> Double in 4 + 2.5 * Double(max(0, pair - 9)) / 22 }
      wanted = space.table([9, 1.1] + list)
    }
    let objective = Distance(wanted: wanted)
    var reached: [Double] = [], starts: [Double] = []
    for seed in 0..<3 {
      let history = try search(
        form, frame, population: 48, generations: form == .curve ? 40 : 200, seed: UInt64(seed)
      ).run(objective)
      let ranked = SearchCandidate.ranked(history, at: 1)
      reached.append(try #require(ranked.first?.score(at: 1)?.objective))
      starts += try history.filter { $0.origin == .start }.map {
        try #require(
          objective.score(FactorTable(factors: $0.factors, attentionFactor: $0.attentionFactor), rung: 1) { _ in }
            .objective)
      }
    }
    let best = try #require(starts.min())
    #expect(reached.allSatisfy { $0 <= (form == .curve ? 0.35 : 0.45) * best }, "\(reached) from \(best)")
  }

  @Test func seedsRepeatAndDiffer() throws {
    let frame = try Self.frame(),
      objective = Distance(wanted: SearchForm.curve.space(frame).table([0.2, 0.7, 5, 1, 1]))
    for form in SearchForm.allCases {
      let first = try search(form, frame, generations: 5, seed: 7).run(objective)
      #expect(try search(form, frame, generations: 5, seed: 7).run(objective) == first)
      #expect(try search(form, frame, generations: 5, seed: 8).run(objective) != first)
      #expect(first.map(\.id) == Array(first.indices))
      let tables = first.map { FactorTable(factors: $0.factors, attentionFactor: $0.attentionFactor) }
      #expect(Set(tables).count == tables.count, "no table is measured twice")
      // Children stand between their parents' generations and their own.
      for candidate in first {
        #expect(candidate.parents.allSatisfy { $0 < candidate.id })
        #expect((candidate.origin == .start) == candidate.parents.isEmpty)
      }
    }
  }

  @Test func halvesAreDroppedRungByRung() throws {
    let frame = try Self.frame(), search = try search(.curve, frame, population: 20, generations: 3, rungs: 3)
    let schedule = search.schedule
    #expect(schedule.rungs.map(\.length) == [3251, 5161, 8192] && schedule.rungs.map(\.windows) == [1, 1, 2])
    #expect(schedule.counts(of: 20) == [20, 10, 5] && schedule.counts(of: 1) == [1, 1, 1])
    let wanted = SearchForm.curve.space(frame).table([0.2, 0.7, 5, 1, 1])
    var seen = 0
    let history = try search.run(Distance(wanted: wanted, rungs: 3)) { _ in
    } scored: { candidate in
      seen += 1
      #expect(!candidate.scores.isEmpty)
    }
    for generation in 0..<3 {
      let own = history.filter { $0.generation == generation }
      #expect(own.count == schedule.size(of: generation))
      for rung in 0..<3 {
        #expect(own.count { $0.score(at: rung) != nil } == schedule.counts(of: own.count)[rung])
        guard rung < 2 else { continue }
        let kept = own.filter { $0.score(at: rung + 1) != nil }.compactMap { $0.score(at: rung)?.objective }
        let dropped = own.filter { $0.score(at: rung) != nil && $0.score(at: rung + 1) == nil }
          .compactMap { $0.score(at: rung)?.objective }
        #expect((kept.max() ?? 0) <= (dropped.min() ?? .infinity))
      }
    }
    #expect(seen == history.map(\.scores.count).reduce(0, +))
    let read = history.flatMap(\.scores).reduce(0.0) {
      $0 + Double(schedule.rungs[$1.rung].length * schedule.rungs[$1.rung].windows)
    }
    #expect(read == schedule.tokens, "what is foretold is what is read")
  }

  @Test func aStoppedSearchGoesOnToTheSameBytes() throws {
    let frame = try Self.frame(), wanted = SearchForm.pairs.space(frame).table([5, 1.1])
    for form in SearchForm.allCases {
      let search = try search(form, frame, population: 12, generations: 5, seed: 2)
      let whole = try search.run(Distance(wanted: wanted)), memory = Memory(Distance(wanted: wanted))
      var rounds = 0
      while true {
        memory.left = 7
        var seen: [SearchCandidate] = []
        do {
          let history = try search.run(memory, scored: { seen.append($0) })
          let encoder = JSONEncoder()
          encoder.outputFormatting = .sortedKeys
          #expect(try encoder.encode(history) == encoder.encode(whole))
          break
        } catch InferenceError.cancelled {
          rounds += 1
          #expect(!seen.isEmpty, "what was measured is handed over before")
        }
        try #require(rounds < 100)
      }
      #expect(rounds >= 3 && memory.measured == whole.map(\.scores.count).reduce(0, +), "nothing is measured twice")
      let decoded = try JSONDecoder().decode([SearchCandidate].self, from: JSONEncoder().encode(whole))
      #expect(decoded == whole)
    }
  }

  @Test func objectivesThatAreNoNumbersAreNotChosen() throws {
    struct Broken: SearchObjective {
      let distance: Distance
      func score(
        _ table: FactorTable, rung: Int, progress: @escaping @Sendable (Double) -> Void
      ) throws(InferenceError) -> SearchCandidate.Score {
        var score = try distance.score(table, rung: rung, progress: progress)
        if table.attentionFactor > 1 { score.objective = table.attentionFactor > 1.1 ? .nan : .infinity }
        return score
      }
    }
    let frame = try Self.frame(), wanted = SearchForm.curve.space(frame).table([0.2, 0.7, 5, 1, 1.2])
    let history = try search(.curve, frame, generations: 3).run(Broken(distance: Distance(wanted: wanted)))
    let best = try #require(SearchCandidate.ranked(history, at: 1).first)
    #expect(best.attentionFactor <= 1 && best.score(at: 1)?.objective?.isFinite == true)
    #expect(history.flatMap(\.scores).allSatisfy { $0.objective?.isFinite != false })
  }

  @Test func aHeldAttentionFactorStays() throws {
    let factor = LongRoPE.attentionFactor(scale: 4, trainedLength: 2048), frame = try Self.frame(attention: factor)
    for form in SearchForm.allCases {
      let space = form.space(frame)
      let history = try search(form, frame, population: 8, generations: 3).run(
        Distance(wanted: space.table(space.starts[0])))
      #expect(history.allSatisfy { $0.attentionFactor == factor })
    }
  }

  @Test func whatCannotBeSearchedIsRefused() throws {
    func message(_ work: () throws -> Void) -> String {
      do { try work() } catch { return "\(error)" }
      return ""
    }
    #expect(message { _ = try Self.frame(target: 2048) }.contains("not beyond the 2048"))
    #expect(message { _ = try Self.frame(dimension: 2) }.contains("at least two"))
    #expect(message { _ = try Self.frame(attention: 3) }.contains("0.5 … 2"))
    let frame = try Self.frame()
    #expect(message { _ = try search(.curve, frame, population: 3) }.contains("a population of 3"))
    #expect(message { _ = try search(.curve, frame, generations: 0) }.contains("a number of generations of 0"))
    #expect(
      message {
        _ = try FactorSearch(
          SearchForm.curve.space(frame),
          schedule: .init(population: 4, generations: 1, parents: 2, mutants: 1, crossovers: 0, rungs: []))
      }.contains("a number of rungs of 0"))
  }
}

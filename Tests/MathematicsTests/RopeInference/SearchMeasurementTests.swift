import Foundation
import RopeInference
import RopeMath
import RopeRecords
import RopeTestSupport
import RopeText
import Testing

/// What a search measures on a model, and what it says of texts that it did not read.
@Suite struct SearchMeasurementTests {
  private let model: RandomModel
  private let language: any LanguageModel
  private let tokenize: @Sendable (String) -> [Int] = { $0.utf8.map { Int($0) % RandomModel.sizes.vocabulary } }

  init() throws {
    model = try RandomModel(family: "llama")
    language = try Transformer<Float>(model.decoder, weights: MemoryWeights(model.tensors), resolved: model.resolved)
  }

  private func probe(_ checkpoint: EvaluationCheckpoint = .none) -> NeedleProbe {
    let documents = [("a", UInt64(1)), ("b", 2)].map { name, seed in
      EvaluationSource.Document(name: name, content: .tokens(RandomModel.tokens(700, seed: seed)))
    }
    let source = EvaluationSource(documents: documents, beginning: [3], encode: tokenize) { _ in "" }
    return NeedleProbe(language, source, seed: 4, checkpoint: checkpoint)
  }

  @Test func onePassTellsWhatTwoEvaluationsTell() throws {
    let probe = probe(), length = 320
    for (item, method) in [(0, "none"), (1, "linear:factor=5"), (2, "yarn:factor=5")] {
      let plans = try model.plans(method, length: length)
      let measured = try probe.measurement(length: length, document: 1, item: item, of: 3, plans: plans)
      // The same prompt, by the evaluations of loss and of retrieval.
      let depth = NeedleProbe.depth(of: item, of: 3), task = PasskeyEvaluation(lengths: [length], seed: 4)
      let prompt = try task.prompt(
        length: length, depth: depth, trial: item, haystack: RandomModel.tokens(700, seed: 2), beginning: [3],
        tokenize: tokenize)
      let tokens = prompt.tokens + prompt.answer
      #expect(tokens.count == length && abs(depth - [1 / 6, 0.5, 5 / 6][item]) < 1e-12)
      let losses = try language.losses(of: tokens, plans: plans, options: RunOptions())
      let before = losses[..<(prompt.tokens.count - 1)], after = losses[(prompt.tokens.count - 1)...]
      #expect(abs(measured.loss - before.reduce(0, +) / Double(before.count)) <= 1e-5)
      #expect(abs(measured.needleLoss - after.reduce(0, +) / Double(after.count)) <= 1e-5)
      let rows = try model.logits(Float.self, tokens, method: method)
      let isFound = prompt.answer.indices.allSatisfy { place in
        let row = rows[prompt.tokens.count - 1 + place]
        return row.firstIndex(of: row.max() ?? 0) == prompt.answer[place]
      }
      #expect(measured.isFound == isFound)
    }
  }

  @Test func shortRungsReadTheTargetsPlans() throws {
    let frame = try SearchFrame(model.plans("none", length: 1).full.geometry, target: 512)
    let rungs = [SearchSchedule.Rung(length: 300, windows: 1), .init(length: 512, windows: 2)]
    let objective = try ModelObjective(probe(), frame: frame, rungs: rungs, reading: model.resolved, needleWeight: 0.25)
    let table = FactorTable(factors: [1, 2, 6, 9], attentionFactor: 1.1)
    let specification = table.specification(frame)
    #expect(
      specification.description
        == "longrope:attention_factor=1.1,factor=8,long_factor=[1;2;6;9],long_mscale=1.1,original_max_position_embeddings=64,short_factor=[1;1;1;1],short_mscale=1.1"
    )
    #expect(try MethodSpecification.parse(specification.description) == specification)
    let plans = try MethodPlanner(specification, model: model.resolved, targetLength: 512).plans(length: 512)
    for rung in rungs.indices {
      let score = try objective.score(table, rung: rung) { _ in }
      let measured = try (0..<rungs[rung].windows).map {
        try probe().measurement(
          length: rungs[rung].length, document: $0, item: $0, of: rungs[rung].windows, plans: plans)
      }
      let loss = measured.map(\.loss).reduce(0, +) / Double(measured.count)
      let needle = measured.map(\.needleLoss).reduce(0, +) / Double(measured.count)
      #expect(score.loss == loss && score.needleLoss == needle && score.found == measured.count { $0.isFound })
      #expect(abs((score.objective ?? 0) - (0.75 * loss + 0.25 * needle)) <= 1e-12)
    }
  }

  @Test func aSearchOnAModelIsTakenUpAgain() throws {
    let frame = try SearchFrame(model.plans("none", length: 1).full.geometry, target: 256)
    let search = try FactorSearch(
      SearchForm.curve.space(frame),
      schedule: FactorSearch.schedule(frame, population: 4, generations: 2, windows: 2, rungs: 1))
    let lines = FinishedPieces()
    func run(_ checkpoint: EvaluationCheckpoint, stopAfter limit: Int) throws -> [SearchCandidate] {
      var probe = probe(checkpoint)
      let before = lines.all.count
      probe.options.control = RunControl(isCancelled: { lines.all.count - before >= limit })
      return try search.run(
        ModelObjective(probe, frame: frame, rungs: search.schedule.rungs, reading: model.resolved))
    }
    let whole = try run(.none, stopAfter: .max)
    #expect(throws: InferenceError.self) { try run(lines.checkpoint(), stopAfter: 5) }
    let count = lines.all.count
    #expect(count == 5)
    #expect(try run(lines.checkpoint(), stopAfter: .max) == whole)
    #expect(lines.all.count == 2 * whole.count && Set(lines.all.map(\.key)).count == 2 * whole.count)
    // The best of what was measured, on the texts it was chosen by.
    let best = try #require(SearchCandidate.ranked(whole, at: 0).first?.score(at: 0)?.objective)
    #expect(whole.allSatisfy { ($0.score(at: 0)?.objective ?? .infinity) >= best })
  }

  @Test func everyMethodReadsTheSameWindowsOfOtherTexts() throws {
    let comparison = try HeldOutComparison(probe(), length: 256, windows: 2)
    let methods = try ["yarn:factor=4", "ntk:factor=4"].map { MethodRun(try model.planner($0, target: 256)) }
    let items = try comparison.run(methods)
    #expect(items.count == 8 && comparison.tokens(methods: 2) == 2048)
    #expect(items.map(\.document) == ["a", "a", "b", "b", "a", "a", "b", "b"])
    #expect(items.map(\.method) == (0..<4).flatMap { _ in ["yarn:factor=4", "ntk:factor=4"] })
    #expect(items.map(\.depth) == [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75])
    let plans = try methods[1].planner.plans(length: 256)
    let measured = try probe().measurement(length: 256, document: 1, item: 1, of: 2, plans: plans)
    #expect(items[7].loss == measured.loss && items[7].needleLoss == measured.needleLoss)
    #expect(throws: InferenceError.self) { try HeldOutComparison(probe(), length: 701, windows: 1) }
    #expect(throws: InferenceError.self) { try HeldOutComparison(probe(), length: 100, windows: 1) }
    #expect(throws: InferenceError.self) { try HeldOutComparison(probe(), length: 300, windows: 0) }
  }

  private func record(_ items: [SearchRecord.Item]) throws -> SearchRecord {
    let frame = try SearchFrame(RotaryGeometry(headDimension: 8, trainedLength: 64), target: 256)
    var record = SearchRecord(
      setting: .init(model: "m", trainedLength: 64, targetLength: 256, text: nil, precision: "float32"), seed: 0,
      space: "curve", schedule: FactorSearch.schedule(frame, population: 4, generations: 1, windows: 1),
      needleWeight: 0.5, documents: .init(search: ["s"], heldOut: ["a", "b", "c"]), history: [], names: [])
    record.add(items)
    return record
  }

  /// Losses by text and window, and windows found, of two methods; numbers of the expectation by hand (t with two degrees
  /// of freedom: P = 1 − |t|/√(t² + 2), 97.5 % at 4.302652730).
  @Test func differencesAreByText() throws {
    func items(_ method: String, _ losses: [[Double]], found: Int) -> [SearchRecord.Item] {
      losses.enumerated().flatMap { place, values in
        values.enumerated().map { window, loss in
          SearchRecord.Item(
            method: method, document: ["a", "b", "c"][place], item: window, depth: 0.5, loss: loss,
            needleLoss: 2 * loss, isFound: 2 * place + window < found)
        }
      }
    }
    let own = items("found", [[2, 2.2], [3, 3.1], [2.5, 2.4]], found: 6)
    let other = items("yarn", [[2.1, 2.25], [3.3, 3.2], [2.55, 2.6]], found: 0)
    let record = try record(own + other)
    #expect(abs((record.loss ?? 0) - (2.1 + 3.05 + 2.45) / 3) <= 1e-12 && record.heldOut?.documents == 3)
    let comparison = try #require(record.baselines.first)
    #expect(record.baselines.count == 1 && comparison.summary.windows == 6 && comparison.summary.found == 0)
    let loss = comparison.lossDifference
    #expect(abs(loss.mean + 0.13333333333333333) <= 1e-12)
    #expect(
      abs((loss.lower ?? 0) + 0.2896235703236054) <= 1e-9 && abs((loss.upper ?? 0) - 0.022956903656938782) <= 1e-9)
    #expect(abs((loss.p ?? 0) - 0.06686105036831314) <= 1e-9 && !loss.isToldApart)
    #expect(abs(comparison.needleDifference.mean - 2 * loss.mean) <= 1e-12)
    // Six windows that only one of two finds: P = 2·2⁻⁶.
    #expect(comparison.foundDifference.mean == 1 && abs((comparison.foundDifference.p ?? 0) - 0.03125) <= 1e-12)
    #expect(comparison.foundDifference.isToldApart)
    let rows = record.table.rows.map { $0.map { Language.english($0) } }
    #expect(rows.count == 2 && rows[1].last == "retrieval: searched is better" && rows[0][3] == "6/6")
    // Two equal methods: Holm doubles what both have.
    let three = try self.record(own + other + items("ntk", [[2.1, 2.25], [3.3, 3.2], [2.55, 2.6]], found: 0))
    #expect(three.baselines.count == 2)
    for entry in three.baselines { #expect(abs((entry.foundDifference.adjusted ?? 0) - 0.0625) <= 1e-12) }
    #expect(three.table.rows[1].last.map { Language.english($0) } == "not told apart")
    // One text has no interval.
    let single = try self.record(own.filter { $0.document == "a" } + other.filter { $0.document == "a" })
    #expect(single.baselines.first?.lossDifference.lower == nil && single.baselines.first?.lossDifference.p == nil)
    #expect(single.table.notes.contains("One text says nothing of others: there is no interval of the loss."))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(try JSONDecoder().decode(SearchRecord.self, from: encoder.encode(record)) == record)
  }
}

import Foundation
import RealModule
import RopeInference
import RopeMath
import RopeRecords
import RopeTensors
import RopeTestSupport
import Testing

/// The evaluations on a small random model, against what their definitions say.
@Suite struct EvaluationTests {
  private let model: RandomModel
  private let language: any LanguageModel

  init() throws {
    model = try RandomModel(family: "llama")
    language = try Transformer<Float>(model.decoder, weights: MemoryWeights(model.tensors), resolved: model.resolved)
  }

  private func methods(_ names: [String], target: Int) throws -> [MethodRun] {
    try names.map { MethodRun(try model.planner($0, target: target)) }
  }

  private func losses(_ tokens: [Int], _ method: String = "none") throws -> [Double] {
    let rows = try model.logits(Double.self, tokens, method: method)
    return (0..<tokens.count - 1).map { i in
      let largest = rows[i].max() ?? 0
      return largest + .log(rows[i].reduce(0) { $0 + .exp($1 - largest) }) - rows[i][tokens[i + 1]]
    }
  }

  @Test func lossesFollowFromLogits() throws {
    let tokens = RandomModel.tokens(60)
    let fast = try language.losses(of: tokens, plans: model.plans("none", length: 60), options: RunOptions())
    let error = zip(fast, try losses(tokens)).map { abs($0 - $1) }.max() ?? .infinity
    #expect(fast.count == 59 && error <= 1e-5, "off by \(error)")
  }

  @Test func windowsBucketsAndErrors() throws {
    let tokens = RandomModel.tokens(1300)
    let evaluation = PerplexityEvaluation(lengths: [100, 600], options: RunOptions(chunk: 256))
    let names = ["none", "dynamic:factor=2"]
    let record = try evaluation.run(language, tokens: tokens, methods: methods(names, target: 600))
    #expect(record.runs.map(\.length) == [100, 600, 100, 600])
    #expect(record.runs.map(\.windows) == [13, 2, 13, 2])
    let run = record.runs[1]
    let expected = try [0, 600].map { try losses(Array(tokens[$0..<$0 + 600])) }
    let all = expected.flatMap { $0 }
    #expect(run.tokensScored == 1198 && abs(run.nll - all.reduce(0, +) / 1198) <= 1e-5)
    #expect(abs(run.perplexity - .exp(run.nll)) <= 1e-12 * run.perplexity)
    let buckets = try #require(run.byPosition)
    #expect(buckets.map(\.from) == [0, 512] && buckets.map(\.tokens) == [1024, 174])
    let tail = expected.flatMap { $0[512...] }
    #expect(abs(buckets[1].nll - tail.reduce(0, +) / 174) <= 1e-5)
    let means = expected.map { $0.reduce(0, +) / 599 }
    #expect(run.standardErrorOver == .windows)
    #expect(abs((run.standardError ?? 0) - abs(means[0] - means[1]) / 2) <= 1e-5)
    // Plain rotation does not depend on the length: the short windows' first one came with the long one's pass.
    let short = try PerplexityEvaluation(lengths: [100])
      .run(language, tokens: tokens, methods: methods(["none"], target: 600))
    #expect(abs(short.runs[0].nll - record.runs[0].nll) <= 1e-6)
  }

  @Test func stridesScoreEachTokenOnce() throws {
    let tokens = RandomModel.tokens(100)
    let evaluation = PerplexityEvaluation(lengths: [40], stride: 20)
    let run = try evaluation.run(language, tokens: tokens, methods: methods(["none"], target: 40)).runs[0]
    #expect(run.windows == 4 && run.tokensScored == 99)
    let expected =
      try losses(Array(tokens[..<40]))
      + [20, 40, 60].flatMap { try losses(Array(tokens[$0..<$0 + 40])).suffix(20) }
    let mean = expected.reduce(0, +) / 99
    #expect(abs(run.nll - mean) <= 1e-5)
    // Windows count by what they score: 39 losses of the first, 20 of each other.
    let sizes = [39, 20, 20, 20], ends = [39, 59, 79, 99]
    let squares = zip(sizes, ends).reduce(0.0) { sum, part in
      let excess = expected[part.1 - part.0..<part.1].reduce(0) { $0 + $1 - mean }
      return sum + excess * excess
    }
    #expect(abs((run.standardError ?? 0) - (squares * 4 / 3).squareRoot() / 99) <= 1e-5)
  }

  @Test func everyWindowBeginsAsTheModelWants() throws {
    let tokens = RandomModel.tokens(100)
    let run = try PerplexityEvaluation(lengths: [40])
      .run(language, tokens: tokens, methods: methods(["none"], target: 40), beginning: [7]).runs[0]
    let expected = try losses([7] + tokens[..<39]) + losses([7] + tokens[40..<79])
    #expect(run.windows == 2 && run.tokensScored == 78)
    #expect(abs(run.nll - expected.reduce(0, +) / 78) <= 1e-5)
  }

  @Test func staleCachesDifferWherePlansMove() throws {
    let tokens = RandomModel.tokens(128)
    func nll(_ method: String, _ cache: PerplexityEvaluation.Cache) throws -> Double {
      try PerplexityEvaluation(lengths: [128], caches: [cache])
        .run(language, tokens: tokens, methods: methods([method], target: 128)).runs[0].nll
    }
    #expect(try nll("ntk:factor=2", .stale) == nll("ntk:factor=2", .consistent))
    #expect(try abs(nll("dynamic:factor=2", .stale) - nll("dynamic:factor=2", .consistent)) > 1e-5)
    // Both in one record: what moves has two rows, and a method that rotates as the window's plan does takes the losses of
    // consistent keys.
    let names = ["dynamic:factor=2", "self-extend", "ntk:factor=2", "dynamic:factor=2"]
    let record = try PerplexityEvaluation(lengths: [128], caches: [.consistent, .stale])
      .run(language, tokens: tokens, methods: methods(names, target: 128))
    #expect(
      record.runs.map { "\($0.method) \($0.cache ?? "")" } == [
        "dynamic:factor=2 consistent", "dynamic:factor=2 stale", "self-extend consistent", "ntk:factor=2 consistent",
        "dynamic:factor=2 consistent", "dynamic:factor=2 stale",
      ])
    #expect(record.runs[0].nll == record.runs[4].nll && record.runs[1].nll == record.runs[5].nll)
    let labels = record.measurements(named: "a.json", identity: "a").methods
    #expect(labels == ["dynamic:factor=2", "dynamic:factor=2 (stale keys)", "self-extend", "ntk:factor=2"])
  }

  @Test func passkeysAreScoredAsGenerationFindsThem() throws {
    // Every character is a token; the model is random, so what matters is that the two ways of scoring agree.
    let tokenize: @Sendable (String) -> [Int] = { $0.utf8.map { Int($0) % RandomModel.sizes.vocabulary } }
    let haystack = RandomModel.tokens(500)
    let evaluation = PasskeyEvaluation(lengths: [250, 300], depths: [0, 0.5, 1], trials: 2, seed: 3)
    let record = try evaluation.run(
      language, haystack: haystack, methods: methods(["none", "ntk:factor=2"], target: 300), tokenize: tokenize)
    #expect(record.cells.count == 12 && record.cells.allSatisfy { $0.trials == 2 && $0.standardError != nil })
    #expect(record.cells.allSatisfy { $0.meanRank ?? 0 >= 1 && $0.nll ?? 0 > 0 })
    let prompt = try evaluation.prompt(length: 250, depth: 0.5, trial: 0, haystack: haystack, tokenize: tokenize)
    #expect(prompt.tokens.count + prompt.answer.count == 250)
    // Cells are independent: each hides a number of its own.
    let answers = try [(250, 0.5, 0), (250, 0.5, 1), (250, 0.0, 0), (300, 0.5, 0)].map { length, depth, trial in
      try evaluation.prompt(length: length, depth: depth, trial: trial, haystack: haystack, tokenize: tokenize).answer
    }
    #expect(Set(answers).count == 4)
    let planner = try model.planner("none", target: 250)
    let found = try GreedyGeneration(count: prompt.answer.count).run(
      language, prompt: prompt.tokens, method: MethodRun(planner))
    let one = try PasskeyEvaluation(lengths: [250], depths: [0.5], trials: 1, seed: 3).run(
      language, haystack: haystack, methods: [MethodRun(planner)], tokenize: tokenize)
    #expect((found == prompt.answer) == (one.cells[0].correct == 1))
    // A model that has learned nothing finds nothing; what greedy decoding does give must score as found.
    let logits = try model.logits(Double.self, prompt.tokens)
    let best = logits[prompt.tokens.count - 1].enumerated().max { $0.element < $1.element }?.offset
    #expect(found.first == best)
  }

  @Test func statisticsAreMomentsOfProjections() throws {
    let tokens = RandomModel.tokens(50), method = MethodRun(try model.planner("none", target: 50))
    let record = try StatisticsEvaluation(options: RunOptions(chunk: 16)).run(language, tokens: tokens, method: method)
    #expect(record.queries.count == 8 && record.keys.count == 4 && record.logits.count == 8)
    // The first layer's queries follow from embedding, norm and projection alone.
    let s = RandomModel.sizes
    func values(_ name: String) -> [Double] { (model.tensors[name]?.values ?? []).map { Double($0) } }
    let table = values("model.embed_tokens.weight"), norm = values("model.layers.0.input_layernorm.weight")
    let weight = values("model.layers.0.self_attn.q_proj.weight")
    let head = 2, pair = 1
    let features = tokens.map { token -> [Double] in
      let x = Array(table[token * s.hidden..<(token + 1) * s.hidden])
      let normed = PlainLoops.rootMeanSquareNorm(x, weight: norm, offset: 0, epsilon: 1e-6)
      return [pair, pair + s.head / 2].map { feature in
        let row = head * s.head + feature
        return (0..<s.hidden).reduce(0.0) { $0 + weight[row * s.hidden + $1] * normed[$1] }
      }
    }
    let mean = features.reduce(0) { $0 + $1[1] } / 50
    let variance = features.reduce(0) { $0 + ($1[1] - mean) * ($1[1] - mean) } / 50
    let measured = record.queries[head].pairs[pair]
    #expect(abs(measured.mean[1] - mean) <= 1e-5 && abs(measured.variance[1] - variance) <= 1e-5)
  }

  @Test func sampledAttentionIsThatOfTheModel() throws {
    let tokens = RandomModel.tokens(96)
    for name in ["none", "yarn:factor=2", "self-extend"] {
      let method = MethodRun(try model.planner(name, target: 96))
      let record = try StatisticsEvaluation(options: RunOptions(chunk: 32)).run(
        language, tokens: tokens, method: method)
      #expect(record.positions == [63, 89, 95] && record.method == name)
      let plans = try method.planner.plans(length: 96)
      // The last layer's queries and keys, and the attention of one head by the definition.
      var queries: [[Double]] = [], keys: [[Double]] = []
      try language.forEachQueryKey(of: tokens, plans: plans, options: RunOptions()) { layer, part, q, k in
        guard layer == 1, let k else { return }
        for row in 0..<part.count {
          queries.append((0..<8).map { q(row: row, head: 3, feature: $0) })
          keys.append((0..<8).map { k(row: row, head: 1, feature: $0) })
        }
      }
      let plan = plans.full
      func entropy(_ p: Int) throws -> Double {
        let logits = try (0...p).map { r -> Double in
          let distance = try #require(plan.effectiveDistance(query: p, key: r))
          return (0..<4).reduce(0.0) { sum, i in
            let angle = distance * plan.inverseFrequencies[i]
            let (qx, qy, kx, ky) = (queries[p][i], queries[p][i + 4], keys[r][i], keys[r][i + 4])
            return sum + (qx * kx + qy * ky) * .cos(angle) - (qy * kx - qx * ky) * .sin(angle)
          } * plan.logitFactor / 8.0.squareRoot()
        }
        let sum = logits.reduce(0) { $0 + .exp($1) }
        return .log(sum) - logits.reduce(0) { $0 + .exp($1) * $1 } / sum
      }
      // Each position stands for itself and three queries in the tenth before it.
      let expected = try [95, 93, 91, 88].reduce(0) { try $0 + entropy($1) } / 4
      let measured = record.logits.first { $0.layer == 1 && $0.head == 3 }
      #expect(
        abs((measured?.entropy.last ?? .nan) - expected) <= 1e-4,
        "\(name): \(measured?.entropy.last ?? .nan), \(expected)")
      #expect(measured?.meanLogit.count == record.distances.count)
    }
  }

  @Test func sampledAttentionKeepsToALayersWindow() throws {
    let gemma = try GoldenModel(folder: "models/gemma3-s1"), tokens = RandomModel.tokens(90)
    let method = MethodRun(
      try MethodPlanner(MethodSpecification.parse("config"), model: gemma.resolved, targetLength: 90))
    let (record, moments) = try StatisticsEvaluation().measure(
      Transformer<Float>(gemma.decoder, weights: gemma.weights, resolved: gemma.resolved), tokens: tokens,
      method: method)
    let windows = gemma.decoder.layers.map(\.attention.window)
    try #require(windows.contains { $0 != nil } && windows.contains { $0 == nil })
    for entry in record.logits {
      guard let window = windows[entry.layer] else { continue }
      #expect(try #require(entry.entropy.last) <= .log(Double(window)) + 1e-9)
      let far = record.distances.indices.filter { record.distances[$0] >= window }
      #expect(!far.isEmpty && far.allSatisfy { entry.meanLogit[$0] == nil })
    }
    // Analyses know no window: only layers that see the whole text are handed on.
    #expect(Set(moments.heads.map(\.layer)) == Set(windows.indices.filter { windows[$0] == nil }))
    #expect(throws: InferenceError.self) {
      try StatisticsEvaluation().run(language, tokens: tokens, method: MethodRun(model.planner("xpos", target: 90)))
    }
  }

  /// The record as JSON without its timings.
  private func bytes(_ record: PerplexityRecord) throws -> Data {
    var record = record
    for index in record.runs.indices {
      record.runs[index].tokensPerSecond = nil
      record.runs[index].peakMemoryBytes = 0
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(record)
  }

  @Test func interruptedPerplexitiesGoOnToTheSameBytes() throws {
    let tokens = RandomModel.tokens(700), pieces = FinishedPieces()
    let methods = try methods(["none", "linear:factor=2", "dynamic:factor=2"], target: 300)
    let whole = try PerplexityEvaluation(lengths: [100, 300], windows: 2).run(
      language, tokens: tokens, methods: methods)
    // Stopped again and again after two more pieces.
    var rounds = 0
    while true {
      let before = pieces.all.count
      let control = RunControl(isCancelled: { pieces.all.count >= before + 2 })
      do {
        let record = try PerplexityEvaluation(lengths: [100, 300], windows: 2, options: RunOptions(control: control))
          .run(language, tokens: tokens, methods: methods, checkpoint: pieces.checkpoint())
        #expect(try bytes(record) == bytes(whole))
        break
      } catch InferenceError.cancelled { rounds += 1 }
      try #require(rounds < 20)
    }
    #expect(rounds >= 2 && Set(pieces.all.map(\.key)).count == pieces.all.count, "nothing is computed twice")
    // More windows take up what is there; another model file or another text does not.
    let count = pieces.all.count
    _ = try PerplexityEvaluation(lengths: [100, 300], windows: 1)
      .run(language, tokens: tokens, methods: methods, checkpoint: pieces.checkpoint())
    #expect(pieces.all.count == count)
    _ = try PerplexityEvaluation(lengths: [100], windows: 1)
      .run(language, tokens: tokens, methods: Array(methods.prefix(1)), checkpoint: pieces.checkpoint("other"))
    #expect(pieces.all.count == count + 1)
  }

  @Test func interruptedRetrievalGoesOnToTheSameRecord() throws {
    let tokenize: @Sendable (String) -> [Int] = { $0.utf8.map { Int($0) % RandomModel.sizes.vocabulary } }
    let haystack = RandomModel.tokens(500), pieces = FinishedPieces(),
      methods = try methods(["none", "ntk:factor=2"], target: 330)
    for needle in PasskeyPrompt.Needle.allCases {
      let task = PasskeyEvaluation(lengths: [330], depths: [0, 1], trials: 2, needle: needle, seed: 3)
      let whole = try task.run(language, haystack: haystack, methods: methods, tokenize: tokenize)
      var stopped = task
      let before = pieces.all.count
      stopped.options.control = RunControl(isCancelled: { pieces.all.count >= before + 3 })
      #expect(throws: InferenceError.self) {
        try stopped.run(
          language, haystack: haystack, methods: methods, checkpoint: pieces.checkpoint(), tokenize: tokenize)
      }
      let resumed = try task.run(
        language, haystack: haystack, methods: methods, checkpoint: pieces.checkpoint(), tokenize: tokenize)
      #expect(resumed == whole && resumed.needle == needle && pieces.all.count == before + 8)
    }
  }

  @Test func recordsHaveTheAgreedKeys() throws {
    let tokens = RandomModel.tokens(30), methods = try methods(["none"], target: 30)
    func keys(_ value: some Encodable, _ list: String) throws -> Set<String> {
      let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(value)) as? [String: Any] ?? [:]
      return Set((object[list] as? [[String: Any]])?.first?.keys.map { $0 } ?? [])
    }
    let perplexity = try PerplexityEvaluation(lengths: [30]).run(language, tokens: tokens, methods: methods)
    #expect(
      try keys(perplexity, "runs").isSuperset(of: [
        "method", "length", "windows", "tokens_scored", "nll", "stderr", "perplexity", "by_position",
        "tokens_per_second", "peak_memory_bytes",
      ]))
    let logits = try LogitsEvaluation(top: 5, positions: .all).run(language, tokens: tokens, methods: methods)
    #expect(try keys(logits, "runs") == ["method", "tokens", "positions"])
    #expect(logits.runs[0].positions.count == 30 && logits.runs[0].positions[3].top.count == 5)
    let top = logits.runs[0].positions[3].top.map(\.logit)
    #expect(top == top.sorted(by: >))
  }

  @Test func runsCanBeStoppedAndTellHowFarTheyAre() throws {
    final class Shares: @unchecked Sendable {
      private let lock = NSLock()
      private var values: [Double] = []
      var all: [Double] { lock.withLock { values } }
      func add(_ share: Double) { lock.withLock { values.append(share) } }
    }
    let tokens = RandomModel.tokens(64), shares = Shares()
    let control = RunControl(
      isCancelled: { (shares.all.last ?? 0) > 0.5 }, progress: { shares.add($0) })
    do {
      let options = RunOptions(chunk: 16, control: control)
      _ = try language.losses(of: tokens, plans: model.plans("none", length: 64), options: options)
      Issue.record("nothing was thrown")
    } catch InferenceError.cancelled {}
    let seen = shares.all
    #expect(seen == seen.sorted() && seen.count == 5)
  }

  @Test func questionsWithoutAnAnswerAreRefused() throws {
    let tokens = RandomModel.tokens(30), methods = try methods(["none"], target: 30)
    for lengths in [[], [1], [31]] {
      #expect(throws: InferenceError.self) {
        try PerplexityEvaluation(lengths: lengths).run(language, tokens: tokens, methods: methods)
      }
    }
    #expect(throws: InferenceError.self) { try LogitsEvaluation().run(language, tokens: [], methods: methods) }
    #expect(throws: InferenceError.self) {
      try GreedyGeneration(count: 3).run(language, prompt: [], method: methods[0])
    }
    #expect(throws: InferenceError.self) {
      try PasskeyEvaluation(lengths: [20])
        .run(language, haystack: tokens, methods: methods) { $0.utf8.map { Int($0) % 50 } }
    }
  }
}

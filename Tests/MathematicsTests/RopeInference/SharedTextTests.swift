import Foundation
import RopeInference
import RopeMath
import RopeRecords
import RopeTensors
import RopeTestSupport
import Testing

/// Texts that are read together give the numbers of each text alone.
@Suite struct SharedTextTests {
  /// The logits of each text read together, and alone.
  private func both(
    _ model: any LanguageModel, _ texts: [AskedText], plans: LayerPlans, _ options: RunOptions
  ) throws -> (together: [[[Double]]], alone: [[[Double]]]) {
    var together = texts.map { _ in [[Double]]() }, alone = together
    try model.forEachLogits(of: texts, plans: plans, options: options) { text, position, logits in
      #expect(position == texts[text].positions.lowerBound + together[text].count)
      together[text].append(logits)
    }
    for (index, text) in texts.enumerated() {
      try model.forEachLogits(of: text.tokens, plans: plans, at: text.positions, options: options) {
        alone[index].append($1)
      }
    }
    return (together, alone)
  }

  /// Texts that part after some tokens from the one before; the last ones' positions are asked for.
  private func texts(_ count: Int, partingAfter places: [Int], of vocabulary: Int) -> [AskedText] {
    let base = RandomModel.tokens(count).map { $0 % vocabulary }
    var texts = [AskedText(tokens: base, positions: count - 3..<count)]
    for (index, place) in places.enumerated() {
      var tokens = texts[index].tokens
      for i in place..<count { tokens[i] = (tokens[i] + 1 + index) % vocabulary }
      texts.append(AskedText(tokens: tokens, positions: count - 3..<count))
    }
    return texts
  }

  @Test(arguments: [
    "none", "yarn:factor=2", "dynamic:factor=2", "self-extend", "lm-infinite:local=64,global=4", "xpos",
  ])
  func everyMethodGivesTheSameBits(_ method: String) throws {
    let model = try RandomModel(family: "qwen3", config: "\"sliding_window\": 40, \"use_sliding_window\": true")
    var texts = texts(420, partingAfter: [300, 418, 250, 0], of: 50)
    texts[1].tokens.append(7)
    texts[3].tokens.removeLast(100)
    texts[3].positions = 300..<320
    let plans = try model.plans(method, length: 420)
    func check<Scalar: ForwardScalar>(
      _ type: Scalar.Type, _ options: RunOptions, products: ProductPrecision = .full
    ) throws {
      let language = try Transformer<Scalar>(
        model.decoder, weights: MemoryWeights(model.tensors), resolved: model.resolved, products: products, workers: 2)
      let logits = try both(language, texts, plans: plans, options)
      #expect(logits.together == logits.alone, "\(method), \(type), \(products)")
    }
    try check(Float.self, RunOptions(chunk: 128))
    try check(Float.self, RunOptions())
    try check(Float.self, RunOptions(chunk: 150), products: .bfloat16)
    try check(Float.self, RunOptions(kernel: .reference, chunk: 64))
  }

  /// Every family: experts, latent attention, sinks, layers that read earlier keys.
  @Test(arguments: try DecoderGoldens.families())
  func everyFamilyGivesTheSameBits(_ family: String) throws {
    let golden = try DecoderGoldens(family), model = try #require(golden.cases.first).model
    let texts = texts(40, partingAfter: [31, 18], of: model.decoder.vocabularySize)
    let logits = try both(
      model.transformer(Float.self), texts, plans: model.plans(length: 40), RunOptions(chunk: 8))
    #expect(logits.together == logits.alone)
  }

  private let tokenize: @Sendable (String) -> [Int] = { $0.utf8.map { Int($0) % RandomModel.sizes.vocabulary } }

  @Test func cellsOfAMapAreThoseOfEachDepthAlone() throws {
    let model = try RandomModel(family: "llama"), haystack = RandomModel.tokens(700)
    let language = try Transformer<Float>(
      model.decoder, weights: MemoryWeights(model.tensors), resolved: model.resolved)
    let methods = try ["none", "dynamic:factor=2"].map { MethodRun(try model.planner($0, target: 600)) }
    func cells(_ depths: [Double]) throws -> [PasskeyRecord.Cell] {
      try PasskeyEvaluation(lengths: [500, 600], depths: depths, trials: 2, sharesProse: true, seed: 3)
        .run(language, haystack: haystack, methods: methods, tokenize: tokenize).cells
    }
    let map = try cells([1, 0.25, 0.5])
    // In the order that was asked for, whatever was read first.
    #expect(map.map(\.depth) == [1, 0.25, 0.5, 1, 0.25, 0.5, 1, 0.25, 0.5, 1, 0.25, 0.5])
    for depth in [0.25, 0.5, 1] {
      #expect(try cells([depth]) == map.filter { $0.depth == depth })
    }
    // What stands before the needle is the same.
    let evaluation = PasskeyEvaluation(lengths: [600], sharesProse: true)
    let prompts = try [0.5, 1].map {
      try evaluation.prompt(length: 600, depth: $0, trial: 0, haystack: haystack, tokenize: tokenize)
    }
    let common = zip(prompts[0].tokens, prompts[1].tokens).prefix { $0 == $1 }.count
    #expect(common > 200 && prompts[0].answer == prompts[1].answer)
  }

  @Test func itemsOfATaskAreThoseOfEachDepthAlone() throws {
    let model = try RandomModel(family: "llama"), tokenize = tokenize
    let language = try Transformer<Float>(
      model.decoder, weights: MemoryWeights(model.tensors), resolved: model.resolved)
    let method = MethodRun(try model.planner("none", target: 900))
    let source = EvaluationSource(encode: tokenize) { _ in "" }
    func record(_ depths: [Double]) throws -> ScoreRecord {
      let request = EvaluationRequest(lengths: [900], depths: depths, trials: 2, seed: 5, sharesProse: true)
      let evaluation = TaskEvaluation<SingleNeedle>(request)
      #expect(
        try evaluation.outlook(methods: 2, source: source).contains(
          "Questions to each text: \(depths.count); texts, which are the sample: 2."))
      return try evaluation.run(language, source, methods: [method])
    }
    func items(_ depths: [Double]) throws -> [ScoreRecord.Item] { try record(depths).parts }
    let all = try items([0, 0.5, 1])
    #expect(all.map(\.depth) == [0, 0, 0.5, 0.5, 1, 1] && all.map(\.item) == [0, 1, 0, 1, 0, 1])
    for depth in [0, 0.5, 1] { #expect(try items([depth]) == all.filter { $0.depth == depth }) }
    // Depths of one text are not independent.
    let summary = try #require(try record([0, 0.5, 1]).summary.first)
    #expect(summary.intervalOver == .documents && summary.documents == 2 && summary.items == 6)
  }
}

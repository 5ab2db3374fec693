import RopeConfig
import RopeInference
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

/// Families and namings that the golden models do not cover.
@Suite struct ArchitectureTests {
  private func worst(_ x: [[Double]], _ y: [[Double]]) -> Double {
    guard x.count == y.count else { return .infinity }
    return zip(x.joined(), y.joined()).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test(arguments: ["none", "ntk:factor=2", "self-extend:window=9,group=2"])
  func gptNeoXIsAsWrittenOut(_ method: String) throws {
    let model = try RandomModel(family: "gpt_neox", config: "\"rotary_pct\": 0.5")
    let tokens = RandomModel.tokens(37), plan = try model.plans(method, length: 37).full
    #expect(plan.geometry.rotaryDimension == 4)
    let expected = try WrittenOutDecoder(model: model, plan: plan).gptNeoX(tokens)
    #expect(try worst(model.logits(Double.self, tokens, method: method), expected) <= 1e-12)
    #expect(try worst(model.logits(Float.self, tokens, method: method), expected) <= 2e-5)
  }

  @Test func qwen3IsAsWrittenOut() throws {
    let model = try RandomModel(family: "qwen3")
    let tokens = RandomModel.tokens(37), plan = try model.plans("none", length: 37).full
    let expected = try WrittenOutDecoder(model: model, plan: plan).qwen3(tokens)
    #expect(try worst(model.logits(Double.self, tokens), expected) <= 1e-12)
    #expect(try worst(model.logits(Float.self, tokens), expected) <= 2e-5)
  }

  @Test func fusedProjectionsAreTheSeparateOnes() throws {
    let llama = try RandomModel(family: "llama", config: "\"rms_norm_eps\": 1e-5")
    var phi = try RandomModel(family: "phi3", config: "\"rms_norm_eps\": 1e-5")
    try phi.fuseProjections()
    let tokens = RandomModel.tokens(30)
    #expect(try phi.logits(Float.self, tokens) == llama.logits(Float.self, tokens))
  }

  @Test func phiSwitchesItsListsOfFactors() throws {
    var phi = try RandomModel(
      family: "phi3",
      config: """
        "rms_norm_eps": 1e-5, "original_max_position_embeddings": 32,
        "rope_scaling": {"type": "longrope", "short_factor": [1, 1, 1, 1], "long_factor": [1, 1.5, 2.5, 4]}
        """)
    try phi.fuseProjections()
    let ratios = try [30, 60].map { count in
      let plan = try phi.plans("config", length: count).full, tokens = RandomModel.tokens(count)
      let error = try worst(
        phi.logits(Float.self, tokens, method: "config"),
        phi.logits(Double.self, tokens, method: "config", kernel: .reference))
      #expect(error <= 5e-5, "\(count) tokens: off by \(error)")
      return zip(plan.geometry.inverseFrequencies, plan.inverseFrequencies).map { ($0 / $1 * 10).rounded() / 10 }
    }
    #expect(ratios == [[1, 1, 1, 1], [1, 1.5, 2.5, 4]])
  }

  @Test func slidingLayersSeeTheirWindowOnly() throws {
    let config = "\"layer_types\": [\"sliding_attention\", \"full_attention\"], \"sliding_window\": 5"
    let windowed = try RandomModel(family: "mistral", config: "\"sliding_window\": 5")
    #expect(windowed.decoder.layers.map(\.attention.window) == [5, 5])
    let gemma = try RandomModel(family: "gemma3_text", config: config)
    #expect(gemma.decoder.layers.map(\.attention.window) == [5, nil])
    #expect(gemma.decoder.layers.map(\.attention.rotation) == ["sliding_attention", "full_attention"])
    // One layer of window 5 over another: nothing before the last 9 tokens reaches the last one.
    let tokens = RandomModel.tokens(30), other = RandomModel.tokens(21, seed: 99) + tokens.suffix(9)
    let logits = try windowed.logits(Float.self, tokens).last, otherLogits = try windowed.logits(Float.self, other).last
    let error = zip(logits ?? [], otherLogits ?? []).map { abs($0 - $1) }.max() ?? .infinity
    #expect(error <= 1e-5, "off by \(error)")
  }

  @Test func everyMethodRunsOnEveryFamily() throws {
    let tokens = RandomModel.tokens(70)
    var count = 0
    for family in ["llama", "qwen3", "gpt_neox"] {
      let model = try RandomModel(family: family, config: family == "gpt_neox" ? "\"rotary_pct\": 0.5" : "")
      for card in MethodCatalogue.cards {
        guard (try? model.plans(card.id, length: 70)) != nil else { continue }  // not defined without further files
        let fast = try model.logits(Float.self, tokens, method: card.id)
        let exact = try model.logits(Double.self, tokens, method: card.id)
        let error = worst(fast, exact)
        #expect(error <= 5e-5, "\(card.id) on \(family): off by \(error)")
        count += 1
      }
    }
    for folder in ["models/qwen2-s1", "models/gemma3-s1"] {
      let golden = try GoldenModel(folder: folder)
      let float = try Transformer<Float>(golden.decoder, weights: golden.weights, resolved: golden.resolved)
      let double = try Transformer<Double>(golden.decoder, weights: golden.weights, resolved: golden.resolved)
      func logits(_ model: any LanguageModel, _ plans: LayerPlans) throws -> [[Double]] {
        var rows: [[Double]] = []
        try model.forEachLogits(of: tokens, plans: plans, at: 0..<70, options: RunOptions()) { rows.append($1) }
        return rows
      }
      for card in MethodCatalogue.cards {
        guard let plans = try? golden.plans(card.id, length: 70) else { continue }
        let error = worst(try logits(float, plans), try logits(double, plans))
        #expect(error <= 2e-4, "\(card.id) on \(folder): off by \(error)")
        count += 1
      }
    }
    print("\(count) pairs of method and family")
    #expect(count >= 125)
  }

  /// Of two layers, every first unrotated is no rotation at all, every third none, and every second something between;
  /// queries are scaled in the layers that are left.
  @Test func layersThatAPlanLeavesOut() throws {
    let model = try RandomModel(family: "llama"), tokens = RandomModel.tokens(40)
    func logits(_ method: String) throws -> [[Double]] { try model.logits(Double.self, tokens, method: method) }
    let plain = try logits("none"), dropped = try logits("drope"),
      half = try logits("nope-layers:no_rope_layer_interval=2")
    #expect(worst(try logits("nope-layers:no_rope_layer_interval=1"), dropped) == 0)
    #expect(worst(try logits("nope-layers:no_rope_layer_interval=3"), plain) == 0)
    #expect(worst(half, plain) > 1e-6 && worst(half, dropped) > 1e-6)
    let scaled = "entropy-abf:original_max_position_embeddings=8,rope_theta=5e5"
    let base = try logits("abf:rope_theta=5e5"),
      whole = try logits("abf:rope_theta=5e5+logn:original_max_position_embeddings=8")
    #expect(worst(try logits(scaled), base) == 0)
    #expect(worst(try logits(scaled + ",unscaled_layers=0"), whole) == 0)
    let one = try logits(scaled + ",unscaled_layers=1")
    #expect(worst(one, base) > 1e-6 && worst(one, whole) > 1e-6)
  }

  @Test func chunksWorkersAndKeptWeightsDoNotMatter() throws {
    let model = try RandomModel(family: "llama"), tokens = RandomModel.tokens(45)
    let whole = try model.logits(Float.self, tokens, chunk: 64, workers: 1)
    #expect(try model.logits(Float.self, tokens, chunk: 64, workers: 3) == whole)
    #expect(try model.logits(Float.self, tokens, chunk: 64, memoryLimit: 0, workers: 1) == whole)
    #expect(try worst(model.logits(Float.self, tokens, chunk: 7), whole) <= 1e-5)
  }

  @Test func sessionsContinueWhatWasRead() throws {
    let model = try RandomModel(family: "llama"), tokens = RandomModel.tokens(20)
    for method in ["none", "self-extend:window=5,group=2", "landmark:block=4,top_k=1"] {
      let transformer = try Transformer<Float>(
        model.decoder, weights: MemoryWeights(model.tensors), resolved: model.resolved)
      let plans = try model.plans(method, length: 20)
      let session = try transformer.session(plans: plans, capacity: 20, options: RunOptions(chunk: 8))
      let whole = try model.logits(Float.self, tokens, method: method)
      var error = worst([try session.read(Array(tokens.prefix(11)))], [whole[10]])
      for token in 11..<20 { error = max(error, worst([try session.read([tokens[token]])], [whole[token]])) }
      #expect(error <= 1e-5, "\(method): off by \(error)")
      #expect(throws: InferenceError.self) { try session.read([1]) }
    }
  }

  @Test func whatDoesNotFitIsSaid() throws {
    var model = try RandomModel(family: "llama")
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return "nothing was thrown"
    }
    #expect(message { _ = try model.logits(Float.self, [1, 50]) }.contains("token 50 at position 1"))
    #expect(message { _ = try RandomModel(family: "mamba") }.contains("“mamba” cannot be run"))
    let name = "model.layers.1.mlp.up_proj.weight"
    model.tensors[name] = try Tensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6])
    #expect(message { _ = try model.logits(Float.self, [1]) }.contains("“\(name)” has shape [2, 3]"))
    model.tensors[name] = nil
    #expect(message { _ = try model.logits(Float.self, [1]) }.contains("no tensor “\(name)”"))
    model.tensors["model.embed_tokens.weight"] = nil
    #expect(message { _ = try model.logits(Float.self, [1]) }.contains("no token embedding"))
  }
}

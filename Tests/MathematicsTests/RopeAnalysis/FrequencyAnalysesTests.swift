import RopeAnalysis
import RopeMath
import Testing

/// Wavelengths, turns, ratios, schedules, stale keys, memory: each against numbers of published models.
@Suite struct FrequencyAnalysesTests {
  typealias Models = FrequencyTestContext

  @Test(arguments: [(Models.llama2, 54_410.0), (Models.llama3, 2_559_196.0), (Models.qwen, 5_063_256.0)])
  func longestWavelengthMeetsPublishedValue(model: Models.Model, expected: Double) throws {
    let series = Wavelengths.run(try Models.make(model, ["linear"]))
    #expect(abs(try Models.value(series, .longest, of: "baseline") - expected) < 1)
    #expect(abs(try Models.value(series, .shortest, of: "baseline") - 2 * .pi) < 1e-12)
    let factor = Double(model.target / model.trained)
    #expect(abs(try Models.value(series, .longest, of: "linear") / expected - factor) < 1e-4)
  }

  /// First pair that completes no turn, half of the critical dimension: 46, 35 and 40 of 64.
  @Test(arguments: [(Models.llama2, 46.0), (Models.llama3, 35.0), (Models.qwen, 40.0)])
  func criticalPairMeetsPublishedValue(model: Models.Model, pair: Double) throws {
    let context = try Models.make(model, ["none"])
    #expect(try Models.value(Wavelengths.run(context), .criticalPair, of: "baseline") == pair)
    let turns = try #require(Turns.run(context).first)
    #expect(turns.y.firstIndex { $0 < 1 }.map(Double.init) == pair)
    #expect(try Models.value(Turns.run(context), .pairsBelow1, of: "baseline") == 64 - pair)
  }

  /// Turns counted by walking the positions and noting each return to 0.
  @Test func turnsMeetCounting() throws {
    let context = try Models.make(Models.small, ["ntk"])
    let curve = try #require(Turns.run(context).first { $0.method == "ntk" })
    for (pair, frequency) in context.subjects[0].plan.inverseFrequencies.enumerated() {
      var returns = 0, angle = 0.0
      for _ in 0..<context.targetLength {
        angle += frequency
        if angle >= 2 * .pi {
          angle -= 2 * .pi
          returns += 1
        }
      }
      #expect(
        abs(Double(returns) - curve.y[pair].rounded(.down))
          <= (abs(curve.y[pair] - curve.y[pair].rounded()) < 1e-6 ? 1 : 0))
    }
  }

  @Test func ratiosMeetClosedForms() throws {
    let series = InterpolationRatios.run(try Models.make(Models.qwen, ["none", "linear", "ntk", "yarn"]))
    #expect(abs(try Models.value(series, .geometricMean, of: "linear") - 0.25) < 1e-12)
    #expect(abs(try Models.value(series, .geometricMean, of: "ntk") - 0.5) < 1e-12)
    // The ramp runs from pair 23, the last that is kept, to pair 40, the first that is fully interpolated.
    #expect(try Models.value(series, .firstInterpolatedPair, of: "yarn") == 24)
    #expect(try Models.value(series, .firstFullyInterpolatedPair, of: "yarn") == 40)
    #expect(try Models.value(series, .logDistanceToNone, of: "none") == 0)
    let llama = InterpolationRatios.run(try Models.make(Models.llama2, ["yarn"]))
    #expect(abs(try Models.value(llama, .sum, of: "yarn") - 37.31) < 0.005)
  }

  /// Keys of Llama-2 cached before α grew from 1 to 3, at position 4,000: 168 rad in the worst pair, 45 beyond π.
  @Test func staleKeysMeetPublishedValues() throws {
    let context = try Models.make(Models.llama2, ["dynamic", "yarn", "dynamic-yarn"], target: 8192)
    let series = StaleKeys.run(context)
    #expect(series.map(\.method) == ["dynamic", "dynamic-yarn"])
    let curve = try #require(series.first)
    let perToken = try #require(curve.y.last) / #require(curve.x.last)
    #expect(abs(perToken * 4000 - 168) < 0.5)
    #expect(try Models.value(series, .pairsBeyondPi, of: "dynamic") == 45)
    #expect(try Models.value(series, .worstPair, of: "dynamic") == 7)
  }

  @Test func schedulesTellWhatMoves() throws {
    let lists = "[" + Array(repeating: "1", count: 64).joined(separator: ";") + "]"
    let long = "[" + Array(repeating: "4", count: 64).joined(separator: ";") + "]"
    let longrope = "longrope:short_factor=\(lists),long_factor=\(long)"
    let series = Schedule.run(try Models.make(Models.qwen, ["yarn", "dynamic", longrope]))
    #expect(try Models.value(series, .moves, of: "yarn") == 0)
    #expect(try Models.value(series, .changesFrom, of: "yarn").isNaN)
    for method in ["dynamic", longrope] {
      #expect(try Models.value(series, .moves, of: method) == 1)
      #expect(try Models.value(series, .changesFrom, of: method) == 32_768)
    }
    let curve = try #require(series.first { $0.method == longrope && $0.series == "slowest_ratio" })
    for (length, ratio) in zip(curve.x, curve.y) { #expect(abs(ratio - (length > 32_768 ? 0.25 : 1)) < 1e-12) }
  }

  @Test func shortTextsPayForStaticMethodsOnly() throws {
    let series = ShortContextCost.run(try Models.make(Models.qwen, ["linear", "dynamic", "yarn"]))
    #expect(abs(try Models.value(series, .resolutionKeptAtTrained, of: "linear") - 0.0625) < 1e-12)
    #expect(try Models.value(series, .pairsChangedAtTrained, of: "dynamic") == 0)
    #expect(abs(try Models.value(series, .logitFactorAtTrained, of: "yarn") - 1.29648) < 1e-5)
  }

  /// Llama-3.1-8B 131,072 B a token and 16 GiB at 128k; DeepSeek-V3 70,272 B a token.
  @Test func cacheMeetsPublishedSizes() throws {
    let llama = CacheShape(layers: 32, heads: 32, keyValueHeads: 8, headDimension: 128)
    let series = CacheMemory.run(try Models.make(Models.llama3, [], cache: llama))
    #expect(try Models.value(series, .bytesPerToken, of: "baseline") == 131_072)
    #expect(try Models.value(series, .bytesAtTarget, of: "baseline") == 17_179_869_184)
    let latent = CacheShape(layers: 61, heads: 128, keyValueHeads: 128, headDimension: 192, latentDimension: 576)
    #expect(latent.bytes(length: 1) == 70_272)
    let sliding = CacheShape(layers: 10, heads: 4, keyValueHeads: 2, headDimension: 64, slidingLayers: 5, window: 1024)
    #expect(sliding.bytes(length: 4096) == 13_107_200)
    // Scores and sums of every visible key counted one by one.
    var keys = 0
    for query in 1...4096 { keys += 5 * query + 5 * min(query, 1024) }
    let operations = Double(4 * 4 * 64 * keys)
    #expect(sliding.attentionOperations(length: 4096) == operations)
    #expect(CacheMemory.run(try Models.make(Models.llama3, [])).isEmpty)
  }

  /// Nothing traps, and every curve is whole, at the edges of what can be asked for.
  @Test func edgeLengthsDoNotTrap() throws {
    let analyses: [any Analysis.Type] = [
      Wavelengths.self, Turns.self, Coverage.self, ExtrapolatedAngles.self, AngleMap.self, PhaseSafeLength.self,
      InterpolationRatios.self, LocalResolution.self, ShortContextCost.self, Schedule.self, StaleKeys.self,
      CacheMemory.self, Precision.self,
    ]
    let cache = CacheShape(layers: 1, heads: 1, keyValueHeads: 1, headDimension: 8)
    for (head, trained, target) in [
      (8, 1, 1), (8, 1, 64), (8, 4096, 4096), (8, 8192, 4096), (128, 4096, 1 << 40), (2, 64, 128),
    ] {
      let model = Models.Model(description: "edge", head: head, base: 1e4, trained: trained, target: target)
      let methods =
        head == 2 ? ["none", "linear"] : ["none", "linear", "ntk", "dynamic", "yarn", "partial", "resonance"]
      let context = try Models.make(model, methods, cache: cache)
      for analysis in analyses {
        let series = analysis.run(context)
        #expect(series.allSatisfy { $0.x.count == $0.y.count && $0.name == analysis.card.id }, "\(analysis.card.id)")
      }
    }
  }

  /// All frequency-side analyses of what stands in a comparison by default at 128k, one after the other.
  @Test func wholeComparisonIsQuick() throws {
    let analyses: [any Analysis.Type] = [
      Wavelengths.self, Turns.self, Coverage.self, ExtrapolatedAngles.self, AngleMap.self, PhaseSafeLength.self,
      InterpolationRatios.self, LocalResolution.self, ShortContextCost.self, Schedule.self, StaleKeys.self,
      Precision.self,
    ]
    let methods = Models.methods.filter { id in MethodCatalogue.cards.contains { $0.id == id && $0.isComparedByDefault }
    }
    let context = try Models.make(Models.qwen, methods)
    let clock = ContinuousClock()
    var total = Duration.zero
    for analysis in analyses {
      let time = clock.measure { _ = analysis.run(context) }
      print("\(analysis.card.id): \(time)")
      total += time
    }
    print("frequency-side analyses, \(methods.count) methods: \(total)")
    #expect(total < .seconds(3), "0.3 s in a release build on an idle machine")
  }
}

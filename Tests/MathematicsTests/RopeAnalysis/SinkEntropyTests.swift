import RopeAnalysis
import RopeMath
import Testing

/// Entropy with a sink, and the honesty of analyses about plans that they cannot compute.
@Suite struct SinkEntropyTests {
  /// Gauss–Hermite quadrature over 1, 2 and 3 independent normals of −Σ w ln w and of the sink's weight.
  @Test(arguments: [
    (1, 1.5, 0.7, 0.5051380751925235, 0.621619939798502), (2, 1.2, -0.4, 0.8594891700422165, 0.2347252902290759),
    (3, 1.0, 2.5, 0.7635959596105063, 0.7354223101066782),
  ])
  func closedForm(keys: Int, deviation: Double, sink: Double, entropy: Double, weight: Double) {
    let own = GaussianEntropy(deviation: deviation)
    #expect(abs(own.entropy(keys: Double(keys), sink: sink) - entropy) < 1e-8)
    #expect(abs(own.sinkWeight(keys: Double(keys), sink: sink) - weight) < 1e-8)
  }

  @Test func limits() {
    for (keys, deviation) in [(1.0, 0.0), (50, 1.3), (131_072, 2)] {
      let own = GaussianEntropy(deviation: deviation)
      #expect(abs(own.entropy(keys: keys, sink: -60) - own.entropy(keys: keys)) < 1e-8)
      #expect(abs(own.entropy(keys: keys, sink: 80)) < 1e-8 && abs(own.sinkWeight(keys: keys, sink: 80) - 1) < 1e-8)
    }
    // Without spread, a sink of logit 0 is one more key.
    #expect(abs(GaussianEntropy(deviation: 0).entropy(keys: 7, sink: 0) - 2.0794415416798357) < 1e-9)
    #expect(
      GaussianEntropy(deviation: .nan).entropy(keys: 7).isNaN
        && GaussianEntropy(deviation: .infinity).entropy(keys: 7).isNaN)
  }

  private static func values(_ methods: [String]) throws -> (
    entropies: [String: Double], all: [AnalysisSeries], AnalysisContext
  ) {
    let context = try AttentionTestContext.make(methods: methods, base: 1e4, trained: 256, target: 1024)
    let series = AttentionEntropy.run(context)
    let pairs = methods.map { method in
      (method, series.first { $0.method == method && $0.series == "closed_form" }?.summary[.entropyAtTarget] ?? .nan)
    }
    return (Dictionary(uniqueKeysWithValues: pairs), series, context)
  }

  /// Rows with a sink have the closed form; heads with several sinks the mean of theirs.
  @Test func rowsWithSinks() throws {
    let methods = ["none", "sink:sinks=[5]", "sink:sinks=[7]", "sink:sinks=[5;7]"]
    let (entropies, _, context) = try Self.values(methods)
    let row = GaussianEntropy(deviation: context.ensemble.logitDeviation)
    #expect(abs((entropies["sink:sinks=[5]"] ?? .nan) - row.entropy(keys: 1024, sink: 5)) < 1e-12)
    let mean = ((entropies["sink:sinks=[5]"] ?? .nan) + (entropies["sink:sinks=[7]"] ?? .nan)) / 2
    #expect(abs((entropies["sink:sinks=[5;7]"] ?? .nan) - mean) < 1e-12)
    #expect(abs((entropies["none"] ?? .nan) - row.entropy(keys: 1024)) < 1e-12)
  }

  /// What an analysis cannot compute has no number, in every analysis.
  @Test func whatCannotBeComputedIsLeftOut() throws {
    let methods = ["none", "alibi", "scale-invariant", "ssmax:s=[0.1;0.2]", "sink"]
    let (entropies, _, context) = try Self.values(methods)
    for method in ["alibi", "scale-invariant", "ssmax:s=[0.1;0.2]"] {
      #expect((entropies[method] ?? 0).isNaN, "\(method)")
    }
    let positional = PositionalEntropy.run(context), needles = NeedleMargin.run(context),
      scores = ScoreByDistance.run(context)
    let temperature = Temperature.run(context)
    for method in methods.dropFirst() {
      #expect(positional.first { $0.method == method }?.summary[.entropyAtTarget]?.isNaN == true, "\(method)")
      #expect(needles.first { $0.method == method }?.summary[.marginAtTarget]?.isNaN == true, "\(method)")
      #expect(scores.contains { $0.method == method } == !["alibi", "scale-invariant"].contains(method))
      let multiplier =
        temperature.first { $0.method == method && $0.series == "own" }?.summary[.ownMultiplierAtTarget] ?? 0
      #expect(multiplier.isNaN == ["scale-invariant", "ssmax:s=[0.1;0.2]"].contains(method), "\(method)")
    }
  }
}

import RopeAnalysis
import RopeConfig
import RopeMath
import RopeReport
import Testing

/// Numbers of published models that are not plain heads.
@Suite struct ModelNumbersTests {
  /// gpt-oss-20b: 24 layers of 8 key–value heads of 64 features, every second one a window of 128 tokens:
  /// 2,048 B a token and layer, 12·(131,072 + 128)·2,048 B = 3.003 GiB at 128k.
  @Test func gptOssKeepsWindows() throws {
    let shape = try #require(try ModelLoader.load("gpt-oss-20b").cacheShape)
    #expect(shape.slidingLayers == 12 && shape.window == 128)
    #expect(shape.bytes(length: 131_072) == 12 * (131_072 + 128) * 2048)
  }

  /// DeepSeek: 192 features a key, 128 a value, 70,272 B a token in V3.
  @Test func latentSizesAreRead() throws {
    let lite = try ModelLoader.load("deepseek-v2-lite")
    #expect(lite.layerTypes.first?.geometry.unrotatedFeatures == 128)
    #expect(lite.layerTypes.first?.geometry.scoreDimension == 192)
    let shape = try #require(lite.cacheShape)
    #expect(shape.headDimension == 192 && shape.valueDimension == 128)
    let v3 = try #require(try ModelLoader.load("deepseek-v3").cacheShape)
    #expect(v3.bytes(length: 1) == 70_272 && v3.headDimension == 192 && v3.valueDimension == 128)
    // A head of which a part rotates holds its other features itself.
    #expect(try ModelLoader.load("pythia-1.4b").layerTypes.first?.geometry.unrotatedFeatures == nil)
  }

  /// Gemma 3 as shipped: pre-training on 32,768 plain tokens counts beside linear ×8 to 131,072.
  @Test func gemmaCountsItsPreTraining() async throws {
    let request = RunRequest(
      model: try ModelLoader.load("gemma-3-4b"), methods: [.init("none"), .configuration], targetLength: 262_144,
      analyses: ["coverage", "phase-safe-length"])
    let record = try await Run.record(request, version: "0", command: [])
    #expect(record.analyses.first { $0.series == "trained" }?.summary[.incompletePairs] == 48)
    let lengths = record.comparison.map(\.phaseSafeLength)
    #expect(abs(lengths[0] - 32_768) < 1e-6 && abs(lengths[1] - 262_144) < 1e-6)
  }
}

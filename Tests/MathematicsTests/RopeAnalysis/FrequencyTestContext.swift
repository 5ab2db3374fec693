import RopeAnalysis
import RopeMath
import Testing

/// Contexts of published models for tests of frequency-side properties.
enum FrequencyTestContext {
  struct Model: Sendable, CustomStringConvertible {
    let description: String
    let head: Int
    let base: Double
    let trained: Int
    let target: Int
  }

  static let qwen = Model(description: "Qwen2.5-7B", head: 128, base: 1e6, trained: 32_768, target: 131_072)
  static let llama2 = Model(description: "Llama-2-7B", head: 128, base: 1e4, trained: 4096, target: 32_768)
  static let llama3 = Model(description: "Llama-3-8B", head: 128, base: 5e5, trained: 8192, target: 131_072)
  static let smol = Model(description: "SmolLM2-135M", head: 64, base: 1e5, trained: 8192, target: 16_384)
  /// Small enough for every position to be visited.
  static let small = Model(description: "small", head: 32, base: 1e4, trained: 512, target: 2048)

  /// Every method of the catalogue that needs no parameter given and keeps true distances.
  static let methods = MethodCatalogue.cards.map(\.id).filter { id in
    guard let method = try? make(qwen, [id]).subjects.first else { return false }
    return method.plan.readsTrueDistances
  }

  /// - Parameter baseline: the file's own scaling, planned at the trained length; nil for plain rotation.
  static func make(
    _ model: Model, _ methods: [String], baseline: String? = nil, baselineLength: Int? = nil, cache: CacheShape? = nil,
    target: Int? = nil, sampleCount: Int = 64
  ) throws -> AnalysisContext {
    let geometry = try RotaryGeometry(headDimension: model.head, base: model.base, trainedLength: model.trained)
    let length = baselineLength ?? model.trained
    let context = MethodContext(geometry: geometry, targetLength: target ?? model.target)
    let subjects = try methods.map { text in
      try AnalysisSubject(
        label: text, method: BoundMethod(try MethodSpecification.parse(text), context: context))
    }
    let own = try BoundMethod(
      try MethodSpecification.parse(baseline ?? "none"),
      context: MethodContext(geometry: geometry, targetLength: length))
    return AnalysisContext(
      geometry: geometry, baseline: try own.plan(length: length), targetLength: target ?? model.target,
      subjects: subjects, ensemble: AttentionEnsemble(sampleCount: sampleCount), cache: cache)
  }

  /// A summary value of a method's curves.
  static func value(_ series: [AnalysisSeries], _ key: SummaryKey, of method: String) throws -> Double {
    try #require(series.lazy.filter { $0.method == method }.compactMap { $0.summary[key] }.first)
  }
}

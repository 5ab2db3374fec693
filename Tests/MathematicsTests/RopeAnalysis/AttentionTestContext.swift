import RopeAnalysis
import RopeMath

/// Contexts of real models for tests of attention properties.
enum AttentionTestContext {
  static func make(
    methods: [String], head: Int = 128, rotary: Int? = nil, base: Double = 1e6, trained: Int = 32_768,
    target: Int = 131_072, ensemble: AttentionEnsemble = AttentionEnsemble(), seed: UInt64 = 0
  ) throws -> AnalysisContext {
    let geometry = try RotaryGeometry(
      headDimension: head, rotaryDimension: rotary, base: base, trainedLength: trained)
    let methodContext = MethodContext(geometry: geometry, targetLength: target)
    let subjects = try methods.map { text in
      try AnalysisSubject(
        label: text, method: BoundMethod(try MethodSpecification.parse(text), context: methodContext))
    }
    return AnalysisContext(
      geometry: geometry, baseline: try RotaryPlan(geometry: geometry, length: trained), targetLength: target,
      subjects: subjects, ensemble: ensemble, seed: seed)
  }
}

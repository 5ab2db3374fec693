import RopeMath

/// What number formats do to the angles of far positions.
///
/// Series, all of the baseline: `float32`, `float32_bound`, `bfloat16_positions`, `float16_positions`,
/// `bfloat16_frequencies`, each the worst error over the pairs and over 256 positions spread over the last half of a context of x tokens.
public enum Precision: Analysis {
  public static let card = AnalysisCard(
    id: "precision", title: "Angle error by number format", unit: "radians", xLabel: "length in context (tokens)",
    formula: "max over pairs and positions p in the last half of the context of |fl(p)·fl(θ_i) − p·θ_i|; float32 bound L·θ_0·2^(−22)",
    caveat: "Float32 stands for the order of operations of transformers; others round once or twice more.",
    references: [Reference("transformers", source: "modeling_llama.py", place: "LlamaRotaryEmbedding.forward")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let last = min(max(8 * context.targetLength, 1 << 12), RotaryGeometry.largestLength)
    let lengths = LengthGrid.powersOfTwo(from: 64, to: last, including: [context.trainedLength, context.targetLength])
    let frequencies = context.baseline.inverseFrequencies
    func worst(_ error: (Double, Double) -> Double) -> [Double] {
      lengths.map { length in
        var worst = 0.0
        for step in 0..<min(256, length) {
          let position = Double(length - 1 - step * (length / 2) / 256)
          for frequency in frequencies { worst = max(worst, error(position, frequency)) }
        }
        return worst.isFinite ? worst : .nan
      }
    }
    let float32 = worst { abs(Double(Float($0) * Float($1)) - $0 * $1) }
    let bound = worst { $0 * $1 * 0x1p-22 }
    let curves: [(String, [Double])] = [
      ("float32", float32), ("float32_bound", bound),
      ("bfloat16_positions", worst { abs(ReducedPrecision.bfloat16($0) - $0) * $1 }),
      ("float16_positions", worst { abs(ReducedPrecision.float16($0) - $0) * $1 }),
      ("bfloat16_frequencies", worst { abs(ReducedPrecision.bfloat16($1) - $1) * $0 }),
    ]
    return curves.map { name, y in
      card.curve(
        name, x: lengths.map(Double.init), y, method: AnalysisSeries.baseline, length: context.targetLength,
        closedForm: name == "float32" ? bound : [],
        summary: ["error_at_target": lengths.firstIndex(of: context.targetLength).map { y[$0] } ?? .nan])
    }
  }
}

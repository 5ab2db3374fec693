import RealModule
import RopeMath

/// What number formats do to the angles of far positions.
///
/// Series, all of the baseline: `float32`, `bfloat16_positions`, `float16_positions`, `bfloat16_frequencies`, each the
/// worst error over the pairs and over the positions sampled in a context of x tokens, found by rounding, with the bound
/// as its closed form. Not a number where a position overflows the format.
public enum Precision: Analysis {
  public static let card = AnalysisCard(
    id: "precision", title: "Angle error by number format", unit: "radians", xLabel: "length in context (tokens)",
    formula:
      "max_{p<L} max_i |fl(p)·fl(θ_i) − p·θ_i|; bounds: float32 p·θ_i·2^(−22); positions rounded to t significant bits 2^(⌊log2 p⌋ − t)·θ_0; frequencies rounded p·θ_i·2^(−t)",
    caveat:
      "Float32 stands for the order of operations of transformers; others round once or twice more. Positions sampled: 512 an octave.",
    references: [Reference("transformers", source: "modeling_llama.py", place: "LlamaRotaryEmbedding.forward")])

  private static let samplesPerOctave = 512
  /// Radians; beyond it the fastest pair no longer tells positions apart well.
  private static let roughError = 0.1

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let last = min(max(8 * context.targetLength, 1 << 12), RotaryGeometry.largestLength)
    let lengths = LengthGrid.powersOfTwo(from: 64, to: last, including: [context.trainedLength, context.targetLength])
    let rounding = AngleRounding(context.baseline)
    let fastest = context.baseline.inverseFrequencies.max() ?? 0
    func positionBound(_ position: Double, _ format: ReducedPrecision) -> Double {
      guard rounding.position(position, in: format).isFinite, position >= 1 else { return .nan }
      let bits = Double(position.exponent) - Double(format.significantBits)
      return bits < 0 ? 0 : fastest * .exp2(bits)
    }
    let curves: [(name: String, error: (Double) -> Double, bound: (Double) -> Double)] = [
      ("float32", rounding.float32, { $0 * fastest * 0x1p-22 }),
      ("bfloat16_positions", { rounding.position($0, in: .bfloat16) }, { positionBound($0, .bfloat16) }),
      ("float16_positions", { rounding.position($0, in: .float16) }, { positionBound($0, .float16) }),
      (
        "bfloat16_frequencies", { rounding.frequency(at: $0, in: .bfloat16) },
        { $0 * fastest * ReducedPrecision.bfloat16.relativeError }
      ),
    ]
    let tables = tableErrors(context.baseline, length: context.targetLength)
    return curves.map { curve in
      let y = runningWorst(curve.error, lengths: lengths)
      let bound = lengths.map { curve.bound(Double($0 - 1)) }
      let format = ReducedPrecision.allCases.first { curve.name.hasPrefix($0.rawValue) } ?? .float32
      let shares = zip(y, bound).map { $1 > 0 ? $0 / $1 : 0 }.filter(\.isFinite)
      let rough = y.firstIndex { $0 > roughError || $0.isNaN }
      let summary: [SummaryKey: Double] = [
        .errorAtTarget: lengths.firstIndex(of: context.targetLength).map { y[$0] } ?? .nan,
        .worstShareOfBound: shares.max() ?? 0,
        .firstLengthBeyondTenth: rough.map { Double(lengths[$0]) } ?? .nan,
        .firstPositionCollision: Double(format.firstCollision),
        .tableError: tables[format] ?? .nan, .tableErrorBound: format.relativeError,
      ]
      return card.curve(
        curve.name, x: lengths.map(Double.init), y, method: AnalysisSeries.baseline, length: context.targetLength,
        closedForm: bound, summary: summary)
    }
  }

  /// Worst error over the sampled positions below each length; not a number once one overflows.
  private static func runningWorst(_ error: (Double) -> Double, lengths: [Int]) -> [Double] {
    var worst = 0.0
    var from = 0
    return lengths.map { length in
      // An odd step meets even and odd positions alike; the last position is always among them.
      let step = max(1, (length - from) / samplesPerOctave) | 1
      for position in stride(from: from, to: length, by: step) { worst = max(worst, error(Double(position))) }
      worst = max(worst, error(Double(length - 1)))
      from = length
      return worst.isFinite ? worst : .nan
    }
  }

  /// Worst error of a cosine or sine that is kept in each format, over sampled angles of the model; at most half a unit
  /// in the last place below 1.
  private static func tableErrors(_ plan: RotaryPlan, length: Int) -> [ReducedPrecision: Double] {
    var worst: [ReducedPrecision: Double] = [:]
    let step = max(1, length / 16) | 1
    for frequency in plan.inverseFrequencies {
      for position in stride(from: 0, to: length, by: step) {
        let angle = Double(position) * frequency
        for value in [Double.cos(angle), Double.sin(angle)] {
          for format in ReducedPrecision.allCases {
            worst[format] = max(worst[format] ?? 0, abs(format.rounded(value) - value))
          }
        }
      }
    }
    return worst
  }
}

extension SummaryKey {
  /// Radians at the target; the largest share of the bound.
  public static let errorAtTarget = Self("error_at_target"), worstShareOfBound = Self("worst_share_of_bound")
  /// Tokens: the first length with an error beyond 0.1 radians, the first position that equals the one before it.
  public static let firstLengthBeyondTenth = Self("first_length_beyond_tenth"),
    firstPositionCollision = Self("first_position_collision")
  /// Largest error of a stored cosine or sine, and its bound.
  public static let tableError = Self("table_error"), tableErrorBound = Self("table_error_bound")
}

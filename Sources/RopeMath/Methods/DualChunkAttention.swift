import RealModule

/// Dual chunk attention (ChunkLlama, Qwen 1M).
public struct DualChunkAttention: ScalingMethod {
  public static let card = MethodCard(
    id: "dca", aliases: ["dual-chunk", "chunkllama"], title: "Dual chunk attention (DCA)", shortTitle: "DCA",
    summary: """
      Cuts the text into chunks and counts key positions within a chunk; three query positions, for the same, the \
      previous and older chunks, keep every distance inside the trained range and the most recent ones true.
      """,
    formula: """
      c = chunk − local, key at r mod c;  query at p mod c in its own chunk, min(p mod c + c, chunk) for the previous, \
      min(2c − 1, chunk) for older ones;  with mscale a = 0.05·ln(L/L0) + 1 for L > L0
      """,
    stages: [.positions],
    parameters: [
      MethodParameter(
        "chunk", .integer, range: 2...Double(RotaryGeometry.largestLength),
        default: .derived("3/4 of the trained length") { .number(Double(max(2, 3 * $0.geometry.trainedLength / 4))) },
        summary: "chunk size s, in tokens; the largest distance"),
      MethodParameter(
        "local", .integer, range: 1...Double(RotaryGeometry.largestLength), default: .trainedLength(over: 8),
        summary: "tokens before a query whose distance stays true across a chunk's edge"),
      MethodParameter(
        "mscale", .flag, default: .constant(.flag(false)),
        summary:
          "true: cos and sin × (0.05·ln(L/L0) + 1) beyond the trained length, as in the authors' code, not in their numbers"
      ),
      .originalLength, .logn,
    ],
    references: [
      .arXiv("2402.17463", "ChunkLlama", "§3"),
      Reference("ChunkLlama", source: "HKUNLP/ChunkLlama", place: "chunkllama_attn_replace.py"),
    ],
    hazardClass: "K0", training: .none,
    cost: """
      No training; three partial attentions are merged. Rotated keys can be cached, though with mscale a key keeps the \
      factor a of the length that it was cached at.
      """,
    implementers: ["HKUNLP/ChunkLlama", "vLLM", "SGLang"], exactness: .approximate)

  public let chunk: Int
  public let local: Int
  public let scalesMagnitude: Bool
  public let trainedLength: Double
  public let lognLength: Double?

  public init(_ values: ParameterValues) throws(MethodError) {
    chunk = values.integer("chunk") ?? 2
    local = values.integer("local") ?? 1
    scalesMagnitude = values.flag("mscale") ?? false
    trainedLength = values.number("original_max_position_embeddings", default: 1)
    lognLength = values.number("logn")
    guard local < chunk else {
      throw MethodError(
        .invalidValue, "dca: “local” is \(local), expected less than “chunk”, which is \(chunk)", parameter: "local")
    }
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let c = chunk - local
    func region(_ smallest: Int?, _ largest: Int?) -> PositionRegion {
      PositionRegion(chunk: c, smallestChunkLag: smallest, largestChunkLag: largest)
    }
    let key = PositionFunction(period: c)
    let successive = PositionFunction(offset: Double(c), period: c, ceiling: Double(chunk))
    plan.bands = [
      PositionBand(region: region(nil, 0), query: PositionFunction(period: c), key: key),
      PositionBand(region: region(1, 1), query: successive, key: key),
      PositionBand(region: region(2, nil), query: .constant(Double(min(2 * c - 1, chunk))), key: key),
    ]
    if scalesMagnitude, Double(plan.length) > trainedLength {
      plan.attentionFactor *= 0.05 * .log(Double(plan.length) / trainedLength) + 1
    }
    plan.scaleQueries(lognLength: lognLength)
  }
}

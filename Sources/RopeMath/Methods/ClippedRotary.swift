import RealModule

/// CoPE: the slowest pairs are slowed down to nothing along half a cosine.
public struct ClippedRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "cope", aliases: ["clipped-rope"], title: "CoPE (clipped RoPE)", shortTitle: "CoPE",
    summary: """
      Multiplies the frequencies of the slowest pairs by half a cosine that falls from 1 to 0, so that pairs which meet new \
      angles carry less and less position and the slowest none; a hard cut would leave ripples in the score. Changes \
      whatever frequencies there are.
      """,
    formula: "θ′_i = θ_i · (1 + cos(π·j/(c − 1)))/2 for the last c pairs, j = 0 … c − 1",
    stages: [.rounding],
    parameters: [
      MethodParameter(
        "clip_low_n", .integer, range: 0...65_536,
        default: .derived("20, at most all pairs") { .number(Double(min(20, $0.geometry.pairCount))) },
        summary: "c: pairs that are clipped; the authors take 20 of Llama-3's 64")
    ],
    references: [
      .arXiv("2602.05258", "CoPE"),
      Reference("CoPE", source: "hrlics/CoPE", place: "modeling_cope.py"),
    ],
    hazardClass: "K0", training: .optional,
    cost: "Continued pre-training and fine-tuning to 64k in the paper; nothing at run time.",
    implementers: ["hrlics/CoPE (transformers)"])

  public let count: Int

  public init(_ values: ParameterValues) throws(MethodError) {
    count = values.integer("clip_low_n") ?? 0
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let clipped = min(count, plan.pairCount)
    let first = plan.pairCount - clipped
    for j in 0..<clipped {
      // The last factor is 0 itself, not what rounding leaves of it.
      let mask = clipped > 1 && j == clipped - 1 ? 0 : 0.5 * (1 + .cos(.pi * Double(j) / Double(max(1, clipped - 1))))
      plan.inverseFrequencies[first + j] *= mask
    }
  }
}

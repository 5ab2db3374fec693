/// LongLoRA's shifted sparse attention, with its position interpolation.
public struct ShiftedSparseAttention: ScalingMethod {
  public static let card = MethodCard(
    id: "longlora", aliases: ["s2-attn"], title: "LongLoRA (S²-Attn)", shortTitle: "LongLoRA",
    summary: """
      Fine-tunes with attention inside groups of tokens, the groups of half of the heads shifted by half a group, and \
      with interpolated positions; at inference it is position interpolation with full attention, which is what stands \
      here. pattern=s2 is the attention of its training.
      """,
    formula: "⌊(p + h)/G⌋ = ⌊(r + h)/G⌋ with h = 0 or G/2 by head half;  θ′_i = θ_i/⌈L*/L0⌉",
    stages: [.visibility],
    parameters: [
      MethodParameter(
        "group", .integer, range: 2...Double(RotaryGeometry.largestLength), default: .absent("a quarter of the length"),
        summary: "G: tokens in a group of the training pattern"),
      MethodParameter(
        "factor", range: 1e-6...1e9,
        default: .derived("target length / trained length, rounded up") { .number($0.lengthRatio.rounded(.up)) },
        summary: "interpolation factor s; another frequency method that it is joined to takes its place"),
      MethodParameter(
        "pattern", .text,
        default: .dependent("full; s2 where a group is given") { _, values in
          .text(values.integer("group") == nil ? "full" : "s2")
        },
        summary: "full: every earlier key, as at inference; s2: the groups of training"),
    ],
    references: [
      .arXiv("2309.12307", "LongLoRA", "§3.2"),
      Reference("LongLoRA", source: "dvlab-research/LongLoRA", place: "llama_attn_replace.py"),
    ],
    hazardClass: "K0", training: .required,
    cost: """
      1,000 steps of LoRA on the projections, with embeddings and norms trained in full; the groups save work in \
      training only.
      """,
    implementers: ["dvlab-research/LongLoRA", "LLaMA-Factory (shift_attn)"], exactness: .approximate)

  public let group: Int?
  public let factor: Double
  public let isGrouped: Bool

  public init(_ values: ParameterValues) throws(MethodError) {
    group = values.integer("group")
    factor = values.number("factor", default: 1)
    switch values.text("pattern") {
    case "s2": isGrouped = true
    case "full": isGrouped = false
    case let other:
      throw MethodError(
        .invalidValue, "longlora: “pattern” is \(other ?? "missing"), expected s2 or full", parameter: "pattern")
    }
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    if plan.inverseFrequencies == plan.geometry.inverseFrequencies {
      for i in plan.inverseFrequencies.indices { plan.inverseFrequencies[i] /= factor }
    }
    guard isGrouped else { return }
    plan.visibility = .shiftedGroups(size: group ?? max(2, plan.length / 4))
  }
}

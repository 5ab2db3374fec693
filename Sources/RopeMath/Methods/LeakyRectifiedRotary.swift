/// Leaky ReRoPE: distances grow more slowly beyond the window.
public struct LeakyRectifiedRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "leaky-rerope", title: "Leaky ReRoPE",
    summary: """
      Keeps true distances inside a window and lets them grow by 1/k a token beyond it: order survives, at a coarser \
      step, as far as the trained range reaches.
      """,
    formula: "φ = p − r for p − r < w, else w + (p − r − w)/k;  reach w + 1 + k·(L0 − 1 − w)",
    stages: [.positions],
    parameters: [
      .rectifiedWindow,
      MethodParameter(
        "step", range: 1...1e12, default: .constant(.number(16)),
        summary: "k: tokens beyond the window that make one position (scaling_factor in the authors' code)"),
      .logn,
    ],
    references: [
      Reference("Su", source: "kexue.fm 9728", url: "https://kexue.fm/archives/9728"),
      Reference("rerope", source: "bojone/rerope", place: "leaky_rerope_patch.py"),
    ],
    hazardClass: "Kp", training: .none,
    cost: "No training; logits are computed twice, once for each branch, and keys are cached un-rotated.",
    implementers: ["bojone/rerope"], exactness: .approximate)

  public let window: Int
  public let step: Double
  public let lognLength: Double?

  public init(_ values: ParameterValues) throws(MethodError) {
    window = values.integer("window") ?? 1
    step = values.number("step", default: 16)
    lognLength = values.number("logn")
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let slope = 1 / step, w = Double(window)
    plan.bands = [
      PositionBand(region: PositionRegion(largestDistance: window - 1), query: .identity, key: .identity),
      PositionBand(
        region: .everywhere, query: PositionFunction(slope: slope, offset: w - w * slope),
        key: PositionFunction(slope: slope)),
    ]
    plan.cachedKeys = .unrotated
    plan.scaleQueries(lognLength: lognLength)
  }
}

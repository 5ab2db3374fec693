/// ReRoPE: distances are clamped at the window.
public struct RectifiedRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "rerope", title: "ReRoPE",
    summary: """
      Keeps true distances inside a window and gives every farther key the window itself as its distance: all of the \
      text is seen, but order is lost beyond the window.
      """,
    formula: "φ = min(p − r, w)",
    stages: [.positions],
    parameters: [.rectifiedWindow, .logn],
    references: [
      Reference("Su", source: "kexue.fm 9708", url: "https://kexue.fm/archives/9708"),
      Reference("rerope", source: "bojone/rerope", place: "rerope_patch.py"),
    ],
    hazardClass: "Kp", training: .none,
    cost: "No training; logits are computed twice, once for each branch, and keys are cached un-rotated.",
    implementers: ["bojone/rerope", "jquesnelle/yarn (LlamaReRoPE)"], exactness: .approximate)

  public let window: Int
  public let lognLength: Double?

  public init(_ values: ParameterValues) throws(MethodError) {
    window = values.integer("window") ?? 1
    lognLength = values.number("logn")
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.bands = [
      PositionBand(region: PositionRegion(largestDistance: window - 1), query: .identity, key: .identity),
      PositionBand(region: .everywhere, query: .constant(Double(window)), key: .constant(0)),
    ]
    plan.cachedKeys = .unrotated
    plan.scaleQueries(lognLength: lognLength)
  }
}

extension MethodParameter {
  /// The window of ReRoPE and Leaky ReRoPE.
  static let rectifiedWindow = MethodParameter(
    "window", .integer, range: 1...Double(RotaryGeometry.largestLength), default: .trainedLength(over: 8),
    summary: "w: recent tokens, in tokens, at true distance")
}

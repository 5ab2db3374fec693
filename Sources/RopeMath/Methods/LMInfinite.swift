/// LM-Infinite: a Λ-shaped mask and a ceiling on distances.
public struct LMInfinite: ScalingMethod {
  public static let card = MethodCard(
    id: "lm-infinite", title: "LM-Infinite",
    summary: """
      Attends to the most recent tokens at their true distance and to the first few of the text at one constant \
      distance, so that angles and numbers of keys stay near those of training (with the defaults one token and the \
      first few keys beyond them); what lies between is not seen.
      """,
    formula: """
      key r is visible to query p iff r < global or p − r < local;  \
      φ = p − r for p − r < local, else min(limit, L − 1)
      """,
    stages: [.positions, .visibility],
    parameters: [
      MethodParameter(
        "local", .integer, range: 1...Double(RotaryGeometry.largestLength), default: .trainedLength(over: 1),
        summary: "recent tokens that are seen at their true distance"),
      MethodParameter(
        "global", .integer, range: 0...Double(RotaryGeometry.largestLength), default: .constant(.number(10)),
        summary: "first tokens of the text that stay visible"),
      MethodParameter(
        "limit", .integer, range: 0...Double(RotaryGeometry.largestLength), default: .trainedLength(over: 1),
        summary: "distance, in tokens, at which all farther keys appear"),
      MethodParameter(
        "visibility", .text, default: .constant(.text("lambda")),
        summary: "lambda: the Λ-shaped mask; all: every earlier key, the two branches' logits added"),
      .logn,
    ],
    references: [
      .arXiv("2308.16137", "LM-Infinite", "§4"),
      Reference("LM-Infinite", source: "Glaciohound/LM-Infinite", place: "models/lambda_attention.py"),
    ],
    hazardClass: "Kp", training: .none,
    cost: "No training; work per token stays at global + local keys, and text between the two is lost to the model.",
    implementers: ["Glaciohound/LM-Infinite"], exactness: .approximate)

  public let local: Int
  public let global: Int
  public let limit: Int
  public let masks: Bool
  public let lognLength: Double?

  public init(_ values: ParameterValues) throws(MethodError) {
    local = values.integer("local") ?? 1
    global = values.integer("global") ?? 10
    limit = values.integer("limit") ?? local
    lognLength = values.number("logn")
    switch values.text("visibility") {
    case "lambda": masks = true
    case "all": masks = false
    case let other:
      throw MethodError(
        .invalidValue, "lm-infinite: “visibility” is \(other ?? "missing"), expected lambda or all",
        parameter: "visibility")
    }
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    // The authors' code places all far keys at the same distance, and never farther than the keys at hand reach.
    let ceiling = PositionFunction.constant(Double(min(limit, plan.length - 1)))
    let near = PositionBand(
      region: PositionRegion(largestDistance: local - 1), query: .identity, key: .identity)
    if masks {
      plan.bands = [near, PositionBand(region: .everywhere, query: ceiling, key: .constant(0))]
      plan.visibility = .lambda(global: global, local: local)
    } else {
      let far = PositionRegion(smallestDistance: limit)
      plan.bands = [near, PositionBand(region: far, query: ceiling, key: .constant(0), isAdded: true)]
      plan.visibility = .causal
    }
    plan.cachedKeys = .unrotated
    plan.scaleQueries(lognLength: lognLength)
  }
}

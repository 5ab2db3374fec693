/// HoPE: only pairs that complete a turn in training rotate.
public struct HighFrequencyRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "hope", title: "HoPE (high frequencies only)", shortTitle: "HoPE",
    summary: """
      Leaves every pair whose wavelength exceeds the training length without position, so that only fast pairs carry it \
      and the mean score does not decay with distance. The same frequencies as FoPE's clipping, from another argument.
      """,
    formula: "θ′_i = θ_i for θ_i ≥ 2π/L0, else 0",
    stages: [.frequencies], parameters: [.originalLength],
    references: [.arXiv("2410.21216", "HoPE")],
    hazardClass: "K0", training: .required, cost: "Pre-training with it.", isComparedByDefault: false)

  public let trainedLength: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    trainedLength = values.number("original_max_position_embeddings", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let slowest = 2 * Double.pi / trainedLength
    for i in plan.inverseFrequencies.indices where plan.inverseFrequencies[i] < slowest {
      plan.inverseFrequencies[i] = 0
    }
  }
}

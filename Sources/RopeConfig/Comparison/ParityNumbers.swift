import RopeMath
import RopeText

/// What a runtime computes for one type of layer, beside what the reference computes.
public struct ParityNumbers: Sendable, Codable, Equatable {
  /// `all`, or the layer type.
  public var layers: String
  public var method: String
  public var parameters: [String: ParameterValue]
  /// Radians per token, one a pair.
  public var inverseFrequencies: [Double]
  public var attentionFactor: Double
  public var softmaxScaleFactor: Double
  /// The multiplier of the query at the last position of the length.
  public var queryScaleFactor: Double
  /// Over pairs and factors; nil where the reference refuses the file.
  @Nullable public var maxRelativeDifference: Double? = nil
  @Nullable public var pairsDiffering: Int? = nil
  /// Over pairs alone.
  @Nullable public var maxPairDifference: Double? = nil
  /// Over the attention factor, the softmax scale and the queries' scale alone.
  @Nullable public var factorDifference: Double? = nil
  /// `max |Δθ_i|·L`, radians.
  @Nullable public var maxPhaseErrorRadians: Double? = nil
  /// First token at which some pair is more than 0.1 rad away; nil where none is within the length.
  @Nullable public var firstPosition: Int? = nil
  /// What differs and is no number: positions, visibility, decay, normalisation.
  public var otherDifferences: [String] = []

  /// - Parameter name: the layer type of the reference, where the runtime has no type of that name.
  init(_ layer: RuntimeLayer, reference: RotaryPlan?, name: String? = nil) {
    layers = name ?? layer.name
    method = layer.method
    parameters = layer.parameters
    inverseFrequencies = layer.plan.inverseFrequencies
    attentionFactor = layer.plan.attentionFactor
    softmaxScaleFactor = layer.plan.softmaxScaleFactor
    queryScaleFactor = layer.plan.queryScale.value(at: layer.plan.length - 1)
    guard let reference else { return }
    let comparison = PlanComparison(of: layer.plan, with: reference)
    maxRelativeDifference = comparison.maxRelativeDifference
    pairsDiffering = comparison.pairsDiffering
    maxPairDifference = comparison.relativeDifferences.max() ?? 0
    factorDifference = comparison.factorDifference
    maxPhaseErrorRadians = comparison.maxPhaseError
    firstPosition = comparison.firstPosition(beyond: 0.1, length: reference.length)
    otherDifferences = comparison.otherDifferences
  }

  public var isMismatch: Bool {
    (maxRelativeDifference ?? 0) > PlanComparison.tolerance || !otherDifferences.isEmpty
  }

  enum CodingKeys: String, CodingKey {
    case layers, method, parameters
    case inverseFrequencies = "inverse_frequencies"
    case attentionFactor = "attention_factor"
    case softmaxScaleFactor = "softmax_scale_factor"
    case queryScaleFactor = "query_scale_factor"
    case maxRelativeDifference = "max_relative_difference"
    case pairsDiffering = "pairs_differing"
    case maxPairDifference = "max_pair_difference"
    case factorDifference = "factor_difference"
    case maxPhaseErrorRadians = "max_phase_error_radians"
    case firstPosition = "first_position"
    case otherDifferences = "other_differences"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    layers = try container.decode(String.self, forKey: .layers)
    method = try container.decode(String.self, forKey: .method)
    parameters = try container.decode([String: ParameterValue].self, forKey: .parameters)
    inverseFrequencies = try container.decode([Double].self, forKey: .inverseFrequencies)
    attentionFactor = try container.decode(Double.self, forKey: .attentionFactor)
    softmaxScaleFactor = try container.decode(Double.self, forKey: .softmaxScaleFactor)
    queryScaleFactor = try container.decode(Double.self, forKey: .queryScaleFactor)
    maxRelativeDifference = try container.decodeIfPresent(Double.self, forKey: .maxRelativeDifference)
    pairsDiffering = try container.decodeIfPresent(Int.self, forKey: .pairsDiffering)
    maxPairDifference = try container.decodeIfPresent(Double.self, forKey: .maxPairDifference)
    factorDifference = try container.decodeIfPresent(Double.self, forKey: .factorDifference)
    maxPhaseErrorRadians = try container.decodeIfPresent(Double.self, forKey: .maxPhaseErrorRadians)
    firstPosition = try container.decodeIfPresent(Int.self, forKey: .firstPosition)
    // Documents of earlier releases lack it.
    otherDifferences = try container.decodeIfPresent([String].self, forKey: .otherDifferences) ?? []
  }
}

import RopeMath
import RopeText

/// A plan as scripts read it: an entry of `plans` in `ropescope.inspect/1`.
public struct PlanRecord: Sendable, Codable {
  public var method: String
  public var parameters: [String: ParameterValue]
  public var length: Int
  /// `all`, or the layer type that the plan is for.
  public var layers: String
  public var inverseFrequencies: [Double]
  /// Tokens per turn; nil for a pair that is not rotated.
  public var wavelengths: [Double?]
  public var interpolationRatios: [Double]
  public var attentionFactor: Double
  public var softmaxScaleFactor: Double
  @Nullable public var queryScale: FormRecord?
  @Nullable public var positionMap: FormRecord?
  @Nullable public var visibility: FormRecord?
  public var normalisation: String
  public var cachedKeys: String
  /// What only some plans have; absent from the record where a plan has it not.
  public var logitByDistance: FormRecord?
  public var sink: FormRecord?
  public var rotatedLayers: FormRecord?
  public var scaledLayers: FormRecord?

  public init(_ method: BoundMethod, label: String, length: Int, layers: String) throws(MethodError) {
    self.init(try method.plan(length: length), label: label, parameters: method.parameters, layers: layers)
  }

  public init(_ plan: RotaryPlan, label: String, parameters: [String: ParameterValue], layers: String) {
    method = label
    self.parameters = parameters
    length = plan.length
    self.layers = layers
    inverseFrequencies = plan.inverseFrequencies
    wavelengths = plan.wavelengths.map { $0.isFinite ? $0 : nil }
    interpolationRatios = plan.interpolationRatios
    attentionFactor = plan.attentionFactor
    softmaxScaleFactor = plan.softmaxScaleFactor
    queryScale = FormRecord(plan.queryScale)
    positionMap = FormRecord(plan.bands)
    visibility = FormRecord(plan.visibility)
    normalisation = plan.normalisation == .softmax ? "softmax" : "landmark"
    cachedKeys = plan.cachedKeys.hazardClass
    logitByDistance = plan.logitByDistance.map { FormRecord($0) }
    sink = plan.sink.map { FormRecord(sink: $0) }
    rotatedLayers = plan.rotatedLayers.map { FormRecord($0) }
    scaledLayers = plan.scaledLayers.map { FormRecord($0) }
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case method, parameters, length, layers, wavelengths, visibility, normalisation, sink
    case inverseFrequencies = "inverse_frequencies"
    case interpolationRatios = "interpolation_ratios"
    case attentionFactor = "attention_factor"
    case softmaxScaleFactor = "softmax_scale_factor"
    case queryScale = "query_scale"
    case positionMap = "position_map"
    case cachedKeys = "cached_keys"
    case logitByDistance = "logit_by_distance"
    case rotatedLayers = "rotated_layers"
    case scaledLayers = "scaled_layers"
  }
}

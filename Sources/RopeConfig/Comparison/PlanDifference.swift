import RopeJSON
import RopeMath

/// Two configurations, layer type by layer type: the document `ropescope.diff/1`.
public struct PlanDifference: Sendable, Codable {
  public struct Pair: Sendable, Codable {
    public var pair: Int
    /// Radians per token in the first and in the second configuration; 0 where it has no such pair.
    public var first: Double
    public var second: Double
    public var relativeDifference: Double
    /// `|Δθ|·L`, radians.
    public var phaseErrorRadians: Double
    /// First token at which the phases are more than the threshold apart; nil where none is within the length.
    public var firstPosition: Int?

    enum CodingKeys: String, CodingKey {
      case pair, first, second
      case relativeDifference = "relative_difference"
      case phaseErrorRadians = "phase_error_radians"
      case firstPosition = "first_position"
    }
  }

  public struct Layer: Sendable, Codable {
    public var layers: String
    /// The methods as specifications; `none` for plain rotation.
    public var methods: [String]
    public var attentionFactors: [Double]
    public var softmaxScaleFactors: [Double]
    /// Multiplier of the query at the last position.
    public var queryScaleFactors: [Double]
    /// The pairs that differ.
    public var pairs: [Pair]
    public var pairCounts: [Int]
    public var maxRelativeDifference: Double
    public var maxPhaseErrorRadians: Double
    /// From which token on it matters; nil where it does not within the length. A factor matters from the start.
    public var firstPosition: Int?
    /// What differs and is no number: positions, visibility, decay, normalisation.
    public var otherDifferences: [String]
    /// What differs in words.
    public var sentence: String

    enum CodingKeys: String, CodingKey {
      case layers, methods, pairs, sentence
      case attentionFactors = "attention_factors"
      case softmaxScaleFactors = "softmax_scale_factors"
      case queryScaleFactors = "query_scale_factors"
      case pairCounts = "pair_counts"
      case maxRelativeDifference = "max_relative_difference"
      case maxPhaseErrorRadians = "max_phase_error_radians"
      case firstPosition = "first_position"
      case otherDifferences = "other_differences"
    }

    var differs: Bool { maxRelativeDifference > PlanComparison.tolerance || !otherDifferences.isEmpty }
  }

  public var schema: String
  public var length: Int
  /// Phase difference, in radians, from which on it is said to matter.
  public var threshold: Double
  /// Values of the two readings that differ; empty where only layers were compared.
  public var keys: [ValueDifference]
  public var layers: [Layer]
  /// Layer types that only one of the two has.
  public var unmatched: [String]

  public var differs: Bool {
    !unmatched.isEmpty || layers.contains(where: \.differs)
  }

  /// - Throws: `ConfigurationError` where `runtime` refuses one of the two.
  public init(
    _ first: Declaration, _ second: Declaration, runtime: Runtime = RuntimeCatalogue.reference, length: Int,
    threshold: Double = 0.1
  ) throws(ConfigurationError) {
    let left = try runtime.layers(of: first, length: length)
    let right = try runtime.layers(of: second, length: length)
    self.init(left, right, length: length, threshold: threshold)
    keys = ValueDifference.between(
      try runtime.read(first, length: length), try runtime.read(second, length: length))
  }

  /// The same from layers that were read before.
  public init(_ left: [RuntimeLayer], _ right: [RuntimeLayer], length: Int, threshold: Double = 0.1) {
    schema = "ropescope.diff/1"
    self.length = length
    self.threshold = threshold
    keys = []
    layers = []
    unmatched = []
    for layer in left {
      // One type of layer against several: the scaled ones, which stand first.
      let isOnly = left.count == 1 || right.count == 1
      if let other = right.first(where: { $0.name == layer.name })
        ?? (isOnly && layer.name == left.first?.name ? right.first : nil)
      {
        layers.append(Self.layer(layer, other, length: length, threshold: threshold))
      } else {
        unmatched.append(layer.name)
      }
    }
    if left.count > 1 || right.count > 1 {
      let matched = Set(left.map(\.name))
      unmatched += right.dropFirst(left.count == 1 ? 1 : 0).map(\.name).filter { !matched.contains($0) }
    }
  }

  private static func layer(_ first: RuntimeLayer, _ second: RuntimeLayer, length: Int, threshold: Double) -> Layer {
    let comparison = PlanComparison(of: second.plan, with: first.plan)
    func frequency(_ layer: RuntimeLayer, _ i: Int) -> Double {
      i < layer.plan.pairCount ? layer.plan.inverseFrequencies[i] : 0
    }
    let pairs = comparison.relativeDifferences.indices.filter {
      comparison.relativeDifferences[$0] > PlanComparison.tolerance
    }
    .map { i in
      let phase = comparison.phaseErrors[i]
      let position = (threshold / (phase / Double(length))).rounded(.down) + 1
      return Pair(
        pair: i, first: frequency(first, i), second: frequency(second, i),
        relativeDifference: comparison.relativeDifferences[i], phaseErrorRadians: phase,
        firstPosition: position < Double(length) ? Int(position) : nil)
    }
    let factorDiffers =
      comparison.factorDifference > PlanComparison.tolerance || !comparison.otherDifferences.isEmpty
    let both = [first, second]
    return Layer(
      layers: first.name, methods: both.map { $0.specification?.description ?? "none" },
      attentionFactors: both.map(\.plan.attentionFactor), softmaxScaleFactors: both.map(\.plan.softmaxScaleFactor),
      queryScaleFactors: both.map { $0.plan.queryScale.value(at: length - 1) }, pairs: pairs,
      pairCounts: both.map(\.plan.pairCount), maxRelativeDifference: comparison.maxRelativeDifference,
      maxPhaseErrorRadians: comparison.maxPhaseError,
      firstPosition: factorDiffers ? 0 : comparison.firstPosition(beyond: threshold, length: length),
      otherDifferences: comparison.otherDifferences, sentence: comparison.sentence)
  }
}

/// The parts of a plan that a method may fill, in the order in which composed methods are applied.
///
/// Two methods compose where they fill different stages; two that fill the same one are refused.
public enum PlanStage: Int, Sendable, Hashable, Codable, Comparable, CaseIterable {
  /// Which features rotate: partial rotary.
  case rotaryShare
  /// The base that unscaled frequencies are made from.
  case base
  case frequencies
  /// A correction of whatever frequencies there are, such as Resonance's rounding of wavelengths.
  case rounding
  case positions
  /// Which counter of a multimodal model each pair reads.
  case streams
  /// A decay of each pair's logit with distance.
  case decay
  case visibility
  case normalisation
  case queryScale
  /// A factor on every logit (multi-head latent attention).
  case softmaxScale
  /// What becomes of logits with the true distance.
  case logitByDistance
  /// A logit that takes part in the softmax and stands for no key.
  case sink
  /// Which layers rotate.
  case layers

  public static func < (left: PlanStage, right: PlanStage) -> Bool { left.rawValue < right.rawValue }

  /// What a sentence calls it.
  public var phrase: String {
    switch self {
    case .rotaryShare: "the rotated share of the head"
    case .base: "the base"
    case .frequencies: "the inverse frequencies"
    case .rounding: "the rounding of wavelengths"
    case .positions: "the position map"
    case .streams: "the position stream of each pair"
    case .decay: "the decay with distance"
    case .visibility: "which keys are visible"
    case .normalisation: "the normalisation"
    case .queryScale: "the query scale"
    case .softmaxScale: "the softmax scale"
    case .logitByDistance: "the change of logits with distance"
    case .sink: "the sink"
    case .layers: "the layers that rotate"
    }
  }
}

/// A part of a plan in which two runtimes can differ.
enum PlanAspect: Sendable, CaseIterable {
  case frequencies
  /// The factors of every logit: attention factor and softmax scale.
  case temperature
  case queryScale
  case positions
  case visibility
  case decay
  case normalisation
  /// What becomes of logits with the true distance.
  case logitByDistance
  case sink
  /// Which layers rotate, or scale their queries.
  case layers
}

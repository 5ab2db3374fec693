import RopeConfig
import RopeMath

/// The plans of a model's layer types under one method at one length.
public struct LayerPlans: Sendable, Hashable {
  /// By the layer type's name: those that see all of the text first.
  public private(set) var types: [String]
  public private(set) var plans: [RotaryPlan]

  /// - Parameter plans: at least one.
  init(_ plans: [(type: String, plan: RotaryPlan)]) {
    types = plans.map(\.type)
    self.plans = plans.map(\.plan)
  }

  /// The same plan for every layer that rotates.
  public init(full: RotaryPlan) { self.init([("all", full)]) }

  /// Of the layers that see all of the text, else of the only type.
  public var full: RotaryPlan {
    get { plans[0] }
    set { plans[0] = newValue }
  }

  /// The plan of a layer type; the first one for a type that has none.
  public func plan(of type: String) -> RotaryPlan { types.firstIndex(of: type).map { plans[$0] } ?? full }

  /// Whether two methods rotate, weigh and hide alike, whatever length they were planned for.
  public func isSameRotation(as other: LayerPlans) -> Bool {
    types == other.types && zip(plans, other.plans).allSatisfy { $0.isSameRotation(as: $1) }
  }
}

extension RotaryPlan {
  /// Equality of everything but the length, in the terms that logits depend on.
  func isSameRotation(as other: RotaryPlan) -> Bool {
    geometry == other.geometry && inverseFrequencies == other.inverseFrequencies
      && attentionFactor == other.attentionFactor && softmaxScaleFactor == other.softmaxScaleFactor
      && queryScale == other.queryScale && bands == other.bands && decayRates == other.decayRates
      && pairStreams == other.pairStreams && visibility == other.visibility && normalisation == other.normalisation
      && logitByDistance == other.logitByDistance && sink == other.sink && rotatedLayers == other.rotatedLayers
      && scaledLayers == other.scaledLayers
  }
}

import RopeConfig
import RopeMath
import RopeText

/// How one layer's plan in a runtime differs from the reference's.
struct PlanGap: Sendable {
  let layer: RuntimeLayer
  let reference: RuntimeLayer
  let aspects: Set<PlanAspect>
  private let comparison: PlanComparison

  /// Nil where the two agree.
  init?(_ layer: RuntimeLayer, _ reference: RuntimeLayer) {
    self.layer = layer
    self.reference = reference
    let own = layer.plan
    let other = reference.plan
    comparison = PlanComparison(of: own, with: other)
    var aspects: Set<PlanAspect> = []
    if comparison.pairsDiffering > 0 || own.pairCount != other.pairCount { aspects.insert(.frequencies) }
    let logits = Self.relative(own.logitFactor, other.logitFactor) > PlanComparison.tolerance
    let factors = Self.relative(own.attentionFactor, other.attentionFactor) > PlanComparison.tolerance
    if logits || (factors && !comparison.isTemperatureMoved) { aspects.insert(.temperature) }
    let last = other.length - 1
    let scales = (own.queryScale.value(at: last), other.queryScale.value(at: last))
    if Self.relative(scales.0, scales.1) > PlanComparison.tolerance { aspects.insert(.queryScale) }
    if own.bands != other.bands, !comparison.otherDifferences.isEmpty { aspects.insert(.positions) }
    if own.visibility != other.visibility { aspects.insert(.visibility) }
    if own.decayRates != other.decayRates { aspects.insert(.decay) }
    if own.normalisation != other.normalisation { aspects.insert(.normalisation) }
    if own.logitByDistance != other.logitByDistance { aspects.insert(.logitByDistance) }
    if own.sink != other.sink { aspects.insert(.sink) }
    if own.rotatedLayers != other.rotatedLayers || own.scaledLayers != other.scaledLayers { aspects.insert(.layers) }
    guard comparison.isMismatch || !aspects.isEmpty else { return nil }
    self.aspects = aspects.isEmpty ? [.queryScale] : aspects
  }

  private static func relative(_ value: Double, _ reference: Double) -> Double {
    value == reference ? 0 : abs(value - reference) / (reference == 0 ? abs(value) : abs(reference))
  }

  /// Names of parameters and sizes that differ: `factor`, `truncate`, `base`, `rotary_dim`, `method`.
  var parameters: Set<String> {
    var names: Set<String> = []
    let own = layer.plan.geometry
    let other = reference.plan.geometry
    if own.base != other.base { names.insert("base") }
    if own.rotaryDimension != other.rotaryDimension || layer.plan.pairCount != reference.plan.pairCount {
      names.insert("rotary_dim")
    }
    guard layer.method == reference.method else { return names.union(["method"]) }
    for key in Set(layer.parameters.keys).union(reference.parameters.keys)
    where layer.parameters[key] != reference.parameters[key] { names.insert(key) }
    return names
  }

  /// Whether only the reference scales.
  var isUnscaled: Bool { layer.specification == nil && reference.specification != nil }

  /// Whether only the runtime scales.
  var isScaledHereOnly: Bool { layer.specification != nil && reference.specification == nil }

  /// Multiplier of every logit against the reference's.
  var logits: Double { layer.plan.logitFactor / reference.plan.logitFactor }

  /// What differs, with the worst pair and its number; without numbers of pairs where the head's size is only assumed.
  func words(isSized: Bool = true) -> Message {
    var words: [Message] = []
    let own = layer.plan
    let other = reference.plan
    if aspects.contains(.frequencies) { words.append(frequencies(own, other, isSized: isSized)) }
    if aspects.contains(.temperature) { words.append("logits × \(Phrase.ratio(logits))") }
    if aspects.contains(.queryScale) {
      let last = other.length - 1
      let ratio = own.queryScale.value(at: last) / other.queryScale.value(at: last)
      words.append("the query at the last of \(Phrase.tokens(other.length)) positions × \(Phrase.ratio(ratio))")
    }
    if aspects.contains(.positions) {
      words.append(own.bands == [.plain] ? "true positions instead of re-mapped ones" : "positions re-mapped")
    }
    if aspects.contains(.visibility) { words.append("other keys are visible") }
    if aspects.contains(.decay) { words.append("another decay with distance") }
    if aspects.contains(.normalisation) { words.append("another normalisation of the logits") }
    if aspects.contains(.logitByDistance) { words.append("another change of logits with distance") }
    if aspects.contains(.sink) { words.append("another sink in the softmax") }
    if aspects.contains(.layers) { words.append("other layers are reached") }
    return .clauses(words)
  }

  private func frequencies(_ own: RotaryPlan, _ other: RotaryPlan, isSized: Bool) -> Message {
    guard own.pairCount == other.pairCount else {
      return "\(own.pairCount) pairs turn instead of \(other.pairCount)"
    }
    var worst = 1.0
    var pair = 0
    var stopped = 0
    for (index, (one, reference)) in zip(own.inverseFrequencies, other.inverseFrequencies).enumerated() {
      guard one > 0, reference > 0 else {
        if one != reference { stopped += 1 }
        continue
      }
      let ratio = max(one / reference, reference / one)
      if ratio > worst { (worst, pair) = (ratio, index) }
    }
    guard worst > 1 else {
      return
        "θ′ of \(comparison.pairsDiffering) of \(own.pairCount) pairs differs: \(stopped) turn in one of the two only"
    }
    guard isSized else { return "θ′ differs by up to \(Phrase.ratio(worst)) ×" }
    let amount: Message = worst < 1.01 ? "\(Phrase.percent(worst - 1))" : "\(Phrase.ratio(worst)) ×"
    return Self.frequencies(comparison.pairsDiffering, of: own.pairCount, by: amount, at: pair)
  }

  /// How many frequencies differ, and by how much the one that differs most.
  static func frequencies(_ count: Int, of pairs: Int, by amount: Message, at pair: Int) -> Message {
    "θ′ of \(count) of \(pairs) pairs differs, by up to \(amount) (pair \(pair))"
  }
}

import RopeConfig
import RopeMath
import RopeText

extension CheckSubject {
  /// The rotary geometry of the layers that scaling applies to: the file's, else that of the published model.
  var geometry: RotaryGeometry? {
    if case .success(let model) = resolved, let layer = model.layerTypes.first { return layer.geometry }
    guard let head = headDimension ?? known?.headDimension, let trained = nativeLength ?? window.map(Double.init),
      trained >= 1, trained <= Double(RotaryGeometry.largestLength)
    else { return nil }
    let share = declaration.value(.share)?.node.finiteNumber ?? known?.rotaryShare ?? 1
    return try? RotaryGeometry(
      headDimension: head, rotaryDimension: Phrase.whole(Double(head) * share), base: theta ?? known?.base ?? 10_000,
      trainedLength: Phrase.whole(trained))
  }

  /// Features of a head, leniently: the rotated slice where attention is latent.
  var headDimension: Int? {
    if isLatent, let slice = value("qk_rope_head_dim")?.node.count { return slice }
    if let head = count(.headDimension) { return head }
    guard let hidden = count(.hiddenSize), let heads = count(.heads), heads > 0
    else { return nil }
    return hidden / heads
  }

  /// The file's own plan at a length; nil where the file cannot be resolved.
  func plan(at length: Int? = nil) -> RotaryPlan? {
    guard case .success(let model) = resolved, let layer = model.layerTypes.first else { return nil }
    return plan(layer.scaling ?? MethodSpecification("none"), layer.geometry, at: length)
  }

  /// What the runtimes that are meant compute, else the reference.
  var meantPlans: [RotaryPlan] {
    guard !runtimes.isEmpty else { return (referenceLayers ?? []).map(\.plan) }
    return verdicts.flatMap { verdict in ((try? verdict.reading?.planned(length: length)) ?? []).map(\.plan) }
  }

  func plan(_ specification: MethodSpecification, _ geometry: RotaryGeometry? = nil, at length: Int? = nil)
    -> RotaryPlan?
  {
    guard let geometry = geometry ?? self.geometry else { return nil }
    let length = length ?? target ?? window ?? geometry.trainedLength
    return try? BoundMethod(specification, context: MethodContext(geometry: geometry, targetLength: length)).plan(
      length: length)
  }

  /// YaRN's numbers as this file gives them, with single values replaced.
  func yarn(_ scaling: DeclaredScaling, _ changes: [String: Double] = [:], truncates: Bool = true)
    -> MethodSpecification
  {
    var given: [String: ParameterValue] = ["truncate": .flag(truncates)]
    for key in ["factor", "beta_fast", "beta_slow", "attention_factor", "mscale", "mscale_all_dim"] {
      if let number = scaling.number(key) { given[key] = .number(number) }
    }
    if let original = original(scaling) ?? window.map(Double.init) {
      given["original_max_position_embeddings"] = .number(original)
    }
    for (key, number) in changes { given[key] = .number(number) }
    return MethodSpecification("yarn", given)
  }

  /// ` (41 of 64 pairs turn through angles never trained)`: what plain rotation meets beyond the trained length.
  func unseenPairs(at length: Int, trained: Double) -> Message {
    // An alpha that raises the base was trained under.
    let isRaised = reading?.layerTypes.first?.scaling?.parts.first?.id == "ntk"
    guard let plan = isRaised ? self.plan(at: length) : plan(MethodSpecification("none"), at: length) else { return "" }
    let count = plan.inverseFrequencies.count { $0 * trained < 2 * .pi }
    guard count > 0 else { return "" }
    return " (\(count) of \(plan.pairCount) pairs turn through angles never trained)"
  }

  /// Tokens up to which a base above the published model's keeps every pair within the angles that training showed: the
  /// least L₀·θᵢ/θ′ᵢ over pairs that completed no turn in the L₀ trained tokens, a scaling of the file's own included.
  ///
  /// nil where the model is unknown or its base is not raised; infinite where every pair completed a turn.
  func lengthCoveredByBase(for wanted: Int) -> Double? {
    guard let known, let theta, theta > known.base * 1.01, let head = headDimension ?? known.headDimension else {
      return nil
    }
    let rotated = Phrase.whole(Double(head) * known.rotaryShare)
    guard
      let native = try? RotaryGeometry(
        headDimension: head, rotaryDimension: rotated, base: known.base, trainedLength: known.trainedLength),
      let before = plan(MethodSpecification("none"), native, at: known.trainedLength),
      let after = plan(at: wanted) ?? plan(MethodSpecification("none"), at: wanted),
      before.pairCount == after.pairCount
    else { return nil }
    let trained = Double(known.trainedLength)
    return zip(before.inverseFrequencies, after.inverseFrequencies).lazy
      .filter { $0.0 * trained < 2 * .pi && $0.1 > 0 }.map { trained * $0.0 / $0.1 }.min() ?? .infinity
  }

  /// Whether a raised base reaches a length, within a tenth: rules for the base differ by that much.
  func isCoveredByBase(_ wanted: Int) -> Bool {
    lengthCoveredByBase(for: wanted).map { $0 >= 0.9 * Double(wanted) } ?? false
  }

  /// How far two readings of the file lie apart, in words; nil where they agree.
  func difference(_ plan: RotaryPlan?, from reference: RotaryPlan?) -> Message? {
    guard let plan, let reference, plan.pairCount == reference.pairCount else { return nil }
    var worst = 1.0
    var pair = 0
    var differing = 0
    for (index, (one, other)) in zip(plan.inverseFrequencies, reference.inverseFrequencies).enumerated() {
      guard one > 0, other > 0 else { continue }
      let ratio = max(one / other, other / one)
      if ratio > 1.000_001 { differing += 1 }
      if ratio > worst { (worst, pair) = (ratio, index) }
    }
    var words: [Message] = []
    if differing > 0 {
      words.append(PlanGap.frequencies(differing, of: plan.pairCount, by: "\(Phrase.ratio(worst)) ×", at: pair))
    }
    let logits = plan.logitFactor / reference.logitFactor
    if abs(logits - 1) > 1e-6 { words.append("logits × \(Phrase.ratio(logits))") }
    return words.isEmpty ? nil : .clauses(words)
  }
}

import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath
import RopeRecords
import RopeText

/// Brings a model to a length, for given runtimes: the one adviser of all commands.
public struct Adviser: Sendable {
  private let reading: Reading
  let declaration: Declaration
  /// Declared by the user; nil for transformers and a server that runs the model.
  let declared: [Runtime]?
  private let trainTokens: Double
  let ensemble: AttentionEnsemble
  let moments: AttentionMoments?
  private let stages: [TrainedStage]
  let evidence: PredictionEvidence

  /// - Parameters:
  ///   - reading: the reference's reading of the model, overrides applied.
  ///   - runtimes: those that must compute what is advised; nil for transformers and a server that runs the model.
  ///   - trainTokens: tokens that can be trained on; 0 for frozen weights.
  ///   - moments: what was measured of the model's own logits, in place of the ensemble's σ.
  ///   - stages: of training, as the user tells them; empty for what is known of the file.
  ///   - evidence: which closed forms a choice may lean on.
  /// - Throws: `ConfigurationError` where nothing rotates or no geometry is told.
  public init(
    _ reading: Reading, runtimes: [Runtime]? = nil, trainTokens: Double = 0,
    ensemble: AttentionEnsemble = AttentionEnsemble(), moments: AttentionMoments? = nil,
    stages: [TrainedStage] = [], evidence: PredictionEvidence = .committed
  ) throws(ConfigurationError) {
    if let reason = reading.noRotation {
      throw ConfigurationError(refusing: "\(reason) No RoPE scaling acts; the window is only a limit.")
    }
    self.reading = reading
    declaration = try reading.runtimeDeclaration()
    declared = runtimes.flatMap { $0.isEmpty ? nil : $0 }
    self.trainTokens = trainTokens
    self.ensemble = ensemble
    self.moments = moments
    self.stages = stages
    self.evidence = evidence
  }

  /// - Throws: `ConfigurationError` where the reference refuses the file.
  public func advice(target: Int) throws(ConfigurationError) -> Advice {
    let reading = try self.reading(at: target)
    guard let layer = try reading.planned(length: target).first, let rotary = reading.layerTypes.first else {
      throw ConfigurationError(refusing: "the file has no rotated layers")
    }
    let geometry = layer.plan.geometry, window = reading.window ?? geometry.trainedLength
    let lengths = KnownLengths(declaration, reading, stages: stages)
    var advice = Advice(
      target: target, trainedLength: geometry.trainedLength, nativeLength: lengths.native,
      nativeSource: lengths.name.map { Language.english($0) }, trainTokens: trainTokens, action: .none,
      criterion: .trained, factor: 1,
      holdsFor: AdviceSpan(
        logitDeviation: moments?.logitDeviation ?? ensemble.logitDeviation, isMeasured: moments != nil, choices: []))
    if let fault = fault(of: reading, layer) {
      advice.reasons = [fault]
      return advice
    }
    let baseline = try trainedPlan(reading, layer, lengths, window: window)
    let training = training(reading, baseline, rotary)
    let isSafetyKnown = ClosedForm.newAngles.contains { evidence.benefit(of: $0) < 0 }
    let chosen = AdvisedMethod(
      layer, lengths, window: window, target: target, trainTokens: trainTokens,
      safeLength: isSafetyKnown ? PhaseSafety(training).length(of: layer.plan) : nil)
    (advice.action, advice.criterion, advice.factor) = (chosen.action, chosen.criterion, chosen.factor)
    (advice.reasons, advice.cautions) = (chosen.reasons, chosen.cautions)
    (advice.alternatives, advice.wouldChange) = (chosen.alternatives, chosen.wouldChange)
    // Dynamic scaling grows from the window, which therefore stays.
    let isStill = chosen.candidates.first?.parts.first?.id == "dynamic"
    advice.window = [.unchanged, .none].contains(chosen.action) || isStill || window >= target ? nil : target
    cautionGuess(&advice)
    cautionRatio(&advice, window: reading.window, layer.specification)
    guard chosen.action == .method else {
      advice.runtimes = (declared ?? defaultRuntimes { _ in true }).map(\.id)
      return advice
    }
    try choose(from: chosen.candidates, chosen.reasonsByMethod, geometry, baseline, training, &advice)
    return advice
  }

  /// What is so wrong with the file that settings made from it would carry the fault on; nil elsewhere.
  private func fault(of reading: Reading, _ layer: RuntimeLayer) -> AdviceReason? {
    let base = layer.plan.geometry.base
    if let known = PublishedModel.recognise(declaration), known.base != 10_000, !known.isTrained(with: base),
      reading.values.contains(where: { $0.key == "base" && $0.origin == .default })
    {
      return AdviceReason(
        """
        the file has no rope_theta: its class takes \(base.formattedShortest), \(known.name) was trained with \
        \(known.base.formattedShortest). Write that first; nothing can be built on the other base
        """, value: known.base)
    }
    for part in layer.specification?.parts ?? [] where part.id == "yarn" {
      guard let given = part.given["attention_factor"]?.number, let factor = part.given["factor"]?.number, factor > 1,
        case let natural = YaRNTemperature.magnitude(scale: factor),
        case let logits = given * given / (natural * natural),
        !AdviceThresholds.soundLogits.contains(logits)
      else { continue }
      return AdviceReason(
        """
        attention_factor \(given.formattedShortest) multiplies logits by \(rounded(logits)) against YaRN's own; no \
        model is trained so. Take it out, or write the base model's, first
        """, value: given)
    }
    return nil
  }

  /// The file as the reference reads it for a length, which some scalings depend on; as it was handed in where the user
  /// said something of it that no file says.
  private func reading(at length: Int) throws(ConfigurationError) -> Reading {
    let isGiven = reading.values.contains { $0.key == "trained_length" && $0.origin == .override }
    guard !isGiven, reading.declaration != nil else { return reading }
    return try RuntimeCatalogue.reference.read(declaration, length: length, source: reading.source, name: reading.name)
  }

  /// The file's own plan at its own window where it is scaled, else plain rotation at the length that was trained.
  private func trainedPlan(
    _ reading: Reading, _ layer: RuntimeLayer, _ lengths: KnownLengths, window: Int
  ) throws(ConfigurationError) -> RotaryPlan {
    let geometry = layer.plan.geometry
    // A window that was raised since says nothing of what was trained.
    let trained = lengths.native.map { min($0, window) } ?? window
    guard layer.specification == nil else { return try reading.planned(length: trained)[0].plan }
    do { return try RotaryPlan(geometry: geometry, length: lengths.trained(geometry, window: window)) } catch {
      throw ConfigurationError(refusing: error.description)
    }
  }

  /// Every stage of training: as told, else the baseline after what its scaling tells of earlier ones.
  private func training(_ reading: Reading, _ baseline: RotaryPlan, _ rotary: LayerRotary) -> TrainedDistances {
    let told = try? TrainedDistances(stages, geometry: rotary.geometry) { (length) throws(MethodError) in
      do throws(ConfigurationError) {
        return try reading.planned(length: length)[0].plan
      } catch {
        throw MethodError(.undefined, error.message)
      }
    }
    return told ?? TrainedDistances(baseline, earlier: rotary.earlierStages(before: baseline))
  }

  /// What `check` says of the same target.
  private func cautionRatio(_ advice: inout Advice, window: Int?, _ scaling: MethodSpecification?) {
    let known = PublishedModel.recognise(declaration)
    guard advice.action == .method,
      let ratio = ExtensionRatio(
        target: advice.target, known: known, window: window, base: reading.layerTypes.first?.geometry.base,
        scalingType: scaling?.parts.first?.id, isTrained: trainTokens > 0), ratio.isExtreme
    else { return }
    let times = ((ratio.value * 100).rounded() / 100).formattedShortest
    let limit = ratio.limit.formattedShortest
    advice.cautions.append(
      AdviceReason(
        """
        \(count: ratio.target) tokens are \(times) × the \(count: Int(ratio.madeFor)) that the model is made for: go in \
        stages of at most \(limit) ×, and train in each
        """, value: ratio.value))
  }

  private func cautionGuess(_ advice: inout Advice) {
    guard reading.isUnknownFamily, reading.values.contains(where: { $0.key == "base" && $0.origin == .default }) else {
      return
    }
    advice.cautions.append(
      AdviceReason(
        "the base is a guess: the file has no rope_theta and its class is not known here; nothing below is sure"))
  }
}

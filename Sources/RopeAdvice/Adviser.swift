import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath
import RopeRecords
import RopeText

/// Brings a model to a length, for given runtimes: the one adviser of all commands.
public struct Adviser: Sendable {
  private let reading: Reading
  private let declaration: Declaration
  /// Declared by the user; nil for transformers and a server that runs the model.
  private let declared: [Runtime]?
  private let trainTokens: Double
  private let ensemble: AttentionEnsemble
  private let moments: AttentionMoments?
  private let stages: [TrainedStage]
  private let evidence: PredictionEvidence

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
    if let fault = fault(of: reading, layer) {
      var advice = Advice(
        target: target, trainedLength: geometry.trainedLength, nativeLength: lengths.native,
        nativeSource: lengths.name.map { Language.english($0) }, trainTokens: trainTokens, action: .none,
        criterion: .trained, factor: 1,
        holdsFor: AdviceSpan(
          logitDeviation: moments?.logitDeviation ?? ensemble.logitDeviation, isMeasured: moments != nil, choices: []))
      advice.reasons = [fault]
      return advice
    }
    let baseline = try trainedPlan(reading, layer, lengths, window: window)
    let training = training(reading, baseline, rotary)
    let isSafetyKnown = ClosedForm.newAngles.contains { evidence.benefit(of: $0) < 0 }
    let chosen = AdvisedMethod(
      layer, lengths, window: window, target: target, trainTokens: trainTokens,
      safeLength: isSafetyKnown ? PhaseSafety(training).length(of: layer.plan) : nil)
    let sigma = moments?.logitDeviation ?? ensemble.logitDeviation
    var advice = Advice(
      target: target, trainedLength: geometry.trainedLength, nativeLength: lengths.native,
      nativeSource: lengths.name.map { Language.english($0) },
      trainTokens: trainTokens, action: chosen.action, criterion: chosen.criterion, factor: chosen.factor,
      holdsFor: AdviceSpan(logitDeviation: sigma, isMeasured: moments != nil, choices: []))
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

  // MARK: Runtimes

  /// Transformers, and the first server that runs the model's class and meets the condition, else the first that runs it.
  private func defaultRuntimes(_ isMet: (Runtime) -> Bool) -> [Runtime] {
    let running = RuntimeCatalogue.newest.filter { $0.runs(declaration) }
    let servers = running.filter { RuntimeTrait.serves.runtimes.contains($0.name) }
    let server = servers.first(where: isMet) ?? servers.first
    return running.filter { $0.id == RuntimeCatalogue.reference.id || $0.id == server?.id }
  }

  private func isComputed(_ method: MethodSpecification, by runtime: Runtime, _ advice: Advice) -> Bool {
    (try? Conversion.change(
      for: runtime, of: declaration, length: advice.target, method: method, window: advice.window)) != nil
  }

  // MARK: Choice

  /// Of the candidates that the runtimes compute the one that closed forms which predict measurements speak for; of those
  /// alike the first.
  private func choose(
    from candidates: [MethodSpecification], _ reasons: [String: [AdviceReason]], _ geometry: RotaryGeometry,
    _ baseline: RotaryPlan,
    _ training: TrainedDistances, _ advice: inout Advice
  ) throws(ConfigurationError) {
    let runtimes =
      declared ?? defaultRuntimes { runtime in candidates.first.map { isComputed($0, by: runtime, advice) } ?? false }
    var able: [(method: MethodSpecification, runtimes: [Runtime])] = []
    for method in candidates {
      let runtimes = runtimes.filter { isComputed(method, by: $0, advice) }
      if !runtimes.isEmpty { able.append((method, runtimes)) }
    }
    // All that were declared have to compute it; of those nobody declared, as many as one method has.
    let most = declared?.count ?? able.map(\.runtimes.count).max() ?? 0
    able.removeAll { $0.runtimes.count < most }
    guard !able.isEmpty else {
      nothing(runtimes, candidates, &advice)
      return
    }
    let context = try context(able.map(\.method), geometry, baseline, training, target: advice.target)
    let objections = evidence.objections(context)
    let best = objections.indices.min { (objections[$0], $0) < (objections[$1], $1) } ?? 0
    let chosen = context.subjects[best]
    advice.runtimes = able[best].runtimes.map(\.id)
    advice.method = chosen.label
    advice.parameters = chosen.method.parameters
    let identifier = able[best].method.parts.first?.id
    advice.reasons += identifier.flatMap { reasons[$0] } ?? []
    if let wanted = candidates.first, wanted.parts.first?.id != identifier {
      advice.reasons += refusals(of: wanted, by: runtimes, advice)
    }
    advice.ties = objections.indices.filter { $0 != best && objections[$0] == objections[best] }.map {
      context.subjects[$0].label
    }
    let deviations = AdviceThresholds.deviations
    advice.holdsFor.choices = [
      AdviceSpan.Choice(from: deviations.lowerBound, to: deviations.upperBound, method: chosen.label)
    ]
    guard able.count > 1 else { return }
    advice.orderedBy = evidence.weights
    explain(chosen.plan, baseline, &advice)
  }

  private func context(
    _ methods: [MethodSpecification], _ geometry: RotaryGeometry, _ baseline: RotaryPlan, _ training: TrainedDistances,
    target: Int
  ) throws(ConfigurationError) -> AnalysisContext {
    var subjects: [AnalysisSubject] = []
    do {
      for method in methods {
        let bound = try BoundMethod(
          method, context: MethodContext(geometry: geometry, targetLength: target))
        subjects.append(try AnalysisSubject(label: method.description, method: bound))
      }
    } catch {
      throw ConfigurationError(refusing: error.description)
    }
    return AnalysisContext(
      geometry: geometry, baseline: baseline, targetLength: target, subjects: subjects, ensemble: ensemble,
      moments: moments, training: training)
  }

  /// What the order rests on, and what it may not rest on.
  private func explain(_ plan: RotaryPlan, _ baseline: RotaryPlan, _ advice: inout Advice) {
    let summary = evidence.summary
    advice.reasons.append(
      evidence.weights.isEmpty
        ? AdviceReason("\(summary): methods are ordered by what runtimes compute and what is published alone")
        : AdviceReason(
          "\(summary): among the forms that runtimes compute these decide, and where they are alike the one as published comes first"
        ))
    let held = holdingMultiplier(baseline, target: advice.target)
    guard held.isFinite else { return }
    let whose: Message =
      moments == nil
      ? "logits with σ = \(rounded(advice.holdsFor.logitDeviation))" : "the model's own heads, as measured"
    let multiplier = TemperatureChoice.multiplier(of: plan, baseline: baseline)
    advice.reasons.append(
      AdviceReason(
        evidence.benefit(of: .entropyGap) == 0
          ? "it multiplies logits by \(rounded(multiplier)); for \(whose), holding the entropy of attention would take \(rounded(held)), which decides nothing: the distance from it went with no measurement in every study"
          : "it multiplies logits by \(rounded(multiplier)); for \(whose), holding the entropy of attention takes \(rounded(held))",
        value: held))
  }

  private func holdingMultiplier(_ baseline: RotaryPlan, target: Int) -> Double {
    if let moments, moments.pairCount == baseline.pairCount {
      return TemperatureChoice.holdingMultiplier(of: moments, baseline: baseline, targetLength: target)
    }
    return TemperatureChoice.holdingMultiplier(
      deviation: ensemble.logitDeviation, baseline: baseline, targetLength: target)
  }

  private func rounded(_ value: Double) -> String { ((value * 1000).rounded() / 1000).formattedShortest }

  private func nothing(_ runtimes: [Runtime], _ candidates: [MethodSpecification], _ advice: inout Advice) {
    advice.action = .none
    advice.runtimes = runtimes.map(\.id)
    if let wanted = candidates.first { advice.cautions += refusals(of: wanted, by: runtimes, advice) }
  }

  /// Why runtimes do not compute a method.
  private func refusals(
    of method: MethodSpecification, by runtimes: [Runtime], _ advice: Advice
  ) -> [AdviceReason] {
    runtimes.compactMap { runtime in
      do throws(ConfigurationError) {
        _ = try Conversion.change(
          for: runtime, of: declaration, length: advice.target, method: method, window: advice.window)
        return nil
      } catch {
        return AdviceReason(
          "\(runtime.title) does not compute \(method.name): \(error.message)", method: method.description)
      }
    }
  }
}

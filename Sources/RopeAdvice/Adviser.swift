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

  /// - Parameters:
  ///   - reading: the reference's reading of the model, overrides applied.
  ///   - runtimes: those that must compute what is advised; nil for transformers and a server that runs the model.
  ///   - trainTokens: tokens that can be trained on; 0 for frozen weights.
  ///   - moments: what was measured of the model's own logits, in place of the ensemble's σ.
  ///   - stages: of training, as the user tells them; empty for what is known of the file.
  /// - Throws: `ConfigurationError` where nothing rotates or no geometry is told.
  public init(
    _ reading: Reading, runtimes: [Runtime]? = nil, trainTokens: Double = 0,
    ensemble: AttentionEnsemble = AttentionEnsemble(), moments: AttentionMoments? = nil,
    stages: [TrainedStage] = []
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
  }

  /// - Throws: `ConfigurationError` where the reference refuses the file.
  public func advice(target: Int) throws(ConfigurationError) -> Advice {
    let reading = try self.reading(at: target)
    guard let layer = try reading.planned(length: target).first, let rotary = reading.layerTypes.first else {
      throw ConfigurationError(refusing: "the file has no rotated layers")
    }
    let geometry = layer.plan.geometry, window = reading.window ?? geometry.trainedLength
    let lengths = KnownLengths(declaration, reading, stages: stages)
    let baseline = try trainedPlan(reading, layer, lengths, window: window)
    let safety = PhaseSafety(training(reading, baseline, rotary))
    let chosen = AdvisedMethod(
      layer, lengths, window: window, target: target, trainTokens: trainTokens,
      safeLength: safety.length(of: layer.plan))
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
    try choose(from: chosen.candidates, baseline, layer, &advice)
    return advice
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
        \(ratio.target) tokens are \(times) × the \(ratio.madeFor.formattedShortest) that the model is made for: go in \
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

  /// The candidate that the runtimes compute and whose temperature is nearest to holding the attention's entropy.
  private func choose(
    from candidates: [MethodSpecification], _ baseline: RotaryPlan, _ layer: RuntimeLayer, _ advice: inout Advice
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
    guard let first = able.first else {
      nothing(runtimes, candidates, &advice)
      return
    }
    advice.runtimes = first.runtimes.map(\.id)
    // Llama-3's ramp comes in only where YaRN's cannot be had.
    let forms = able.map(\.method).filter { $0.parts.first?.id == first.method.parts.first?.id }
    var bound:
      [(method: MethodSpecification, parameters: [String: ParameterValue], candidate: TemperatureChoice.Candidate)] = []
    for method in forms {
      do {
        let plan = try BoundMethod(
          method, context: MethodContext(geometry: layer.plan.geometry, targetLength: advice.target))
        let multiplier = TemperatureChoice.multiplier(of: try plan.plan(length: advice.target), baseline: baseline)
        bound.append(
          (method, plan.parameters, TemperatureChoice.Candidate(label: method.description, multiplier: multiplier)))
      } catch {
        throw ConfigurationError(refusing: error.description)
      }
    }
    let options = bound.map(\.candidate)
    let choice = temperature(options, baseline, advice)
    let label = choice.choice?.label ?? first.method.description
    let chosen = bound.first { $0.method.description == label } ?? bound[0]
    advice.method = chosen.method.description
    advice.parameters = chosen.parameters
    advice.ties = choice.nearest.dropFirst().map(\.label)
    advice.holdsFor.choices = spans(options, baseline, target: advice.target)
    if forms.count > 1, choice.holdingMultiplier.isFinite {
      explain(choice, chosen.candidate.multiplier, &advice)
    }
  }

  private func temperature(
    _ options: [TemperatureChoice.Candidate], _ baseline: RotaryPlan, _ advice: Advice
  ) -> TemperatureChoice {
    if let moments, moments.pairCount == baseline.pairCount {
      let held = TemperatureChoice.holdingMultiplier(of: moments, baseline: baseline, targetLength: advice.target)
      return TemperatureChoice(holdingMultiplier: held, candidates: options)
    }
    return TemperatureChoice(
      ensemble: ensemble, baseline: baseline, targetLength: advice.target, candidates: options)
  }

  /// What is chosen over the deviations of `AdviceThresholds`, neighbours that agree as one stretch.
  private func spans(
    _ options: [TemperatureChoice.Candidate], _ baseline: RotaryPlan, target: Int
  ) -> [AdviceSpan.Choice] {
    var found: [AdviceSpan.Choice] = []
    for sigma in AdviceThresholds.deviations {
      let choice = TemperatureChoice(
        ensemble: AttentionEnsemble(logitDeviation: sigma), baseline: baseline, targetLength: target,
        candidates: options)
      guard let label = choice.choice?.label ?? options.first?.label else { continue }
      if found.last?.method == label {
        found[found.count - 1].to = sigma
      } else {
        found.append(AdviceSpan.Choice(from: sigma, to: sigma, method: label))
      }
    }
    return found
  }

  private func explain(_ choice: TemperatureChoice, _ multiplier: Double, _ advice: inout Advice) {
    let whose: Message =
      moments == nil
      ? "logits with σ = \(rounded(advice.holdsFor.logitDeviation))" : "the model's own heads, as measured"
    advice.reasons.append(
      AdviceReason(
        """
        it multiplies logits by \(rounded(multiplier)); for \(whose), holding the entropy of attention takes \
        \(rounded(choice.holdingMultiplier))
        """, value: choice.holdingMultiplier))
    for other in advice.holdsFor.choices where other.method != advice.method {
      advice.wouldChange.append(
        AdviceReason(
          "logits with σ from \(rounded(other.from)) to \(rounded(other.to)) (2 is assumed where nothing is measured)",
          value: other.from, method: other.method))
    }
  }

  private func rounded(_ value: Double) -> String { ((value * 1000).rounded() / 1000).formattedShortest }

  private func nothing(_ runtimes: [Runtime], _ candidates: [MethodSpecification], _ advice: inout Advice) {
    advice.action = .none
    advice.runtimes = runtimes.map(\.id)
    guard let wanted = candidates.first else { return }
    for runtime in runtimes {
      do {
        _ = try Conversion.change(
          for: runtime, of: declaration, length: advice.target, method: wanted, window: advice.window)
      } catch {
        advice.cautions.append(
          AdviceReason("\(runtime.title) does not compute \(wanted.name): \(error.message)", method: wanted.description)
        )
      }
    }
  }
}

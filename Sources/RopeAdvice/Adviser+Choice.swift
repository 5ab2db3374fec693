import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath
import RopeRecords
import RopeText

extension Adviser {
  /// Transformers, and the first server that runs the model's class and meets the condition, else the first that runs it.
  func defaultRuntimes(_ isMet: (Runtime) -> Bool) -> [Runtime] {
    let running = RuntimeCatalogue.newest.filter { $0.runs(declaration) }
    let servers = running.filter { RuntimeTrait.serves.runtimes.contains($0.name) }
    let server = servers.first(where: isMet) ?? servers.first
    return running.filter { $0.id == RuntimeCatalogue.reference.id || $0.id == server?.id }
  }

  private func isComputed(_ method: MethodSpecification, by runtime: Runtime, _ advice: Advice) -> Bool {
    (try? Conversion.change(
      for: runtime, of: declaration, length: advice.target, method: method, window: advice.window)) != nil
  }

  /// Of the candidates that the runtimes compute the one that closed forms which predict measurements speak for; of those
  /// alike the first.
  func choose(
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

  func rounded(_ value: Double) -> String { ((value * 1000).rounded() / 1000).formattedShortest }

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

import RopeAdvice
import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeMath
import RopeRecords

/// Carries out a request: binds the methods, runs the analyses, keeps the result as a record.
public enum Run {
  /// Methods that figures show where the request names none.
  public static let figureMethodLimit = 8
  /// Methods that figures show where the request names them: more are not told apart.
  public static let chosenMethodLimit = 12
  /// Features of a head at most: eight times the largest head that is in use.
  public static let largestHead = 4_096

  /// - Parameter finished: called after each analysis, with how many of how many are done.
  /// - Throws: `RunError` or `MethodError` where a method that was asked for by name cannot be had.
  public static func record(
    _ request: RunRequest, version: String, command: [String],
    finished: (@Sendable (AnalysisCard, Int, Int) -> Void)? = nil
  ) async throws -> RunRecord {
    let layers = try request.model.scaledLayers()
    guard layers.geometry.headDimension <= largestHead else { throw RunError.largeHead(layers.geometry.headDimension) }
    let baseline = try baseline(of: request, on: layers)
    var subjects: [AnalysisSubject] = []
    var refused: [RunRecord.Refusal] = []
    for specification in request.methods ?? defaultMethods(for: layers) {
      do {
        let method = try request.model.bind(
          specification, targetLength: request.parameterLength ?? request.targetLength, on: layers,
          resources: request.resources)
        subjects.append(
          try AnalysisSubject(label: specification.description, method: method, length: request.targetLength))
      } catch {
        guard request.methods == nil else { throw error }
        refused.append(RunRecord.Refusal(label: specification.description, reason: error.description))
      }
    }
    guard !subjects.isEmpty else { throw RunError.noMethods }
    let advice = request.analyses == nil ? try? advice(request) : nil
    let advised = include(advice, in: &subjects, request, on: layers)
    if let moments = request.moments, moments.pairCount != layers.geometry.pairCount {
      throw RunError.otherModel(found: moments.pairCount, expected: layers.geometry.pairCount)
    }
    let context = AnalysisContext(
      geometry: layers.geometry, baseline: baseline.plan, targetLength: request.targetLength, subjects: subjects,
      ensemble: request.ensemble, moments: request.moments, cache: request.model.cacheShape, seed: request.seed,
      earlierStages: layers.earlierStages(before: baseline.plan),
      training: try TrainedDistances(request.trainedStages, geometry: layers.geometry) { length throws(MethodError) in
        try baseline.method.plan(length: length)
      })
    let series = await AnalysisRunner.run(context, only: request.analyses, finished: finished)
    let parity =
      request.analyses?.contains(ParityFigure.seriesName) ?? true && layers.scaling != nil
      ? try? ParityReport(of: request.model.runtimeDeclaration(), length: request.targetLength) : nil
    let shown = figureMethods(subjects, chosen: request.methods != nil, advised: advised)
    return RunRecord(
      version: version, command: command, model: ModelRecord(request.model),
      geometry: GeometryRecord(request.model) ?? GeometryRecord(layers.geometry), resolved: request.model.values,
      notes: request.model.allNotes, baseline: baseline.record, targetLength: request.targetLength,
      ensemble: request.ensemble, seed: request.seed,
      methods: subjects.map { subject in
        RunRecord.Method(
          label: subject.label, name: name(of: subject, advice), ids: subject.method.specification.parts.map(\.id),
          title: subject.method.cards.map(\.title).joined(separator: " + "), inFigures: shown.contains(subject.label))
      },
      refused: refused,
      plans: subjects.map {
        PlanRecord($0.plan, label: $0.label, parameters: $0.method.parameters, layers: layers.name)
      },
      analyses: series + (parity?.series ?? []), comparison: Comparison.rows(context, series: series), parity: parity,
      measured: request.measurements.isEmpty ? nil : measured(request, on: layers, context),
      statistics: request.moments.map(RunRecord.Statistics.init), advice: advice, advised: advised,
      settings: advice.flatMap { try? Suggestion($0, of: request.model).settings }, findings: request.findings)
  }

  /// What the adviser says of the request.
  ///
  /// - Throws: `ConfigurationError` where no runtime's reading is to be had.
  public static func advice(_ request: RunRequest) throws -> Advice {
    try Adviser(
      request.model, runtimes: request.runtimes, trainTokens: request.trainTokens, ensemble: request.ensemble,
      moments: request.moments, stages: request.trainedStages
    ).advice(target: request.targetLength)
  }

  /// The label of the subject whose plan is the advised one; where methods were not chosen by name, such a subject is
  /// added after the file's own.
  private static func include(
    _ advice: Advice?, in subjects: inout [AnalysisSubject], _ request: RunRequest, on layers: LayerRotary
  ) -> String? {
    guard let text = advice?.method, let specification = try? MethodSpecification.parse(text),
      let method = try? request.model.bind(
        specification, targetLength: request.targetLength, on: layers, resources: request.resources),
      let subject = try? AnalysisSubject(label: text, method: method)
    else { return nil }
    if let known = subjects.first(where: { $0.plan == subject.plan }) { return known.label }
    guard request.methods == nil else { return nil }
    let isScaled = subjects.first?.label == MethodSpecification.configuration.description
    subjects.insert(subject, at: isScaled ? 1 : 0)
    return subject.label
  }

  /// The measurements, with the methods' plans at every measured length.
  private static func measured(
    _ request: RunRequest, on layers: LayerRotary, _ context: AnalysisContext
  ) -> MeasuredRecord {
    MeasuredRecord(request.measurements) { specification, length, target in
      guard
        let plan = try? request.model.bind(
          specification, targetLength: target, on: layers, resources: request.resources
        )
        .plan(length: length)
      else { return nil }
      return (plan, context.trainedPlan(for: plan), context.earlierStages(for: plan))
    }
  }

  /// Measurements alone, laid beside the plans of their methods; what counts as trained is plain rotation.
  ///
  /// - Throws: `RunError` or `MethodError` where the model cannot be rotated.
  public static func measured(
    _ measurements: Measurements, of model: Reading, resources: MethodResources = .none
  ) throws -> MeasuredRecord {
    let layers = try model.scaledLayers()
    let request = RunRequest(
      model: model, targetLength: layers.geometry.trainedLength, baseline: .plain, measurements: measurements,
      resources: resources)
    let context = AnalysisContext(
      geometry: layers.geometry, baseline: try baseline(of: request, on: layers).plan,
      targetLength: request.targetLength, subjects: [])
    return measured(request, on: layers, context)
  }

  /// The file's own plan at its own window where it is scaled, else plain rotation at the trained length.
  private static func baseline(
    of request: RunRequest, on layers: LayerRotary
  ) throws(MethodError) -> (plan: RotaryPlan, record: PlanRecord, method: BoundMethod) {
    let scaling = request.baseline == .file ? layers.scaling : nil
    let length =
      scaling == nil ? layers.geometry.trainedLength : request.model.ownLength ?? layers.geometry.trainedLength
    let specification = MethodSpecification.configuration.replacingConfiguration(with: scaling)
    let method = try BoundMethod(
      specification, context: MethodContext(geometry: layers.geometry, targetLength: length))
    let plan = try method.plan(length: length)
    let record = PlanRecord(plan, label: specification.description, parameters: method.parameters, layers: layers.name)
    return (plan, record, method)
  }

  /// Short titles of the parts; parameters that were given by hand follow.
  private static func name(of subject: AnalysisSubject, _ advice: Advice?) -> String {
    if subject.label == MethodSpecification.configuration.description { return subject.label }
    if let advice, subject.label == advice.method {
      let titles = subject.method.cards.map(\.shortTitle).joined(separator: " + ")
      return advice.parameters["factor"]?.number.map { "\(titles) ×\($0.formattedShortest)" } ?? titles
    }
    return MethodName.name(label: subject.label, titles: subject.method.cards.map(\.shortTitle))
  }

  /// `config` first where the file is scaled, then the whole catalogue.
  private static func defaultMethods(for layers: LayerRotary) -> [MethodSpecification] {
    // What share of a head rotates, and how latent attention scales, is the architecture's choice, not a method's.
    let architecture: Set<PlanStage> = [.rotaryShare, .softmaxScale]
    let cards = MethodCatalogue.cards.filter { $0.isComparedByDefault && architecture.isDisjoint(with: $0.stages) }
    return (layers.scaling == nil ? [] : [.configuration]) + cards.map { MethodSpecification($0.id) }
  }

  /// Labels that figures show: the first of those chosen by name, else the file's own, the advised and the best known.
  private static func figureMethods(_ subjects: [AnalysisSubject], chosen: Bool, advised: String?) -> Set<String> {
    func rank(_ subject: AnalysisSubject) -> Int {
      if subject.label == MethodSpecification.configuration.description { return -2 }
      return subject.label == advised ? -1 : MethodStyles.rank(of: subject.method.specification.parts.map(\.id))
    }
    let known = subjects.filter { chosen || rank($0) < MethodStyles.principalCount }
    let ordered =
      chosen
      ? known
      : known.enumerated().sorted { left, right in
        let ranks = (rank(left.element), rank(right.element))
        return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0 < ranks.1
      }.map(\.element)
    return Set(ordered.prefix(chosen ? chosenMethodLimit : figureMethodLimit).map(\.label))
  }
}

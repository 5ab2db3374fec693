import Foundation
import RopeAdvice
import RopeConfig
import RopeInference
import RopeJSON
import RopeMath
import RopeRecords
import RopeReport
import RopeTokenizer

/// A search from the command line, checked and ready to run: texts read, model opened, everything that can be refused
/// refused.
struct SearchPlan {
  let command: SearchCommand
  let files: RunnableModel
  let frame: SearchFrame
  let search: FactorSearch
  /// What the file itself asks for; nil for plain rotation.
  let ownScaling: String?
  /// What the found factors are compared with.
  let baselines: [MethodSpecification]
  private let model: any LanguageModel
  private let probe: NeedleProbe
  private let heldOut: NeedleProbe
  private var comparisonTokens = 0.0
  /// The file that settings are written for.
  private let told: Reading

  init(_ command: SearchCommand, _ console: Console) throws {
    guard command.result.beside == nil else {
      throw Failure.usage("a search is run in one precision; leave --beside out")
    }
    guard let target = command.evaluation.target?.tokens else {
      throw Failure.usage("give --target LENGTH, the tokens to reach")
    }
    guard !command.text.isEmpty else {
      throw Failure.usage("give --text FILE, a text that candidates are measured on")
    }
    guard !command.heldOut.isEmpty else {
      throw Failure.usage(
        "give --held-out FILE, a text that the search does not read: factors always fit what chose them")
    }
    let tokenizer = try command.evaluation.tokenizer()
    let documents = try Self.documents(command.text + command.heldOut, tokenizer, console)
    let (files, model) = try command.evaluation.open(vocabularySize: tokenizer.vocabularySize)
    let reading = files.resolved, layers = reading.layerTypes
    guard let layer = layers.first(where: { !$0.isSliding }) ?? layers.first else {
      let reason = reading.noRotation.map { ": \($0)" } ?? ""
      throw Failure(kind: "model", "nothing rotates in “\(reading.name)”\(reason)")
    }
    let frame = try SearchFrame(
      layer.geometry, target: target,
      attentionFactor: command.attentionFactor?.value(target: target, trainedLength: layer.geometry.trainedLength))
    guard (1...8).contains(command.rungs) else {
      throw Failure.usage("--rungs is \(command.rungs); it must lie in 1 … 8")
    }
    let schedule = FactorSearch.schedule(
      frame, population: command.population, generations: command.generations, windows: command.windows,
      rungs: command.rungs)
    let usual = ["yarn", "ntk", "linear"].map { MethodSpecification($0, ["factor": .number(frame.factor)]) }
    func probe(_ documents: ArraySlice<EvaluationSource.Document>) -> NeedleProbe {
      NeedleProbe(model, EvaluationSource(tokenizer, documents: Array(documents)), seed: command.seed)
    }
    self.command = command
    self.files = files
    self.model = model
    self.frame = frame
    ownScaling = layer.scaling?.name
    search = try FactorSearch(command.space.space(frame), schedule: schedule, seed: command.seed)
    baselines =
      command.evaluation.methods.isEmpty ? usual : try command.evaluation.specifications().distinct()
    self.probe = probe(documents.prefix(command.text.count))
    heldOut = probe(documents.dropFirst(command.text.count))
    told = try command.config.map { try ModelOptions.parse([$0]).load(console) } ?? reading
    let pairs = try told.scaledLayers().geometry.pairCount
    guard pairs == frame.geometry.pairCount else {
      throw Failure.usage(
        "--config is of another model: it rotates \(pairs) pairs, “\(reading.name)” \(frame.geometry.pairCount)")
    }
    // Refused before anything is computed.
    _ = try objective(.none)
    comparisonTokens = try comparison(.none).tokens(methods: 1 + baselines.count)
    for method in baselines { _ = try run(method).planner.plans(length: target) }
  }

  /// - Throws: `Failure` where two are the same text, or have the same name.
  private static func documents(
    _ paths: [String], _ tokenizer: Tokenizer, _ console: Console
  ) throws -> [EvaluationSource.Document] {
    var documents: [EvaluationSource.Document] = []
    for path in paths {
      let document = EvaluationSource.Document(
        name: URL(fileURLWithPath: path).lastPathComponent,
        content: .tokens(tokenizer.encode(try TextInput.read(path, console))))
      if let other = documents.first(where: { $0.name == document.name || $0.content == document.content }) {
        let also = other.name == document.name ? "" : ", also as “\(other.name)”"
        throw Failure.usage("“\(document.name)” is given twice\(also); every text must be another")
      }
      documents.append(document)
    }
    return documents
  }

  private func objective(
    _ checkpoint: EvaluationCheckpoint, _ isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> ModelObjective {
    try ModelObjective(
      with(probe, checkpoint, isCancelled), frame: frame, rungs: search.schedule.rungs, reading: files.resolved,
      reachesSlidingLayers: command.evaluation.allLayers, needleWeight: command.needleWeight)
  }

  private func comparison(
    _ checkpoint: EvaluationCheckpoint, _ isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> HeldOutComparison {
    try HeldOutComparison(
      with(heldOut, checkpoint, isCancelled), length: frame.target, windows: command.heldOutWindows)
  }

  private func with(
    _ probe: NeedleProbe, _ checkpoint: EvaluationCheckpoint, _ isCancelled: @escaping @Sendable () -> Bool
  ) -> NeedleProbe {
    var probe = probe
    probe.checkpoint = checkpoint
    probe.options.control = RunControl(isCancelled: isCancelled)
    return probe
  }

  private func run(_ method: MethodSpecification) throws -> MethodRun {
    MethodRun(
      try MethodPlanner(
        method, model: files.resolved, targetLength: frame.target, reachesSlidingLayers: command.evaluation.allLayers,
        resources: TensorFile.methodResources))
  }

  /// Tokens of search and comparison.
  var tokens: (search: Double, comparison: Double) { (search.schedule.tokens, comparisonTokens) }

  // MARK: Running

  /// - Parameter seen: sees the record as it grows.
  func run(
    _ checkpoint: EvaluationCheckpoint, _ line: SearchLine, isCancelled: @escaping @Sendable () -> Bool,
    seen: (SearchRecord) -> Void
  ) throws -> SearchRecord {
    var known: [SearchCandidate] = []
    let history = try search.run(try objective(checkpoint, isCancelled), progress: { line.show($0) }) { candidate in
      if let place = known.lastIndex(where: { $0.id == candidate.id }) {
        known[place] = candidate
      } else {
        known.append(candidate)
      }
      seen(record(of: known))
    }
    var whole = record(of: history)
    seen(whole)
    guard let found = chosen(whole) else {
      throw Failure(kind: "search", "no candidate gave a loss that is a number; there is nothing to choose")
    }
    let methods = [try run(found)] + (try baselines.map(run))
    var items: [SearchRecord.Item] = []
    let compared = try comparison(checkpoint, isCancelled)
    let all = try compared.run(methods, progress: { line.compare($0) }) { item in
      items.append(item)
      var part = whole
      part.add(items)
      seen(part)
    }
    whole.add(all)
    whole.isFinished = true
    return whole
  }

  func record(of history: [SearchCandidate]) -> SearchRecord {
    SearchRecord(
      setting: command.evaluation.setting(
        files, targetLength: frame.target, text: nil),
      seed: command.seed, space: command.space.rawValue, schedule: search.schedule,
      needleWeight: command.needleWeight,
      documents: .init(search: probe.documents.map(\.name), heldOut: heldOut.documents.map(\.name)),
      history: history, names: search.space.names)
  }

  /// The found factors as a method; nil before any candidate was measured at the target.
  func chosen(_ record: SearchRecord) -> MethodSpecification? {
    guard let attention = record.attentionFactor, !record.factors.isEmpty else { return nil }
    return FactorTable(factors: record.factors, attentionFactor: attention).specification(frame)
  }

  /// Adds what the found factors are called, and each runtime's settings.
  func tell(_ record: inout SearchRecord) {
    guard let method = chosen(record) else { return }
    record.method = method.description
    record.configs = RuntimeCatalogue.newest.map { runtime in
      do throws(ConfigurationError) {
        return SettingsRecord(
          runtime,
          try Conversion.settings(
            for: runtime, of: try told.runtimeDeclaration(), length: frame.target, method: method, window: frame.target)
        )
      } catch {
        return SettingsRecord(runtime, refusing: error)
      }
    }
  }
}

extension SearchPlan {
  // MARK: Foretelling

  /// What would be read, and about how long it takes by the speed of a short text.
  func outlook() throws -> EvaluationOutlook {
    let schedule = search.schedule
    let speed = try run(MethodSpecification("none")), length = min(512, frame.geometry.trainedLength)
    let work = try PrefillWork(model, method: speed, length: length), clock = ContinuousClock()
    try work.run()
    let taken = try clock.measure { try work.run() } / .seconds(1)
    let rate = work.operations / max(taken, 1e-6)
    var operations = 0.0
    for (rung, windows) in zip(schedule.rungs, schedule.windows) {
      operations += Double(windows) * (try probe.operations(length: rung.length, method: speed))
    }
    operations += tokens.comparison / Double(frame.target) * (try probe.operations(length: frame.target, method: speed))
    let candidates = (0..<schedule.generations).map(schedule.size).reduce(0, +)
    let steps = zip(schedule.rungs, schedule.windows).map {
      "\($0.0.length) tokens: \($0.0.windows) window\($0.0.windows == 1 ? "" : "s") a candidate, \($0.1) in all."
    }
    return EvaluationOutlook(
      evaluation: "search", methods: ["longrope"] + baselines.map(\.description), lengths: schedule.rungs.map(\.length),
      tokens: tokens.search + tokens.comparison,
      outlook: ["At most \(candidates) candidates in \(schedule.generations) generations."] + steps
        + (try comparison(.none).outlook(methods: 1 + baselines.count)) + [
          "About \(EvaluationOptions.duration(Int((operations / rate).rounded(.up)))) at the speed of \(length) tokens now."
        ])
  }
}

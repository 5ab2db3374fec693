import Foundation
import RopeAdvice
import RopeConfig
import RopeFiles
import RopeInference
import RopeMath
import RopeRecords
import RopeReport

/// Computes one case: its report, its evaluations and its findings.
struct CaseWorker: Sendable {
  let plan: BatchPlan
  let folder: String
  let version: String
  let options: ReportFiles.Options
  let resources: MethodResources
  let loadNumbers: @Sendable (String) throws(MethodError) -> [Double]
  let control: RunControl
  let gate: EvaluationGate

  /// Writes the files of the case and gives back its row.
  ///
  /// - Throws: `OutputError`, `InferenceError.cancelled`, and whatever is wrong with the model.
  func compute(_ entry: BatchCase, inputs: CaseInputs, progress: @escaping @Sendable (Double) -> Void) async throws
    -> StoredCase
  {
    let start = ContinuousClock.now
    var status = stat()
    if stat(entry.model, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
      // Reading a pipe or a device might never end.
      throw BatchError("“\(entry.model)” is neither a file nor a folder", path: entry.model)
    }
    let (model, record, findings, reportFiles) = try await report(entry)
    var files = reportFiles
    var evaluations: CaseEvaluations?
    if let wanted = plan.evaluations {
      let evaluator = CaseEvaluator(plan: wanted, resources: resources, loadNumbers: loadNumbers)
      var control = control
      control.progress = progress
      let labels = record.methods.map(\.label)
      // A forward pass takes every core; two at once would only take turns, with twice the memory.
      let (measured, written) = try await gate.run { [control] in
        try evaluator.run(entry, methods: labels, control: control)
      }
      evaluations = measured
      files += written
    }
    try CaseFolder(folder, entry.id).write(files)
    var row = row(entry, inputs, .done)
    row.record = "cases/\(entry.id)/run.json"
    row.summary = CaseSummary(record, settings: settings(for: record, of: model))
    row.findings = findings
    row.evaluations = evaluations
    row.seconds = start.duration(to: .now) / .seconds(1)
    return row
  }

  /// What a case has without evaluations; nothing is written.
  func report(_ entry: BatchCase) async throws -> (
    model: Reading, record: RunRecord, findings: CaseFindings?, files: [(path: String, bytes: [UInt8])]
  ) {
    let model = try ModelLoader.load(entry.model)
    let methods = try plan.methods.map { try $0.map { try MethodSpecification.parse($0, loadNumbers: loadNumbers) } }
    let checked = try plan.check.map { try CaseChecker.report(entry, $0) }
    var request = RunRequest(
      model: model, methods: methods, targetLength: entry.target, seed: plan.seed, resources: resources)
    request.findings = checked?.records
    let record = try await Run.record(request, version: version, command: command(entry))
    let files =
      try await ReportFiles(record, options: options).make().files + [("run.json", try RecordFile.bytes(record))]
    return (model, record, checked.map { CaseFindings($0) }, files)
  }

  /// Of the runtimes that the plan names, else of the newest of each.
  private func settings(for record: RunRecord, of model: Reading) -> [SettingsRecord]? {
    guard let advice = record.advice else { return nil }
    let named = plan.check?.runtimes.compactMap { try? RuntimeCatalogue.selection($0).runtimes.last } ?? []
    return try? Suggestion(advice, of: model, runtimes: named.isEmpty ? RuntimeCatalogue.newest : named).settings
  }

  func failure(_ entry: BatchCase, inputs: CaseInputs, _ error: any Error) -> StoredCase {
    var row = row(entry, inputs, .failed)
    row.error = "\(error)"
    return row
  }

  /// What is known of a case before it is computed.
  private func row(_ entry: BatchCase, _ inputs: CaseInputs, _ state: CaseState) -> StoredCase {
    var row = StoredCase(id: entry.id, position: 0, model: entry.model, target: entry.target, state: state)
    row.fingerprint = inputs.fingerprint
    row.version = version
    row.parameters = CaseParameters(methods: plan.methods, style: plan.style, seed: plan.seed)
    row.inputs = inputs.hashes
    return row
  }

  /// Whether the files of a case are there.
  func isWhole(_ entry: BatchCase) -> Bool {
    var names = ["run.json", "report.html", "report.pdf"]
    names += plan.evaluations?.recordNames ?? []
    return CaseFolder(folder, entry.id).holds(names)
  }

  /// Arguments that make the case's report alone.
  private func command(_ entry: BatchCase) -> [String] {
    var arguments = ["report", entry.model, "--target", TokenCount.label(entry.target)]
    if let methods = plan.methods { arguments += ["--methods", methods.joined(separator: ",")] }
    if plan.seed != 0 { arguments += ["--seed", String(plan.seed)] }
    return arguments
  }
}

/// Lets one evaluation run at a time.
actor EvaluationGate {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func run<Value: Sendable>(_ body: @Sendable () throws -> Value) async throws -> Value {
    await enter()
    defer { leave() }
    return try await Self.work(body)
  }

  /// Off the actor, so that others can queue meanwhile.
  private nonisolated static func work<Value: Sendable>(_ body: @Sendable () throws -> Value) async throws -> Value {
    try body()
  }

  private func enter() async {
    guard isTaken else {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func leave() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}

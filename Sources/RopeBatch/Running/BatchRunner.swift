import Foundation
import RopeFiles
import RopeInference
import RopeMath
import RopeReport

/// Computes the cases of a plan, as many at once as asked for, each whole or not at all.
///
/// A case is done when its folder stands in its place and its row says so, in this order; a process that is killed loses
/// at most the cases under way, which the next run computes again. A case that another living process computes is
/// waited for. One that failed stays failed until its inputs change or it is asked for again.
package struct BatchRunner: Sendable {
  package struct Outcome: Sendable, Equatable {
    package var computed = 0
    /// Done before, or meanwhile by another process, with the same inputs.
    package var kept = 0
    package var failed = 0
    /// Of these, failed before and not tried again.
    package var failedBefore = 0
    /// Not begun or not finished before the run was stopped.
    package var left = 0
    /// Why the run ended early: the disk is full.
    package var obstacle: BatchError?

    package init() {}
  }

  package let plan: BatchPlan
  package let database: ResultsDatabase
  package let folder: String
  /// Whether cases that failed with the same inputs are computed again.
  package let retryFailed: Bool
  /// Cases that have crashed the program in this run: never computed again by it.
  package let crashed: Set<String>
  package let monitor: BatchMonitor
  /// Asked before each case, and often during evaluations.
  package let shouldStop: @Sendable () -> Bool
  private let worker: CaseWorker
  private let hashes: FileHashes

  package init(
    plan: BatchPlan, database: ResultsDatabase, folder: String, version: String, options: ReportFiles.Options,
    resources: MethodResources = .none,
    loadNumbers: @escaping @Sendable (String) throws(MethodError) -> [Double] = MethodSpecification.refuseFiles,
    retryFailed: Bool = false, crashed: Set<String> = [], monitor: BatchMonitor = BatchMonitor(),
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.plan = plan
    self.database = database
    self.folder = folder
    self.retryFailed = retryFailed
    self.crashed = crashed
    self.monitor = monitor
    self.shouldStop = shouldStop
    worker = CaseWorker(
      plan: plan, folder: folder, version: version, options: options, resources: resources, loadNumbers: loadNumbers,
      control: RunControl(isCancelled: shouldStop), gate: EvaluationGate())
    hashes = FileHashes(database)
  }

  /// What became of a case in this run.
  private enum Fate: Equatable { case computed, kept, failed, failedBefore, busy, left }

  private struct WorkItem {
    let entry: BatchCase
    let inputs: CaseInputs
    /// Failed in an earlier run, and asked for again.
    let isRetry: Bool
  }

  /// - Throws: `BatchError` where the database fails; a case that fails is recorded and the others go on.
  package func run(_ cases: [BatchCase], jobs: Int) async throws -> Outcome {
    var fates: [Fate] = []
    var waiting: [WorkItem] = []
    for (entry, inputs, row) in try survey(cases) {
      let isSame = row?.fingerprint == inputs.fingerprint
      if isSame, row?.state == .done, worker.isWhole(entry) {
        fates.append(.kept)
      } else if isSame, row?.state == .failed, crashed.contains(entry.id) {
        fates.append(.failed)
      } else if isSame, row?.state == .failed, !retryFailed {
        fates.append(.failedBefore)
      } else {
        waiting.append(WorkItem(entry: entry, inputs: inputs, isRetry: isSame && row?.state == .failed))
      }
    }
    monitor.begin(total: cases.count, kept: fates.count { $0 == .kept }, failed: fates.count { $0 != .kept })
    var outcome = Outcome()
    do {
      fates += try await work(waiting, jobs: jobs)
    } catch let error as BatchError where error.isDiskFull {
      outcome.obstacle = error
    }
    Outputs.sweep(folder + "/cases")
    outcome.computed = fates.count { $0 == .computed }
    outcome.kept = fates.count { $0 == .kept }
    outcome.failedBefore = fates.count { $0 == .failedBefore }
    outcome.failed = fates.count { $0 == .failed } + outcome.failedBefore
    outcome.left = cases.count - outcome.computed - outcome.kept - outcome.failed
    return outcome
  }

  /// - Throws: `BatchError` where a link stands in place of what a batch writes: it may lead out of the folder.
  package static func refuseLinks(in folder: String) throws(BatchError) { try CaseFolder.refuseLinks(in: folder) }

  /// Whether a case is done with the same inputs, and would be kept.
  package func keeps(_ cases: [BatchCase]) throws(BatchError) -> Set<String> {
    Set(
      try survey(cases).filter { $2?.state == .done && $2?.fingerprint == $1.fingerprint && worker.isWhole($0) }.map(
        \.0.id))
  }

  /// The cases with what they depend on and what is known of them.
  private func survey(_ cases: [BatchCase]) throws(BatchError) -> [(BatchCase, CaseInputs, StoredCase?)] {
    let rows = Dictionary(try database.cases().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var all: [(BatchCase, CaseInputs, StoredCase?)] = []
    for entry in cases {
      let inputs = try CaseInputs(entry, plan: plan, version: worker.version) { path throws(BatchError) in
        try hashes.hash(path)
      }
      all.append((entry, inputs, rows[entry.id]))
    }
    return all
  }

  private func work(_ tasks: [WorkItem], jobs: Int) async throws -> [Fate] {
    guard !tasks.isEmpty else { return [] }
    let queue = CaseQueue(tasks)
    return try await withThrowingTaskGroup(of: [Fate].self) { group in
      for _ in 0..<max(1, min(jobs, tasks.count)) {
        group.addTask {
          var fates: [Fate] = []
          while !Task.isCancelled, !shouldStop(), let task = await queue.next() {
            let fate = try await compute(task)
            if fate == .busy {
              await queue.putBack(task)
              try await Task.sleep(for: .milliseconds(200))
            } else {
              fates.append(fate)
            }
          }
          return fates
        }
      }
      let heartbeat = Task {
        while !Task.isCancelled {
          try await Task.sleep(for: .seconds(BatchOwner.heartbeat))
          try? database.touch(.current, now: Date().timeIntervalSince1970)
        }
      }
      defer { heartbeat.cancel() }
      var all: [Fate] = []
      for try await part in group { all += part }
      return all
    }
  }

  private func compute(_ task: WorkItem) async throws -> Fate {
    let entry = task.entry
    let isWhole = worker.isWhole(entry)
    let claim = try database.claim(
      entry.id, fingerprint: task.inputs.fingerprint, filesAreWhole: isWhole, retryFailed: task.isRetry,
      owner: .current, now: Date().timeIntervalSince1970)
    switch claim {
    case .granted: break
    case .busy: return .busy
    case .gone: return .left
    case .finished:
      monitor.end(entry.id, .done, isOwn: false)
      return .kept
    case .failed:
      monitor.end(entry.id, .failed, isOwn: false)
      return .failed
    }
    monitor.start(entry.id)
    do {
      let row = try await worker.compute(entry, inputs: task.inputs) { monitor.advance(entry.id, to: $0) }
      try database.store(row)
      monitor.end(entry.id, .done)
      return .computed
    } catch InferenceError.cancelled {
      monitor.end(entry.id, nil)
      try database.release(entry.id)
      return .left
    } catch let error as BatchError where error.path == database.path {
      monitor.end(entry.id, nil)
      throw error
    } catch let error as OutputError where error.isDiskFull {
      // Every further case would fail alike. The row may not be writable either; a run that follows takes the case over.
      monitor.end(entry.id, nil)
      try? database.release(entry.id)
      var failure = BatchError(error)
      failure.path = folder
      throw failure
    } catch {
      try database.store(worker.failure(entry, inputs: task.inputs, error))
      monitor.end(entry.id, .failed)
      return .failed
    }
  }

  /// Hands out cases in order; those that another process has come round again.
  private actor CaseQueue {
    private var waiting: ArraySlice<WorkItem>

    init(_ tasks: [WorkItem]) { waiting = tasks[...] }

    func next() -> WorkItem? { waiting.popFirst() }

    func putBack(_ task: WorkItem) { waiting.append(task) }
  }
}

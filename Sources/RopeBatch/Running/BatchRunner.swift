import Foundation
import RopeMath
import RopeModel
import RopeReport

/// Computes the cases of a plan, as many at once as asked for, each whole or not at all.
///
/// A case is done when its files stand in its folder and its row says so, in this order; a process that is killed leaves
/// at most the cases under way, which the next run computes again.
public struct BatchRunner: Sendable {
  public struct Outcome: Sendable, Equatable {
    public var computed = 0
    /// Done before, with the same inputs.
    public var kept = 0
    public var failed = 0
    /// Left to another process, or not begun before the run was stopped.
    public var left = 0

    public init() {}
  }

  public let plan: BatchPlan
  public let database: ResultsDatabase
  public let folder: String
  public let version: String
  public let options: ReportFiles.Options
  /// Told after each case, from any thread.
  public let progress: @Sendable (_ finished: Int, _ of: Int, _ id: String) -> Void
  /// Asked before each case.
  public let shouldStop: @Sendable () -> Bool

  public init(
    plan: BatchPlan, database: ResultsDatabase, folder: String, version: String, options: ReportFiles.Options,
    progress: @escaping @Sendable (Int, Int, String) -> Void = { _, _, _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.plan = plan
    self.database = database
    self.folder = folder
    self.version = version
    self.options = options
    self.progress = progress
    self.shouldStop = shouldStop
  }

  /// - Throws: `BatchError` where the database fails; a case that fails is recorded and the others go on.
  public func run(_ cases: [BatchCase], jobs: Int) async throws -> Outcome {
    let stored = Dictionary(uniqueKeysWithValues: try database.cases().map { ($0.id, $0) })
    var outcome = Outcome()
    var waiting: [(BatchCase, String)] = []
    for entry in cases {
      let fingerprint = fingerprint(entry)
      if let row = stored[entry.id], row.state == .done, row.fingerprint == fingerprint, isWhole(entry) {
        outcome.kept += 1
      } else {
        waiting.append((entry, fingerprint))
      }
    }
    let queue = CaseQueue(waiting)
    let total = cases.count, kept = outcome.kept
    let results = try await withThrowingTaskGroup(of: [CaseResult].self) { group in
      for _ in 0..<max(1, min(jobs, waiting.count)) {
        group.addTask {
          var results: [CaseResult] = []
          while !shouldStop(), let (entry, fingerprint) = await queue.next() {
            results.append(try await compute(entry, fingerprint))
            progress(kept + (await queue.finishOne()), total, entry.id)
          }
          return results
        }
      }
      var all: [CaseResult] = []
      for try await part in group { all += part }
      return all
    }
    outcome.computed = results.count { $0 == .computed }
    outcome.failed = results.count { $0 == .failed }
    outcome.left = waiting.count - outcome.computed - outcome.failed
    return outcome
  }

  private enum CaseResult { case computed, failed, taken }

  private func compute(_ entry: BatchCase, _ fingerprint: String) async throws -> CaseResult {
    guard try database.claim(entry.id, owner: .current) else { return .taken }
    let start = ContinuousClock.now
    do {
      let model = try ModelLoader.load(entry.model)
      let methods = try plan.methods.map { try $0.map { try MethodSpecification.parse($0) } }
      let request = RunRequest(model: model, methods: methods, targetLength: entry.target, seed: plan.seed)
      let record = try await Run.record(request, version: version, command: command(entry))
      let files = try await ReportFiles(record, options: options).make().files
      try OutputFile.write(
        files + [("run.json", try RecordFile.bytes(record))], under: "\(folder)/cases/\(entry.id)")
      let seconds = start.duration(to: .now) / .seconds(1)
      try database.finish(entry.id, fingerprint: fingerprint, summary: CaseSummary(record), seconds: seconds)
      return .computed
    } catch let error as BatchError {
      throw error
    } catch let error as OutputError where error.isDiskFull {
      // Every further case would fail alike.
      try database.fail(entry.id, error: "\(error)")
      throw BatchError("\(error)", path: folder)
    } catch {
      try database.fail(entry.id, error: "\(error)")
      return .failed
    }
  }

  /// Arguments that make the case's report alone.
  private func command(_ entry: BatchCase) -> [String] {
    var arguments = ["report", entry.model, "--target", TokenCount.label(entry.target)]
    if let methods = plan.methods { arguments += ["--methods", methods.joined(separator: ",")] }
    if plan.seed != 0 { arguments += ["--seed", String(plan.seed)] }
    return arguments
  }

  /// Of everything that the case's files depend on.
  private func fingerprint(_ entry: BatchCase) -> String {
    var fingerprint = Fingerprint()
    for text in [version, entry.model, String(entry.target), String(plan.seed), plan.style] + (plan.methods ?? ["all"]) {
      fingerprint.add(text)
    }
    for candidate in [entry.model, entry.model + "/config.json", entry.model + "/params.json"] {
      if let data = FileManager.default.contents(atPath: candidate) { fingerprint.add(data) }
    }
    return fingerprint.text
  }

  private func isWhole(_ entry: BatchCase) -> Bool {
    ["run.json", "report.html", "report.pdf"].allSatisfy {
      FileManager.default.fileExists(atPath: "\(folder)/cases/\(entry.id)/\($0)")
    }
  }
}

/// Hands out cases in order.
private actor CaseQueue {
  private var waiting: ArraySlice<(BatchCase, String)>
  private var finished = 0

  init(_ cases: [(BatchCase, String)]) { waiting = cases[...] }

  func next() -> (BatchCase, String)? { waiting.popFirst() }

  func finishOne() -> Int {
    finished += 1
    return finished
  }
}

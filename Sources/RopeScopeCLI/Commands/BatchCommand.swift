import ArgumentParser
import CRopeSystem
import Foundation
import RopeBatch
import RopeConfig
import RopeFiles
import RopeMath
import RopeReport
import RopeText

/// `ropescope batch`: many models and targets, one command.
struct BatchCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", abstract: "Make reports for many models and targets, an index of them, and a database.",
    discussion: """
      EXAMPLES:
        ropescope batch plan.yaml -o Output/batch
        ropescope batch plan.yaml --dry-run
        ropescope batch plan.yaml --resume -o Output/batch
        ropescope batch plan.yaml --emit slurm --shards 8 -o Output/batch > job.sh

      PLAN is YAML or JSON:
        models: [qwen2.5-7b, configs/*.json]     presets, paths, globs
        targets: [32k, 128k]
        methods: [none, yarn, {method: ntk, factor: [2, 4]}]     left out: every method that is defined
        evaluations:                             models with weights only
          perplexity: {text: book.txt, lengths: [4k, 8k], windows: 4}
          passkey: {lengths: [4k, 8k], depths: [0.1, 0.5, 0.9], trials: 3}
        check: true                              or {runtimes: [vllm], ignore: [RULE]}

      A case is done once: it is computed again only when its model, the plan or the program changes. A case that failed
      stays failed until one of these changes or --retry-failed is given.

      Exit code 0: all cases are done; 3: some failed, or the disk is full; 2: nothing could be done; 130
      or 143: interrupted by SIGINT or SIGTERM.
      """)

  enum Emission: String, ExpressibleByArgument, CaseIterable { case slurm, make }

  @Argument(help: "The plan, YAML or JSON.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var plan: String

  @Option(name: [.customShort("o"), .customLong("output")], help: "Folder to write to.")
  var folder: String = "Output/batch"

  @Flag(help: "Go on where an earlier run of the same folder stopped; cases with unchanged inputs are kept either way.")
  var resume = false

  @Flag(help: "Compute cases again that failed, though their inputs have not changed.")
  var retryFailed = false

  @Option(help: "Cases computed at once; as many as cores and memory allow where left out. Never changes the output.")
  var jobs: Int?

  @Option(help: "Compute a fixed share of the cases only: I/N.")
  var shard: String?

  @Option(parsing: .upToNextOption, help: "Folders of shards to join into the output folder; computes nothing.")
  var merge: [String] = []

  @Option(help: "Print a script that spreads the batch over machines: slurm or make.")
  var emit: Emission?

  @Option(help: "Shares that --emit cuts the batch into.")
  var shards = 4

  @Flag(help: "Print the cases and an estimate of time, memory and disk, timed on the first of them; write nothing.")
  var dryRun = false

  // How a supervisor starts the process that computes.
  @Option(help: .hidden) var lifeline: Int32?
  @Option(parsing: .singleValue, help: .hidden) var crashed: [String] = []
  @Flag(help: .hidden) var oneAtATime = false

  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let computes = merge.isEmpty && emit == nil && !dryRun
    if let lifeline {
      rope_signals_follow()
      rope_memory_uninstall()
      BatchSupervisor.hold(lifeline: lifeline)
    } else if computes, let program = console.program {
      return try BatchSupervisor(program: program, arguments: Array(CommandLine.arguments.dropFirst()), folder: folder)
        .run(Interruption(output))
    }
    guard let data = FileManager.default.contents(atPath: plan), let text = String(data: data, encoding: .utf8) else {
      throw Failure(kind: "unreadable", "the plan cannot be read, or is not UTF-8 text", path: plan)
    }
    let plan = try BatchPlan(text: text, path: self.plan, loadNumbers: NumberFile.load)
    let all = BatchCase.all(of: plan)
    if let emit { return try printScript(emit, console) }
    if merge.isEmpty { try plan.checkInputs() }
    let share: BatchShard? = try shard.map {
      guard let share = BatchShard($0) else {
        throw Failure.usage("--shard “\($0)”: write I/N with 1 ≤ I ≤ N, such as 2/8")
      }
      return share
    }
    let cases = share?.cases(of: all) ?? all
    guard jobs.map({ (1...256).contains($0) }) ?? true else { throw Failure.usage("--jobs must lie in 1 … 256") }
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let jobs = oneAtATime ? 1 : jobs ?? BatchEstimate.defaultJobs(cores: cores)
    if dryRun { return try await printCases(cases, plan, jobs: jobs, cores: cores, console) }

    try Outputs.makeFolder(folder)
    try BatchRunner.refuseLinks(in: folder)
    guard access(folder, W_OK) == 0 else { throw OutputError(path: folder, code: errno) }
    let outputs = writing.outputs(
      reading: [.file(self.plan)] + plan.models.map { .model($0) } + (plan.evaluations?.files ?? []).map { .file($0) })
    try outputs.expect(BatchFiles.names, in: folder)
    do {
      return try await compute(cases, of: all, plan, jobs: jobs, outputs, console)
    } catch let error as BatchError where error.isDiskFull {
      return diskIsFull(error.message, console)
    } catch let error as OutputError where error.isDiskFull {
      return diskIsFull(error.description, console)
    }
  }

  private func compute(
    _ cases: [BatchCase], of all: [BatchCase], _ plan: BatchPlan, jobs: Int, _ outputs: Outputs, _ console: Console
  ) async throws -> ExitStatus {
    let database = try ResultsDatabase(path: folder + "/results.db")
    defer { database.close() }
    let options = try Drawing.reportOptions(style: plan.style)
    try database.enter(merge.isEmpty ? cases : all, plan: all)
    var outcome = BatchRunner.Outcome()
    if merge.isEmpty {
      let interruption = Interruption(output)
      let bar = BatchBar(console, output)
      let runner = runner(plan, database, options, bar.monitor) { interruption.isAsked }
      outcome = try await bar.during { try await runner.run(cases, jobs: jobs) }
      if let obstacle = outcome.obstacle { throw obstacle }
      if interruption.isAsked {
        output.note("interrupted: \(outcome.left) cases are left; run the same command with --resume", console)
        return .interrupted
      }
    } else {
      try BatchMerge.run(all, from: merge, into: database, folder: folder)
      let states = try database.cases().map(\.state)
      outcome.kept = states.count { $0 == .done }
      outcome.failed = states.count { $0 == .failed }
      outcome.left = states.count - outcome.kept - outcome.failed
    }
    try BatchFiles.write(database.cases(), version: RopeScope.version, options: options, to: folder, outputs)
    var counts = ["\(outcome.computed) computed", "\(outcome.kept) kept", "\(outcome.failed) failed"]
    if outcome.left > 0 { counts.append("\(outcome.left) left") }
    output.note(
      "\(counts.joined(separator: ", ")); wrote \(folder)/\(BatchFiles.names.joined(separator: ", "))", console)
    if outcome.failedBefore > 0 {
      output.note(
        "\(outcome.failedBefore) of the failed were not tried again, since their inputs are the same; --retry-failed does",
        console)
    }
    return outcome.failed + outcome.left > 0 ? .partlyDone : .clean
  }

  private func runner(
    _ plan: BatchPlan, _ database: ResultsDatabase, _ options: ReportFiles.Options, _ monitor: BatchMonitor,
    shouldStop: @escaping @Sendable () -> Bool
  ) -> BatchRunner {
    BatchRunner(
      plan: plan, database: database, folder: folder, version: RopeScope.version, options: options,
      resources: TensorFile.methodResources, loadNumbers: NumberFile.load, retryFailed: retryFailed,
      crashed: Set(crashed), monitor: monitor, shouldStop: shouldStop)
  }

  /// Told on standard error even with --quiet: it is why the answer is missing.
  private func diskIsFull(_ message: String, _ console: Console) -> ExitStatus {
    let states = (try? ResultsDatabase(reading: folder + "/results.db").cases().map(\.state)) ?? []
    let done = states.count { $0 == .done }
    console.note(
      "ropescope: \(folder): \(message); \(done) of \(states.count) cases are done, and the same command with --resume goes on once there is room"
    )
    return done > 0 ? .partlyDone : .notDone
  }

  private func printScript(_ emission: Emission, _ console: Console) throws -> ExitStatus {
    guard (1...10_000).contains(shards) else { throw Failure.usage("--shards must lie in 1 … 10000") }
    let script =
      switch emission {
      case .slurm: try BatchScripts.slurm(plan: plan, folder: folder, shards: shards)
      case .make: try BatchScripts.make(plan: plan, folder: folder, shards: shards)
      }
    console.write(.output, Array(script.utf8))
    return .clean
  }

  private func printCases(
    _ cases: [BatchCase], _ plan: BatchPlan, jobs: Int, cores: Int, _ console: Console
  ) async throws -> ExitStatus {
    var known: [StoredCase] = []
    var kept: Set<String> = []
    if FileManager.default.fileExists(atPath: folder + "/results.db") {
      let database = try ResultsDatabase(reading: folder + "/results.db")
      known = try database.cases()
      kept = try runner(plan, database, try Drawing.reportOptions(style: plan.style), BatchMonitor()) { false }.keeps(
        cases)
    }
    for entry in cases {
      console.print(
        "\(entry.id)\t\(Escaping.visible(entry.model))\t\(entry.target)" + (kept.contains(entry.id) ? "\tdone" : ""))
    }
    var unreadable: Set<String> = []
    for model in plan.models {
      do { _ = try ModelLoader.load(model) } catch {
        unreadable.insert(model)
        let place = [plan.places[model]?.line, plan.places[model]?.column].compactMap { $0.map { ":\($0)" } }.joined()
        output.note("caution: \(plan.path)\(place): “\(model)” will fail: \(error)", console)
      }
    }
    var estimate = BatchEstimate(cases, plan: plan, known: known, jobs: jobs, cores: cores) { kept.contains($0.id) }
    if !estimate.isFromHistory, estimate.toCompute > 0 {
      let waiting = cases.filter { !kept.contains($0.id) && !unreadable.contains($0.model) }
      let rehearsal = try await LiveLine.during("timing the first cases", console, output) { _ in
        await BatchRehearsal.run(
          waiting, plan: plan, jobs: jobs, options: try Drawing.reportOptions(style: plan.style),
          resources: TensorFile.methodResources, loadNumbers: NumberFile.load)
      }
      estimate.use(rehearsal)
    }
    output.note(
      "\(cases.count) \(cases.count == 1 ? "case" : "cases")\(estimate.kept > 0 ? ", \(estimate.kept) of them done" : "")",
      console)
    guard estimate.toCompute > 0 else { return .clean }
    output.note(
      "about \(BatchBar.time(estimate.seconds)) with \(jobs) at once"
        + (estimate.isFromHistory
          ? " (from the times of cases that are done)" : estimate.isTimed ? " (timed on the first cases)" : "")
        + ", \(estimate.memoryBytes >> 20) MiB of memory, \((estimate.diskBytes + 999_999) / 1_000_000) MB of disk",
      console)
    if let free = BatchEstimate.freeDisk(at: folder), free < estimate.diskBytes {
      output.note("caution: only \(free / 1_000_000) MB of disk are free at \(folder)", console)
    }
    return .clean
  }
}

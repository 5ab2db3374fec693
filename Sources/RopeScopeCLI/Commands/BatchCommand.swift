import ArgumentParser
import Foundation
import RopeBatch
import RopeMath
import RopeReport

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
      """)

  enum Emission: String, ExpressibleByArgument, CaseIterable { case slurm, make }

  @Argument(help: "The plan, YAML or JSON.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var plan: String

  @Option(name: [.customShort("o"), .customLong("output")], help: "Folder to write to.")
  var folder: String = "Output/batch"

  @Flag(help: "Go on where an earlier run of the same folder stopped; cases with unchanged inputs are kept either way.")
  var resume = false

  @Option(help: "Cases computed at once; the cores of the machine where left out. Never changes the output.")
  var jobs: Int?

  @Option(help: "Compute a fixed share of the cases only: I/N.")
  var shard: String?

  @Option(parsing: .upToNextOption, help: "Folders of shards to join into the output folder; computes nothing.")
  var merge: [String] = []

  @Option(help: "Print a script that spreads the batch over machines: slurm or make.")
  var emit: Emission?

  @Option(help: "Shares that --emit cuts the batch into.")
  var shards = 4

  @Flag(help: "Print the cases and an estimate; compute nothing.")
  var dryRun = false

  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    guard let data = FileManager.default.contents(atPath: plan), let text = String(data: data, encoding: .utf8) else {
      throw Failure(kind: "unreadable", "the plan cannot be read, or is not UTF-8 text", path: plan)
    }
    let plan = try BatchPlan(text: text, path: self.plan)
    let all = BatchCase.all(of: plan)
    if let emit { return try printScript(emit, console) }
    let share: BatchShard? = try shard.map {
      guard let share = BatchShard($0) else { throw Failure.usage("--shard “\($0)”: write I/N with 1 ≤ I ≤ N, such as 2/8") }
      return share
    }
    let cases = share?.cases(of: all) ?? all
    guard jobs.map({ (1...256).contains($0) }) ?? true else { throw Failure.usage("--jobs must lie in 1 … 256") }
    if dryRun { return printCases(cases, console) }

    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw OutputError(path: folder, reason: "the folder cannot be made")
    }
    let database = try ResultsDatabase(path: folder + "/results.db")
    let options = try Drawing.reportOptions(style: plan.style)
    try database.enter(cases, plan: all)
    var outcome = BatchRunner.Outcome()
    if merge.isEmpty {
      let interruption = Interruption()
      let runner = BatchRunner(
        plan: plan, database: database, folder: folder, version: RopeScope.version, options: options,
        progress: progress(console), shouldStop: { interruption.isAsked })
      outcome = try await runner.run(cases, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
      if interruption.isAsked {
        output.note("interrupted: \(outcome.left) cases are left; run the same command with --resume", console)
        return .interrupted
      }
    } else {
      try BatchMerge.run(merge, into: database, folder: folder)
      outcome.failed = try database.cases().count { $0.state == .failed }
    }
    try OutputFile.write(try BatchFiles.make(database.cases(), version: RopeScope.version, options: options), under: folder)
    output.note(
      "\(outcome.computed) computed, \(outcome.kept) kept, \(outcome.failed) failed; wrote \(folder)/index.html, index.pdf, summary.csv, summary.md, summary.tex", console)
    return outcome.failed + outcome.left > 0 ? .partlyDone : .clean
  }

  private func printScript(_ emission: Emission, _ console: Console) throws -> ExitStatus {
    guard (1...10_000).contains(shards) else { throw Failure.usage("--shards must lie in 1 … 10000") }
    let script = switch emission {
    case .slurm: BatchScripts.slurm(plan: plan, folder: folder, shards: shards)
    case .make: BatchScripts.make(plan: plan, folder: folder, shards: shards)
    }
    console.write(.output, Array(script.utf8))
    return .clean
  }

  /// Measured on two cores of an x86-64 machine: a second and a half of one core, 3 MB, for a case with every method.
  private func printCases(_ cases: [BatchCase], _ console: Console) -> ExitStatus {
    for entry in cases { console.print("\(entry.id)\t\(entry.model)\t\(entry.target)") }
    let cores = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    let seconds = Double(cases.count) * 1.5 / Double(max(1, cores))
    output.note(
      "\(cases.count) cases; about \(Int(seconds.rounded(.up))) s on \(cores) cores, \(60 + 30 * cores) MiB of memory, \(4 * cases.count) MB of disk", console)
    return .clean
  }

  private func progress(_ console: Console) -> @Sendable (Int, Int, String) -> Void {
    guard console.errorIsTerminal, !output.quiet else { return { _, _, _ in } }
    let start = ContinuousClock.now
    return { finished, total, id in
      let elapsed = start.duration(to: .now) / .seconds(1)
      let left = elapsed / Double(max(1, finished)) * Double(total - finished)
      console.write(.error, Array("\r\u{1B}[K\(finished)/\(total) \(id), \(Int(left)) s left".utf8))
      if finished == total { console.write(.error, [0x0A]) }
    }
  }
}

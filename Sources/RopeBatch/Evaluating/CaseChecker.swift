import RopeCheck
import RopeConfig

/// `ropescope check` on the configuration of a case, at the case's target.
enum CaseChecker {
  static func report(_ entry: BatchCase, _ plan: CheckPlan) throws -> CheckReport {
    let facts = Facts(targetLength: entry.target, runtimes: plan.runtimes)
    let checker = Checker(rules: try CheckSelection.rules(ignore: plan.ignore), overrides: facts)
    switch try ModelFinder().locate(entry.model).content {
    case .preset(let preset):
      return checker.check(bytes: Array(preset.configuration.utf8), path: entry.model)
    case .file(let path): return checker.check(paths: [path])
    }
  }
}

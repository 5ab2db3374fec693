import Foundation
import RopeCheck
import RopeConfig

/// `ropescope check` on the configuration of a case, at the case's target.
enum CaseChecker {
  static func findings(_ entry: BatchCase, _ plan: CheckPlan) throws -> CaseFindings {
    let facts = Facts(targetLength: entry.target, runtimes: plan.runtimes)
    let checker = Checker(rules: try CheckSelection.rules(ignore: plan.ignore), overrides: facts)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: entry.model, isDirectory: &isFolder) else {
      // The case could be loaded, so it is a preset.
      let preset = ModelPresets.named(entry.model)
      return CaseFindings(checker.check(bytes: Array((preset?.configuration ?? "").utf8), path: entry.model))
    }
    let candidates = isFolder.boolValue ? ["config.json", "params.json"].map { entry.model + "/" + $0 } : [entry.model]
    return CaseFindings(
      checker.check(paths: candidates.filter { FileManager.default.fileExists(atPath: $0) }.prefix(1).map { $0 }))
  }
}

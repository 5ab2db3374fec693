import RopeCheck

/// What a plan wants checked of each model's configuration.
package struct CheckPlan: Sendable, Equatable {
  /// Runtimes that will read the files, as people write them; empty for the newest transformers.
  package var runtimes: [String] = []
  /// Rules that are left out.
  package var ignore: [String] = []

  /// `true`, `false` (nil) or `{runtimes: [vllm], ignore: [RULE]}`.
  static func read(_ node: PlanNode) throws(BatchError) -> CheckPlan? {
    guard node.isMapping else { return try node.flag() ? CheckPlan() : nil }
    let members = try node.members(["runtimes", "ignore"])
    var plan = CheckPlan()
    for entry in members["runtimes"]?.entries ?? [] { plan.runtimes.append(try entry.text()) }
    for entry in members["ignore"]?.entries ?? [] {
      let name = try entry.text()
      do { _ = try CheckSelection.rules(select: [name]) } catch { throw entry.error(error.message) }
      plan.ignore.append(name)
    }
    return plan
  }
}

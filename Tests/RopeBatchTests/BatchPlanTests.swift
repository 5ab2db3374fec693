import RopeBatch
import Testing

@Suite struct BatchPlanTests {
  private func plan(_ text: String, find: (String) -> [String] = { _ in ["b.json", "c.json"] }) throws -> BatchPlan {
    try BatchPlan(text: text, path: "plan.yaml", find: find)
  }

  @Test func plansAreRead() throws {
    let plan = try plan(
      """
      models: [qwen2.5-7b, "*.json"]
      targets: [32k, 131072]
      methods:
        - none
        - {method: yarn, factor: [2, 4], beta_fast: [32, 64]}
      style: icml
      seed: 7
      """)
    #expect(plan.models == ["qwen2.5-7b", "b.json", "c.json"])
    #expect(plan.targets == [32_768, 131_072])
    #expect(plan.methods == [
      "none", "yarn:factor=2,beta_fast=32", "yarn:factor=2,beta_fast=64", "yarn:factor=4,beta_fast=32", "yarn:factor=4,beta_fast=64",
    ])
    #expect(plan.style == "icml" && plan.seed == 7)
    #expect(try self.plan(#"{"models": ["qwen2.5-7b"], "targets": ["8k"]}"#).methods == nil)
  }

  @Test(arguments: [
    ("models: [a]\ntarget: [8k]", 2, "target"), ("models: [a]\ntargets: [8q]", 2, "8q"), ("targets: [8k]", 1, "models"),
    ("models: [a]\ntargets: [8k]\nmethods: [yarm]", 3, "yarn"), ("models: [a]\ntargets: [8k]\nstyle: nurips", 3, "neurips"),
    ("models: [a]\ntargets: [8k]\nmethods:\n  - {factor: 2}", 4, "method"), ("models: [a\ntargets", 3, "YAML"),
    ("models: [a]\ntargets: [8k]\nevaluations: {perplexity: {}}", 3, "evaluate"), ("models: []\ntargets: [8k]", 1, "empty"),
    ("- a\n- b", 1, "mapping"),
  ])
  func faultsHaveALine(text: String, line: Int, hint: String) {
    let error = #expect(throws: BatchError.self) { try plan(text) }
    #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
    #expect(error?.line == line, "\(error?.line ?? 0): \(error?.message ?? "")")
  }

  /// Names are folder names: no model can lead out of the output, and none takes another's.
  @Test func namesAreSafeAndUnique() throws {
    let plan = try plan("models: [../../etc/passwd, a/config.json, b/a.json, '..', 'x y<z>', a/config.json]\ntargets: [8k, 16k]")
    let ids = BatchCase.all(of: plan).map(\.id)
    #expect(Set(ids).count == ids.count && ids.count == 10)
    for id in ids {
      #expect(id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) } && !id.hasPrefix("."))
    }
  }

  @Test func shardsShareTheCasesOut() throws {
    let all = BatchCase.all(of: try plan("models: [a, b, c]\ntargets: [8k, 16k, 32k]"))
    let shards = try (1...4).map { try #require(BatchShard("\($0)/4")).cases(of: all) }
    #expect(shards.flatMap { $0 }.count == all.count && Set(shards.flatMap { $0 }) == Set(all))
    for text in ["0/4", "5/4", "1", "a/b", "1/0", "-1/3", "1/2/3"] { #expect(BatchShard(text) == nil, "\(text)") }
  }

  @Test func scriptsQuoteTheirPaths() {
    let script = BatchScripts.slurm(plan: "my plan'; rm -rf /.yaml", folder: "out dir", shards: 3)
    #expect(script.contains("'my plan'\\''; rm -rf /.yaml'") && script.contains("--array=1-3"))
    let makefile = BatchScripts.make(plan: "plan.yaml", folder: "out", shards: 2)
    #expect(makefile.contains("shard-2:\n\tropescope batch plan.yaml --shard 2/2"))
  }
}

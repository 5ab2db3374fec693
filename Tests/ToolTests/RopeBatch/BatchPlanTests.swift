import RopeBatch
import RopeTestSupport
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
    #expect(
      plan.methods == [
        "none", "yarn:factor=2,beta_fast=32", "yarn:factor=2,beta_fast=64", "yarn:factor=4,beta_fast=32",
        "yarn:factor=4,beta_fast=64",
      ])
    #expect(plan.style == "icml" && plan.seed == 7)
    #expect(try self.plan(#"{"models": ["qwen2.5-7b"], "targets": ["8k"]}"#).methods == nil)
  }

  @Test(arguments: [
    ("models: [a]\ntarget: [8k]", 2, "target"), ("models: [a]\ntargets: [8q]", 2, "8q"), ("targets: [8k]", 1, "models"),
    ("models: [a]\ntargets: [8k]\nmethods: [yarm]", 3, "yarn"),
    ("models: [a]\ntargets: [8k]\nstyle: nurips", 3, "neurips"),
    ("models: [a]\ntargets: [8k]\nmethods:\n  - {factor: 2}", 4, "method"), ("models: [a\ntargets", 2, "YAML"),
    ("models: [a]\ntargets: [8k]\nevaluations: {perplexity: {}}", 3, "text: FILE"),
    ("models: []\ntargets: [8k]", 1, "empty"),
    ("models: [a]\ntargets: [8k]\nevaluations:\n  perplexity: {text: t}", 4, "lengths"),
    ("models: [a]\ntargets: [8k]\nevaluations:\n  perplexity: {text: t, lengths: [8q]}", 4, "8q"),
    ("models: [a]\ntargets: [8k]\nevaluations:\n  perplexity: {text: t, lengths: [8k], stride: 9k}", 4, "stride"),
    ("models: [a]\ntargets: [8k]\nevaluations:\n  passkey: {lengths: [8k]}", 4, "prose"),
    ("models: [a]\ntargets: [8k]\nevaluations:\n  passkey: {text: t, lengths: [8k], depths: [2]}", 4, "0 … 1"),
    ("models: [a]\ntargets: [8k]\nevaluations:\n  passkey: {text: t, lengths: [8k], trials: 0}", 4, "whole number"),
    ("models: [a]\ntargets: [8k]\nevaluations:\n  perplexities: {}", 4, "perplexity"),
    ("models: [a]\ntargets: [8k]\nevaluations: {}", 3, "perplexity and passkey"),
    ("models: [a]\ntargets: [8k]\ncheck: maybe", 3, "true or false"),
    ("models: [a]\ntargets: [8k]\ncheck:\n  ignore: [no-such-rule]", 4, "no-such-rule"),
    ("models: [\"a\\nb\"]\ntargets: [8k]", 1, "control character"), ("- a\n- b", 1, "mapping"),
  ])
  func faultsHaveALine(text: String, line: Int, hint: String) {
    let error = #expect(throws: BatchError.self) { try plan(text) }
    #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
    #expect(error?.line == line, "\(error?.line ?? 0): \(error?.message ?? "")")
  }

  @Test func evaluationsAndChecksAreRead() throws {
    let plan = try plan(
      """
      models: [a]
      targets: [8k]
      evaluations:
        perplexity: {text: book.txt, lengths: [4k, 8k, 4k], windows: 3}
        passkey: {lengths: 4k, depths: [0.1, 0.9], trials: 2}
      check: {runtimes: [vllm], ignore: [target-exceeds-window]}
      """)
    let perplexity = try #require(plan.evaluations?["perplexity"]).request
    let passkey = try #require(plan.evaluations?["passkey"]).request
    #expect(plan.evaluations?.entries.map(\.source) == [.text("book.txt"), .text("book.txt")])
    #expect(perplexity.lengths == [4096, 8192] && perplexity.windows == 3 && perplexity.stride == nil)
    #expect(
      passkey.lengths == [4096] && passkey.depths == [0.1, 0.9] && passkey.trials == 2)
    #expect(plan.check?.runtimes == ["vllm"] && plan.check?.ignore == ["target-exceeds-window"])
    #expect(try self.plan("models: [a]\ntargets: [8k]\ncheck: false").check == nil)
    #expect(try self.plan("models: [a]\ntargets: [8k]\ncheck: true").check != nil)
  }

  /// Weights are asked for before anything runs, with the line of the model.
  @Test func modelsWithoutWeightsAreRefused() throws {
    let text = Fixtures.url("plans/two.yaml").path
    for model in ["smollm2-135m", Fixtures.url("configs/qwen2.json").path, "missing.gguf"] {
      let plan = try plan(
        "targets: [8k]\nmodels:\n  - \(model)\nevaluations:\n  perplexity: {text: \(text), lengths: [4k]}")
      let error = #expect(throws: BatchError.self) { try plan.checkInputs() }
      #expect(error?.line == 3 && error?.message.contains("safetensors") == true, "\(error?.message ?? "")")
    }
    let plan = try plan("targets: [8k]\nmodels: [a]\nevaluations:\n  perplexity: {text: /no/book.txt, lengths: [4k]}")
    let error = #expect(throws: BatchError.self) { try plan.checkInputs() }
    #expect(error?.line == 4 && error?.message.contains("/no/book.txt") == true, "\(error?.message ?? "")")
  }

  /// Names are folder names: no model can lead out of the output, and none takes another's.
  @Test func namesAreSafeAndUnique() throws {
    let plan = try plan(
      "models: [../../etc/passwd, a/config.json, b/a.json, '..', 'x y<z>', a/config.json]\ntargets: [8k, 16k]")
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

  @Test func scriptsQuoteTheirPaths() throws {
    let script = try BatchScripts.slurm(plan: "my plan'; rm -rf /.yaml", folder: "out dir", shards: 3)
    #expect(script.contains("'my plan'\\''; rm -rf /.yaml'") && script.contains("--array=1-3"))
    let makefile = try BatchScripts.make(plan: "$(shell id).yaml", folder: "out", shards: 2)
    #expect(makefile.contains("shard-2:\n\t$(ROPESCOPE) batch '$$(shell id).yaml' --shard 2/2"))
    #expect(try BatchScripts.slurm(plan: "-x.yaml", folder: "o", shards: 1).contains("batch ./-x.yaml"))
    // A line end would leave the comment or the rule that the path stands in.
    #expect(throws: BatchError.self) { try BatchScripts.slurm(plan: "a\nrm -rf x.yaml", folder: "o", shards: 1) }
    #expect(throws: BatchError.self) { try BatchScripts.make(plan: "a.yaml", folder: "o\r\nall:", shards: 1) }
  }
}

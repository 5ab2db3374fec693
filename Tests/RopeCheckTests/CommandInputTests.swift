import RopeCheck
import RopeConfig
import RopeJSON
import Testing

/// Which files are read, as what, and what is left out.
@Suite struct CommandInputTests {
  private static let qwen3 = """
    {"model_type": "qwen3", "hidden_size": 5120, "num_attention_heads": 40, "num_hidden_layers": 40, "head_dim": 128,
     "max_position_embeddings": 40960, "rope_theta": 1000000, "vocab_size": 151936}
    """

  private func check(
    _ files: [String: String], _ paths: [String] = ["."], facts: Facts = Facts(), readsIgnored: Bool = false
  ) -> CheckReport {
    Checker(files: .memory(files), facts: facts).check(paths: paths, readsIgnored: readsIgnored)
  }

  @Test func aServersScriptIsJudgedWithItsOverrides() {
    let script =
      "vllm serve ./ --max-model-len 131072 \\\n  --hf-overrides '{\"max_position_embeddings\": 131072, \"rope_parameters\": {\"rope_type\": \"yarn\", \"rope_theta\": 1000000, \"factor\": 4.0, \"original_max_position_embeddings\": 32768}}'\n"
    let report = check(["m/config.json": Self.qwen3, "m/serve.sh": script])
    #expect(report.files.flatMap(\.findings).filter { $0.severity > .note }.map(\.rule) == [])
    let understood = report.files.first { $0.path == "m/serve.sh" }?.understood
    #expect(understood?.as == "vLLM command" && understood?.runtime == "vllm" && understood?.model == "./")
    #expect(report.files.first { $0.path == "m/config.json" }?.understood == nil || report.files.count == 2)
  }

  @Test func theOfficialRecipesAreClean() {
    for line in [
      "llama-server -c 131072 --rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 32768",
      "--rope-scaling '{\"rope_type\":\"yarn\",\"factor\":4.0,\"original_max_position_embeddings\":32768}' --max-model-len 131072",
    ] {
      let runtime = line.hasPrefix("llama") ? "llama.cpp" : "vllm 0.8.5"
      let report = check(
        ["config.json": Self.qwen3], facts: Facts(targetLength: 131_072, runtimes: [runtime], commandLine: line))
      #expect(report.files.flatMap(\.findings).filter { $0.severity == .error }.map(\.rule) == [], "\(line)")
    }
  }

  @Test func aBrokenOverrideIsTold() {
    let report = check([
      "m/config.json": Self.qwen3, "m/serve.sh": "vllm serve ./ \\\n --hf-overrides '{\"rope_theta\": 1'\n",
    ])
    #expect(report.files.allSatisfy { $0.error == nil })
    let finding = report.files.first { $0.path == "m/serve.sh" }?.findings.first
    #expect(finding?.rule == "command-option-faulty" && finding?.severity == .error && finding?.region.line == 2)
  }

  @Test func whatIsLeftOutIsCounted() {
    let files = [
      "config.json": Self.qwen3, ".gitignore": "out/\n*.tmp.yaml\n!keep.tmp.yaml\n", "out/config.json": "{",
      "a.tmp.yaml": "model_type: [",
      "third/.git/HEAD": "", "third/config.json": "{", "broken.yaml": "rope: [1\n", "ci.yaml": "on: push\n",
      "other.yaml": "max_length: 3\nmodel_type: x\n",
    ]
    let report = check(files)
    #expect(report.files.map(\.path) == ["config.json"])
    let reasons = Dictionary(uniqueKeysWithValues: report.summary.skipped.map { ($0.path, $0.reason) })
    #expect(reasons["out"] == "ignored by .gitignore" && reasons["a.tmp.yaml"] == "ignored by .gitignore")
    #expect(reasons["third"] == "a repository of its own" && reasons["ci.yaml"] == nil)
    #expect(reasons["broken.yaml"]?.hasPrefix("cannot be read") == true)
    #expect(reasons["other.yaml"] == "no settings of a known trainer or server")
    let all = check(files, readsIgnored: true)
    #expect(all.summary.unreadable == 2)
    #expect(check(files, ["out/config.json"]).summary.unreadable == 1)
  }
}

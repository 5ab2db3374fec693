import RopeCheck
import RopeConfig
import RopeJSON
import Testing

@Suite struct InputTests {
  private static let llama2 =
    #"{"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, "rope_theta": 10000.0}"#

  private static func findings(_ files: [String: String], _ paths: [String] = ["."], facts: Facts = Facts())
    -> [Finding]
  {
    Checker(files: .memory(files), facts: facts).check(paths: paths).files.flatMap(\.findings)
  }

  @Test func aTrainersFindingStandsInItsOwnFile() throws {
    let files = [
      "run/config.json": Self.llama2,
      "run/train.yaml": "base_model: ./\n# long stage\nsequence_len: 32768\nadapter: lora\n",
    ]
    let finding = try #require(Self.findings(files).first { $0.rule == "train-serve-mismatch" })
    #expect(finding.path == "run/train.yaml")
    #expect(finding.region.line == 3 && finding.region.column == 1)
    #expect(finding.region.excerpt?.text == "sequence_len: 32768")
  }

  @Test func aTrainersFileFindsTheModelThatItNames() {
    let files = [
      "models/a/config.json": Self.llama2, "runs/sft.yaml": "model_name_or_path: ../models/a\ncutoff_len: 32768\n",
      "models/b/config.json": Self.llama2,
    ]
    // The memory file system knows no “..”; a path below the file's folder is found.
    let below = [
      "runs/sft.yaml": "model_name_or_path: ./a\ncutoff_len: 32768\n", "runs/a/config.json": Self.llama2,
      "runs/b/config.json": Self.llama2,
    ]
    #expect(Self.findings(below).filter { $0.rule == "train-serve-mismatch" }.map(\.path) == ["runs/sft.yaml"])
    #expect(Self.findings(files).allSatisfy { $0.rule != "rope-key-missing" })
  }

  @Test func axolotlOverridesAreCheckedWithPlacesInTheYAML() throws {
    let yaml =
      "base_model: NousResearch/Meta-Llama-3.1-8B\nsequence_len: 65536\noverrides_of_model_config:\n  rope_theta: 500000\n  rope_scaling:\n    type: linear\n    factor: 0.5\n"
    let found = Self.findings(["run.yaml": yaml])
    let factor = try #require(found.first { $0.rule == "factor-below-one" })
    #expect(factor.region.line == 7 && factor.region.column == 13)
    #expect(found.contains { $0.rule == "native-scaling-replaced" })
  }

  @Test func torchTitanLengthsAreRead() throws {
    let toml = "[model]\nname = \"llama3\"\n\n[training]\nseq_len = 32768\nsteps = 10\n"
    let finding = try #require(
      Self.findings(["config.json": Self.llama2, "train.toml": toml]).first { $0.rule == "train-serve-mismatch" })
    #expect(finding.path == "train.toml" && finding.region.line == 5)
  }

  @Test func megatronArgumentsAreRead() throws {
    let script =
      "#!/bin/bash\n# pretrain\npython pretrain_gpt.py \\\n  --position-embedding-type rope \\\n  --rotary-base 500000 --max-position-embeddings 4096\n"
    let finding = try #require(
      Self.findings(["config.json": Self.llama2, "train.sh": script]).first { $0.rule == "conversion-drops-scaling" })
    #expect(finding.path == "train.sh" && finding.region.line == 5 && finding.region.column == 3)
  }

  /// Past the line that begins a block, whose last sign is the option's first.
  @Test func optionsOfABlockArePlaced() throws {
    let compose =
      "services:\n  llm:\n    image: vllm/vllm-openai:v0.11.2\n    command: |-\n      --model Qwen/Qwen2.5-7B-Instruct\n      --max-model-len 262144\n"
    let finding = try #require(
      Self.findings(["compose.yaml": compose]).first { $0.rule == "target-exceeds-window" })
    #expect(finding.region.line == 5 && finding.region.column == 7)
  }

  @Test func servingOptionsAreReadFromDeclaredText() {
    let facts = Facts(
      runtimes: ["vllm"],
      commandLine:
        "vllm serve m --max-model-len=64k --hf-overrides '{\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 2.0}}'"
    )
    let found = Self.findings(["config.json": Self.llama2], facts: facts).map(\.rule)
    #expect(found.contains("target-exceeds-window"))
  }

  /// A script alone, as a hook hands it over, is judged with the configuration that it names: beside it or below the
  /// working directory, never elsewhere, and nothing is written into it.
  @Test(arguments: [
    ("run/serve.sh", "vllm serve ./m --max-model-len 32768", "run/m/config.json", true),
    ("run/serve.sh", "vllm serve models/m/ --max-model-len 32768", "models/m/config.json", true),
    ("serve.yaml", "base_model: m\nsequence_len: 32768\nadapter: lora\nmicro_batch_size: 1\n", "m/config.json", true),
    ("serve.sh", "vllm serve ../m --max-model-len 32768", "m/config.json", false),
    ("serve.sh", "vllm serve ./other --max-model-len 32768", "m/config.json", false),
  ])
  func aScriptAloneBringsItsModel(_ path: String, _ text: String, _ model: String, _ brings: Bool) {
    let checker = Checker(files: .memory([path: text + "\n", model: Self.llama2]))
    let report = checker.check(paths: [path])
    #expect(report.files.map(\.path).contains(model) == brings)
    let rules: Set = ["target-exceeds-window", "train-serve-mismatch"]
    #expect(report.files.flatMap(\.findings).contains { rules.contains($0.rule) } == brings)
    #expect(checker.fixed(report, includingUnsafe: true).allSatisfy { $0.path != model })
  }

  @Test func yamlOfOthersIsLeftAlone() {
    let report = Checker(
      files: .memory([
        "ci.yaml": "on: push\njobs: {a: [", "x.toml": "[tool]\na = 1\n", "package.json": "{ // comment",
        "data.json": "[1, 2]",
      ])
    ).check(paths: ["."])
    #expect(report.files.isEmpty)
    let named = Checker(files: .memory(["ci.yaml": "on: push\n"])).check(paths: ["ci.yaml"])
    #expect(named.files.first?.error?.kind == "unsupported")
  }

  /// Other programs' JSON is no configuration without a fault.
  @Test(arguments: [
    #"{"model": {"context_length": 131072, "type": "phi3"}, "search": {"max_length": 131072}}"#,
    #"{"object": "model", "id": "qwen2.5-7b", "settings": {"ctx_len": 65536}}"#,
  ])
  func jsonWithoutAKeyOfAConfigurationIsNotJudged(_ text: String) {
    let report = Checker().check(bytes: Array(text.utf8), path: "genai_config.json")
    #expect(report.summary.unreadable == 1 && report.files.first?.error?.message.contains("neither") == true)
  }

  /// `check *.json` in a model's folder: what is read beside the configuration, or by others, is no failure.
  @Test func jsonOfOthersBesideAConfigurationIsLeftOut() {
    let files = [
      "config.json": Self.llama2, "generation_config.json": #"{"temperature": 0.7}"#, "package.json": #"{"name": "x"}"#,
      "preprocessor_config.json": #"{"do_resize": true}"#,
    ]
    let report = Checker(files: .memory(files)).check(paths: files.keys.sorted())
    #expect(report.summary.unreadable == 0 && report.files.map(\.path) == ["config.json"])
    #expect(
      report.summary.skipped.map(\.path) == ["generation_config.json", "package.json", "preprocessor_config.json"])
  }

  @Test func aContextBesideTheFileIsItsFacts() {
    let files = ["a.json": Self.llama2, "a.context.json": #"{"target_length": "32k"}"#, "b.json": Self.llama2]
    let report = Checker(files: .memory(files)).check(paths: ["."])
    #expect(report.files.map(\.path) == ["a.json", "b.json"])
    #expect(report.files[0].findings.contains { $0.rule == "target-exceeds-window" })
    #expect(report.files[1].findings.isEmpty)
    let bad = Checker(files: .memory(["a.json": Self.llama2, "a.context.json": #"{"target": 1}"#])).check(paths: [
      "a.json"
    ])
    #expect(bad.files.first?.error?.message.contains("target_length") == true)
  }

  @Test func commandLineFactsComeBeforeTheFilesOwnAndThoseBeforeTheProjects() {
    let files = ["a.json": Self.llama2, "a.context.json": #"{"target_length": 8192}"#]
    func message(_ facts: Facts, _ overrides: Facts) -> String {
      let report = Checker(files: .memory(files), facts: facts, overrides: overrides).check(paths: ["a.json"])
      return report.files.flatMap(\.findings).first { $0.rule == "target-exceeds-window" }?.text ?? ""
    }
    #expect(message(Facts(targetLength: 16_384), Facts()).hasPrefix("8,192 tokens"))
    #expect(message(Facts(), Facts(targetLength: 16_384)).hasPrefix("16,384 tokens"))
  }

  @Test(arguments: [
    ("transformers 4.51-4.57", ["transformers"]), ("transformers@5.23", ["transformers"]),
    ("vLLM >= 0.11.1", ["vllm"]), ("mlx-swift-lm", ["mlx-swift-lm"]), ("Ollama", ["ollama"]),
    ("llama.cpp b4000", ["llama.cpp"]), ("transformers@4.57, vllm@0.33,sglang", ["transformers", "vllm", "sglang"]),
    ("exllamav3 0.0.2", ["exllamav3"]),
  ]) func runtimesAreUnderstoodAsPeopleWriteThem(_ text: String, _ names: [String]) {
    var found: [String] = []
    for runtime in MeantRuntime.parse(text) where found.last != runtime.name { found.append(runtime.name) }
    #expect(found == names)
  }

  @Test func aRuntimeThatIsKnownByNameOnlyKeepsItsName() {
    let runtime = MeantRuntime.parse("exllamav3 0.0.2").first
    #expect(runtime?.runtime == nil && runtime?.label.hasSuffix("0.0.2") == true)
  }

  // MARK: Settings

  private static let toml = """
    [facts]
    target_length = "128k"
    runtime = ["vllm@0.33", "transformers"]
    train_length = 8192

    [check]
    ignore = ["rope-type-legacy-key"]

    [[check.suppress]]
    rule = "target-exceeds-window"
    path = "models/*/config.json"
    reason = "served in chunks"
    """

  @Test func settingsAreRead() throws {
    let settings = try CheckSettings.parse(SourceText(bytes: Array(Self.toml.utf8), path: "ropescope.toml"))
    #expect(settings.facts.targetLength == 131_072 && settings.facts.trainLength == 8192)
    #expect(settings.facts.runtimes == ["vllm@0.33", "transformers"])
    #expect(settings.ignore == ["rope-type-legacy-key"])
    #expect(
      settings.suppressions == [
        .init(rule: "target-exceeds-window", path: "models/*/config.json", reason: "served in chunks")
      ])
    let files = ["models/a/config.json": Self.llama2, "other/config.json": Self.llama2]
    let report = Checker(files: .memory(files), facts: settings.facts).check(paths: ["."])
    let kept = report.silenced(by: nil, suppressions: settings.suppressions)
    let rule = "target-exceeds-window"
    #expect(kept.files.filter { $0.findings.contains { $0.rule == rule } }.map(\.path) == ["other/config.json"])
    #expect(kept.summary.silenced == 1)
  }

  @Test(arguments: [
    ("[check]\nselect = [\"window-not-rased\"]\n", "window-not-raised"), ("[facts]\ntarget = 3\n", "target_length"),
    ("[[check.suppress]]\nrule = \"theta-missing\"\n", "reason"), ("[check\n", "TOML"),
  ]) func badSettingsGetOneClearSentence(_ text: String, _ word: String) {
    #expect(throws: ConfigurationError.self) {
      try CheckSettings.parse(SourceText(bytes: Array(text.utf8), path: "ropescope.toml"))
    }
    do {
      _ = try CheckSettings.parse(SourceText(bytes: Array(text.utf8), path: "ropescope.toml"))
    } catch { #expect(error.message.contains(word), "\(error)") }
  }

  @Test(arguments: [
    ("[[ignore]]\nrule = \"theta-missing\"", "[[check.suppress]]"), ("[check]\nselct = []", "did you mean “select”"),
    ("[bogus]\na = 1", "“bogus” is no key"), ("[check]\nmin_severity = \"bad\"", "expected note, warning or error"),
    (
      "[[check.suppress]]\nrule = \"theta-missing\"\nreason = \"r\"\nfile = \"x\"",
      "“file” is no key of [check.suppress]"
    ),
    ("[facts]\ntarget_lenght = 4096", "did you mean “target_length”"),
  ]) func aKeyThatNobodyReadsIsAnError(_ text: String, _ words: String) throws {
    let error = #expect(throws: ConfigurationError.self) {
      try CheckSettings.parse(SourceText(bytes: Array(text.utf8), path: "ropescope.toml"))
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func theDocumentedSettingsAreRead() throws {
    let settings = try CheckSettings.parse(SourceText(bytes: Array(SettingsKey.example.utf8), path: "ropescope.toml"))
    #expect(settings.minimumSeverity == .warning)
    #expect(settings.suppressions.count == 1)
    #expect(settings.facts.targetLength == 131_072)
  }

  @Test func aBaselineSilencesWhatItKnowsAndNothingElse() throws {
    let files = [
      "config.json":
        #"{"model_type": "llama", "max_position_embeddings": 4096.0, "rope_scaling": {"type": "linear", "factor": 0.5}}"#
    ]
    let report = Checker(files: .memory(files)).check(paths: ["config.json"])
    let baseline = CheckBaseline(report)
    #expect(report.silenced(by: baseline).files.flatMap(\.findings).isEmpty)
    let more = [
      "config.json":
        #"{"model_type": "llama", "rope_theta": 0, "max_position_embeddings": 4096.0, "rope_scaling": {"type": "linear", "factor": 0.5}}"#
    ]
    let later = Checker(files: .memory(more)).check(paths: ["config.json"]).silenced(by: baseline)
    #expect(later.files.flatMap(\.findings).map(\.rule) == ["theta-not-positive"])
    #expect(throws: ConfigurationError.self) { try CheckBaseline.parse(SourceText(bytes: Array("{}".utf8))) }
  }

  @Test func selectionKnowsItsRules() throws {
    #expect(try CheckSelection.rules(select: ["theta-missing"]).count == 1)
    #expect(try CheckSelection.rules(ignore: ["theta-missing"]).count == RuleCatalogue.all.count - 1)
    #expect(throws: ConfigurationError.self) { try CheckSelection.rules(select: ["no-such-rule"]) }
    #expect(RuleCatalogue.rule(named: "theta-missing")?.card.page.contains("**Why.**") == true)
  }
}

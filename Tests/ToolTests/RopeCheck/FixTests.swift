import RopeCheck
import RopeConfig
import RopeJSON
import RopeTestSupport
import Testing

@Suite struct FixTests {
  private static func rules(_ text: String, _ example: RuleExample) -> Set<String> {
    RuleExampleTests.rules(RuleExampleTests.report(example, configuration: text))
  }

  /// Each fix of each failing example, applied alone, ends its finding, in every layout, and leaves JSON behind.
  @Test(arguments: RuleExampleTests.examples.filter { $0.isFailing && !$0.example.configuration.isEmpty })
  func aFixEndsItsFinding(_ example: RuleExampleTests.Example) throws {
    for variant in [nil, ConfigurationVariant.minified, .windowsLines, .reversed, .byteOrderMark] {
      let written = try variant.map { try $0.apply(to: example.example.configuration) } ?? example.example.configuration
      guard let text = written else { continue }
      let report = RuleExampleTests.report(example.example, configuration: text)
      for finding in report.files.flatMap(\.findings) where finding.rule == example.rule && finding.fix != nil {
        let result = FixApplier.apply([finding], to: Array(text.utf8), includingUnsafe: true)
        #expect(result.applied == 1)
        let fixed = String(decoding: result.bytes, as: UTF8.self)
        _ = try JSONParser.parse(SourceText(bytes: result.bytes))
        let left = RuleExampleTests.report(example.example, configuration: fixed).files.flatMap(\.findings)
        #expect(
          !left.contains { $0.rule == finding.rule && $0.pointer == finding.pointer }, "\(example.rule): \(fixed)")
      }
    }
  }

  @Test(arguments: [
    (#""factor": 4.0, "rope_type": "yarn", "original_max_position_embeddings": "32768""#, "32768}"),
    (#""factor": "4.0", "rope_type": "yarn", "original_max_position_embeddings": 32768"#, "\"factor\": 4.0"),
  ]) func aNumberWrittenAsTextBecomesOne(_ scaling: String, _ wanted: String) {
    let text = #"""
      {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 131072,
       "rope_theta": 1000000.0, "rope_scaling": {\#(scaling)}}
      """#
    let findings = Checker().check(bytes: Array(text.utf8), path: "config.json").files.flatMap(\.findings)
    let result = FixApplier.apply(findings, to: Array(text.utf8), includingUnsafe: false)
    #expect(String(decoding: result.bytes, as: UTF8.self).contains(wanted), "\(findings.map(\.text))")
  }

  @Test(arguments: [
    ("false", "null"), ("[]", "null"), (#""None""#, "null"),
  ]) func whatMeansNoScalingBecomesNull(_ written: String, _ wanted: String) {
    let text = #"{"max_position_embeddings": 4096, "rope_scaling": \#(written)}"#
    let findings = Checker().check(bytes: Array(text.utf8), path: "config.json").files.flatMap(\.findings)
    let result = FixApplier.apply(findings, to: Array(text.utf8), includingUnsafe: false)
    #expect(String(decoding: result.bytes, as: UTF8.self).contains("\"rope_scaling\": \(wanted)"))
  }

  /// gte's own code reads “ntk” under the old key; transformers stops at it under the new one.
  @Test func aNameOfOwnCodeIsNotWrittenForOthers() {
    let text = #"""
      {"model_type": "new", "auto_map": {"AutoConfig": "configuration.NewConfig"}, "hidden_size": 1024,
       "num_attention_heads": 16, "max_position_embeddings": 8192, "rope_theta": 160000,
       "rope_scaling": {"factor": 2.0, "type": "ntk"}}
      """#
    let findings = Checker().check(bytes: Array(text.utf8), path: "config.json").files.flatMap(\.findings)
    #expect(findings.compactMap(\.fix).isEmpty, "\(findings.map(\.text))")
  }

  @Test func aFactorBesideDefaultKeepsItsType() {
    let text = #"""
      {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 131072,
       "rope_theta": 1000000.0, "rope_scaling": {"rope_type": "default", "type": "yarn", "factor": 4.0,
       "original_max_position_embeddings": 32768}}
      """#
    let findings = Checker().check(bytes: Array(text.utf8), path: "config.json").files.flatMap(\.findings)
      .filter { $0.rule == "rope-type-conflict" }
    #expect(FixApplier.apply(findings, to: Array(text.utf8), includingUnsafe: false).applied == 0)
    let result = FixApplier.apply(findings, to: Array(text.utf8), includingUnsafe: true)
    #expect(String(decoding: result.bytes, as: UTF8.self).contains(#""rope_type": "yarn""#))
  }

  @Test func fixesOfAFileAreAppliedTogetherAndReChecked() throws {
    let text = """
      {
        "model_type": "qwen2",
        "max_position_embeddings": 32768.0,
        "rope_theta": 1000000.0,
        "rope_scaling": {
          "type": "yarn",
          "factor": 4.0,
          "original_max_position_embeddings": 32768
        }
      }
      """
    let checker = Checker(files: .memory(["config.json": text]))
    let report = checker.check(paths: ["config.json"])
    let safe = try #require(checker.fixed(report, includingUnsafe: false).first)
    let safeText = String(decoding: safe.after, as: UTF8.self)
    #expect(safeText.contains("\"max_position_embeddings\": 32768,"))
    #expect(safeText.contains("\"original_max_position_embeddings\": 32768,\n    \"rope_type\": \"yarn\"\n"))
    let all = try #require(checker.fixed(report, includingUnsafe: true).first)
    let allText = String(decoding: all.after, as: UTF8.self)
    #expect(allText.contains("\"max_position_embeddings\": 131072,"))
    let again = Checker(files: .memory(["config.json": allText])).check(paths: ["config.json"])
    #expect(again.summary.errors == 0 && again.summary.fixable == 0)
  }

  @Test func safeFixesChangeNoPlan() throws {
    for example in RuleExampleTests.examples where example.isFailing && !example.example.configuration.isEmpty {
      let bytes = Array(example.example.configuration.utf8)
      let report = RuleExampleTests.report(example.example)
      let safe = FixApplier.apply(report.files.flatMap(\.findings), to: bytes, includingUnsafe: false)
      guard safe.applied > 0, let before = try? ModelLoader.load(bytes: bytes, name: "before") else { continue }
      let after = try ModelLoader.load(bytes: safe.bytes, name: "after")
      #expect(before.layerTypes.map(\.scaling) == after.layerTypes.map(\.scaling), "\(example)")
      #expect(before.layerTypes.map(\.geometry) == after.layerTypes.map(\.geometry), "\(example)")
    }
  }

  /// The same fault in files of trainers and servers: the fix is written in the file's own way, and ends it.
  @Test(arguments: [
    (
      "axolotl.yaml",
      "base_model: Qwen/Qwen2.5-7B-Instruct\nsequence_len: 131072\noverrides_of_model_config:\n  max_position_embeddings: 131072\n  rope_scaling:\n    rope_type: yarn\n    factor: 4.0  # four times\n",
      "    factor: 4.0  # four times\n    original_max_position_embeddings: 32768\n"
    ),
    (
      "axolotl.yaml",
      "base_model: Qwen/Qwen2.5-7B-Instruct\nsequence_len: 131072\noverrides_of_model_config:\n  max_position_embeddings: 131072\n  rope_scaling: {rope_type: yarn, factor: 4.0}\n",
      "{rope_type: yarn, factor: 4.0, original_max_position_embeddings: 32768}\n"
    ),
    (
      "serve.sh",
      "vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 131072 --hf-overrides '{\"max_position_embeddings\": 131072, \"rope_parameters\": {\"rope_type\": \"yarn\", \"rope_theta\": 1000000, \"factor\": 4.0}}'\n",
      "\"factor\": 4.0, \"original_max_position_embeddings\": 32768}"
    ),
  ])
  func aFixOfATrainersFileIsWrittenInItsOwnWay(_ name: String, _ text: String, _ fixed: String) throws {
    let checker = Checker(files: .memory([name: text]))
    let report = checker.check(paths: [name])
    let found = report.files.flatMap(\.findings).filter { $0.rule == "yarn-original-missing" }
    #expect(
      found.count == 1 && found.first?.fix != nil,
      "\(report.files.flatMap(\.findings).map { ($0.rule, $0.path ?? "") })")
    let after = try #require(checker.fixed(report, includingUnsafe: true).first).after
    #expect(String(decoding: after, as: UTF8.self).contains(fixed), "\(String(decoding: after, as: UTF8.self))")
    let again = Checker(files: .memory([name: String(decoding: after, as: UTF8.self)])).check(paths: [name])
    #expect(!again.files.flatMap(\.findings).contains { $0.rule == "yarn-original-missing" })
  }

  /// Tables of their own, in one line and with dotted keys: a member is written as its siblings are.
  @Test(arguments: [
    (
      "[m]\nname = \"x\"\n[m.rope]\nrope_type = \"yarn\"\nfactor = 4.0 # four\n\n[other]\na = 1\n", ["m", "rope"],
      "factor = 4.0 # four\noriginal = 32768\n\n[other]"
    ),
    (
      "rope = { rope_type = \"yarn\", factor = 4.0 }\n", ["rope"],
      "{ rope_type = \"yarn\", factor = 4.0, original = 32768 }"
    ),
    ("rope.rope_type = 'yarn'\nrope.factor = 4.0\n", ["rope"], "rope.factor = 4.0\nrope.original = 32768\n"),
  ])
  func tomlIsEditedInItsOwnWay(_ text: String, _ path: [String], _ expected: String) throws {
    func edited(_ edits: (SpanEditor, JSONNode) throws -> [TextEdit]) throws -> String {
      let source = SourceText(bytes: Array(text.utf8))
      var node = try TOMLReader.read(source)
      for key in path { node = try #require(node.member(key)?.node) }
      let finding = Finding(
        rule: "r", severity: .error, pointer: nil, region: SourceRegion(line: 1, column: 1, endLine: 1, endColumn: 2),
        message: "m", fix: Fix("f", safe: true, edits: try edits(SpanEditor(source: source, document: 0), node)))
      let bytes = FixApplier.apply([finding], to: source.bytes, includingUnsafe: true).bytes
      _ = try TOMLReader.read(SourceText(bytes: bytes))
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(try edited { $0.insert("original", "32768", into: $1) }.contains(expected))
    let renamed = try edited { $0.replace(try #require($1.member("rope_type")?.node), with: "\"linear\"") }
    #expect(renamed.contains("\"linear\"") || renamed.contains("'linear'"))
    #expect(try !edited { $0.remove("factor", of: $1) }.contains("factor"))
  }

  @Test func overlappingFixesAreLeftForTheNextRound() {
    func finding(_ edits: [TextEdit]) -> Finding {
      Finding(
        rule: "r", severity: .error, pointer: nil, region: SourceRegion(line: 1, column: 1, endLine: 1, endColumn: 2),
        message: "m", fix: Fix("f", safe: true, edits: edits))
    }
    let one = finding([TextEdit(start: 0, end: 4, text: "x")]), other = finding([TextEdit(start: 2, end: 6, text: "y")])
    let result = FixApplier.apply([one, other], to: Array("abcdefgh".utf8), includingUnsafe: false)
    #expect(result.applied == 1)
    #expect(String(decoding: result.bytes, as: UTF8.self) == "xefgh")
    let beyond = finding([TextEdit(start: 5, end: 99, text: "z")])
    #expect(FixApplier.apply([beyond], to: Array("abc".utf8), includingUnsafe: true).applied == 0)
  }

  @Test func theDiffIsUnified() {
    let old = (1...12).map { "line \($0)\n" }.joined(),
      new = old.replacing("line 2\n", with: "line two\n").replacing("line 11\n", with: "")
    let diff = UnifiedDiff.text(from: Array(old.utf8), to: Array(new.utf8), path: "config.json")
    #expect(
      diff == """
        --- a/config.json
        +++ b/config.json
        @@ -1,5 +1,5 @@
         line 1
        -line 2
        +line two
         line 3
         line 4
         line 5
        @@ -8,5 +8,4 @@
         line 8
         line 9
         line 10
        -line 11
         line 12

        """)
    #expect(UnifiedDiff.text(from: [1], to: [1], path: "x").isEmpty)
  }
}

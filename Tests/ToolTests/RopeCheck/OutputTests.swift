import Foundation
import RopeCheck
import RopeTestSupport
import Testing

@Suite struct OutputTests {
  /// A fixture folder in memory, so that paths in outputs do not depend on the machine.
  static func report(_ folder: String) throws -> CheckReport {
    var files: [String: String] = [:]
    for name in try Fixtures.names(in: folder) where name.hasSuffix(".json") {
      files["\(folder)/\(name)"] = String(decoding: try Fixtures.data("\(folder)/\(name)"), as: UTF8.self)
    }
    return Checker(files: .memory(files)).check(paths: [folder])
  }

  @Test func brokenConfigurationsReadAsText() throws {
    #expect(Golden.difference(CheckText.text(try Self.report("broken")) + "\n", from: "check/broken.txt") == nil)
  }

  @Test func publishedConfigurationsReadAsConciseText() throws {
    #expect(Golden.difference(CheckText.concise(try Self.report("configs")) + "\n", from: "check/configs.txt") == nil)
  }

  @Test func everyRuleSaysWhatItsExampleCosts() throws {
    let lines = RuleExampleTests.examples.filter(\.isFailing).map { example in
      let own = RuleExampleTests.report(example.example).files.flatMap(\.findings).filter { $0.rule == example.rule }
      return "\(example.rule) \(example.index)\n"
        + own.map { "  \($0.severity.rawValue): \($0.text)" }.joined(separator: "\n")
    }
    #expect(Golden.difference(lines.joined(separator: "\n") + "\n", from: "check/messages.txt") == nil)
  }

  @Test func jsonHasTheContractsKeysAndReadsBack() throws {
    let report = try Self.report("broken")
    let text = try CheckJSON.text(report)
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(root["schema"] as? String == "ropescope.check/1")
    let summary = try #require(root["summary"] as? [String: Any])
    #expect(
      summary["errors"] as? Int == report.summary.errors && summary["warnings"] as? Int == report.summary.warnings)
    #expect(summary["notes"] as? Int == report.summary.notes && summary["fixable"] as? Int == report.summary.fixable)
    #expect(summary["skipped"] as? [[String: String]] == [])
    let files = try #require(root["files"] as? [[String: Any]])
    for file in files {
      #expect(file["path"] is String)
      for finding in try #require(file["findings"] as? [[String: Any]]) {
        let keys: Set = [
          "rule", "severity", "pointer", "line", "column", "end_line", "end_column", "message", "fix", "references",
        ]
        #expect(keys.isSubset(of: Set(finding.keys)))
        if let fix = finding["fix"] as? [String: Any] {
          #expect(fix["description"] is String && fix["safe"] is Bool)
          for edit in try #require(fix["edits"] as? [[String: Any]]) {
            #expect(edit["start"] is Int && edit["end"] is Int && edit["text"] is String)
          }
        }
      }
    }
    // Values are apart from words in memory only.
    #expect(try CheckJSON.text(try JSONDecoder().decode(CheckReport.self, from: Data(text.utf8))) == text)
  }

  /// The required properties and ranges of the SARIF 2.1.0 schema, for the objects that are written.
  @Test func sarifHasWhatItsStandardRequires() throws {
    var files = [
      "bad.json": "{",
      "a b.json": #"{"model_type": "llama", "max_position_embeddings": 4096.0, "rope_scaling": {"type": "yarm"}}"#,
    ]
    files["c.json"] = "{\"model_type\": \"llama\",\n \"rope_theta\": 0}"
    let report = Checker(files: .memory(files)).check(paths: ["a b.json", "bad.json", "c.json"])
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(try CheckSARIF.text(report, version: "1.0").utf8)) as? [String: Any])
    #expect(root["version"] as? String == "2.1.0")
    let run = try #require((root["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "ropescope")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.count == RuleCatalogue.all.count)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == report.files.flatMap(\.findings).count && !results.isEmpty)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      #expect(["none", "note", "warning", "error"].contains(result["level"] as? String ?? ""))
      #expect(((result["message"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
      let physical = try #require(
        ((result["locations"] as? [[String: Any]])?.first)?["physicalLocation"] as? [String: Any])
      let uri = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
      #expect(URL(string: uri) != nil && !uri.contains(" "))
      let region = try #require(physical["region"] as? [String: Int])
      #expect(region["startLine"] ?? 0 >= 1 && region["startColumn"] ?? 0 >= 1)
      #expect(
        (region["endLine"] ?? 0, region["endColumn"] ?? 0) >= (region["startLine"] ?? 0, region["startColumn"] ?? 0))
      for fix in result["fixes"] as? [[String: Any]] ?? [] {
        let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
        #expect((change["replacements"] as? [[String: Any]])?.isEmpty == false)
      }
    }
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    #expect((invocation["toolExecutionNotifications"] as? [[String: Any]])?.count == 1)
  }

  @Test func gitHubCommandsEscapeWhatTheyMust() {
    let finding = Finding(
      rule: "r", severity: .note, pointer: nil, region: SourceRegion(line: 2, column: 3, endLine: 2, endColumn: 5),
      message: "100 %\nnext: line, all")
    let text = CheckGitHub.text(CheckReport(files: [CheckedFile(path: "a,b:c.json", findings: [finding])]))
    #expect(
      text == "::notice file=a%2Cb%3Ac.json,line=2,endLine=2,col=3,endColumn=5,title=r::100 %25%0Anext: line, all")
    var wide = finding
    wide.severity = .error
    wide.region.endLine = 4
    #expect(!CheckGitHub.text(CheckReport(files: [CheckedFile(path: "a", findings: [wide])])).contains("col="))
  }

  @Test func junitIsWellFormedAndCounts() throws {
    let report = try Self.report("broken")
    let text = CheckJUnit.text(report)
    let counter = ElementCounter()
    let parser = XMLReader(text)
    #expect(parser.read(counter.see))
    #expect(counter.counts["testsuite"] == report.files.count)
    #expect(counter.counts["failure"] == report.summary.errors + report.summary.warnings)
  }

  @Test func markdownHasARowAFinding() throws {
    let report = try Self.report("broken")
    let rows = CheckMarkdown.text(report).split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasPrefix("| Line")
    }
    #expect(rows.count == report.files.flatMap(\.findings).count)
    #expect(RuleCatalogue.markdownTable.split(separator: "\n").count == RuleCatalogue.all.count + 2)
  }

  @Test func statisticsCountByRule() throws {
    let report = try Self.report("broken")
    #expect(report.countsByRule.map(\.count).reduce(0, +) == report.files.flatMap(\.findings).count)
    #expect(report.countsByRule.map(\.count) == report.countsByRule.map(\.count).sorted(by: >))
    #expect(CheckText.statistics(report).contains("window-not-raised"))
  }

  @Test func exitCodesFollowTheContract() throws {
    let clean = Checker(files: .memory(["config.json": #"{"model_type": "llama", "max_position_embeddings": 4096}"#]))
      .check(paths: ["config.json"])
    #expect(clean.exitCode(failOn: .note) == 0)
    #expect(CheckText.text(clean).hasPrefix("No findings in 1 file"))
    let report = try Self.report("broken")
    #expect(report.exitCode(failOn: .error) == 1)
    let notes = Checker(files: .memory(["config.json": #"{"rope_scaling": {"type": "linear", "factor": 2.0}}"#])).check(
      paths: ["config.json"])
    #expect(notes.exitCode(failOn: .error) == 0 && notes.exitCode(failOn: .note) == 1)
  }
}

import Foundation
import RopeCheck
import RopeConfig
import RopeTestSupport
import Testing

@Suite struct PublishedConfigurationTests {
  static let names = ((try? Fixtures.names(in: "configs")) ?? []).filter { $0.hasSuffix(".json") }

  /// Warnings that are true of published files: what the file says is read differently by some runtime.
  static let accepted: [String: Set<String>] = [
    "yarn-mistral-7b-64k.json": ["factor-ratio-mismatch"],
    "yarn-mistral-7b-128k.json": ["factor-ratio-mismatch"],
    "alfred-40b-1023-rope-part.json": ["rope-type-unknown"],
    // MaxText's own settings, which reckon with mscale alone.
    "mt-kimi-k2-1t.json": ["mla-softmax-scale-missing"],
  ]

  @Test func theFilesAreThere() { #expect(Self.names.count > 60) }

  @Test(arguments: names) func givesNoErrorAndNoDoubtfulWarning(_ name: String) {
    let report = Checker().check(paths: [Fixtures.folder.appendingPathComponent("configs/\(name)").path])
    let findings = report.files.flatMap(\.findings)
    #expect(report.summary.unreadable == 0)
    #expect(findings.filter { $0.severity == .error }.map(\.text) == [])
    let warnings = findings.filter { $0.severity == .warning && Self.accepted[name]?.contains($0.rule) != true }
    #expect(warnings.map { "\($0.rule): \($0.text)" } == [])
  }

  @Test func presetsGiveNoError() {
    for preset in ModelPresets.all {
      let report = Checker().check(bytes: Array(preset.configuration.utf8), path: preset.name)
      #expect(
        report.summary.errors == 0 && report.summary.unreadable == 0,
        "\(preset.name): \(report.files.flatMap(\.findings).map(\.text))")
    }
  }
}

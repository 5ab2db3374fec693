import RopeCheck
import RopeTestSupport
import Testing

@Suite struct BrokenConfigurationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: Set<String>
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    guard let data = try? Fixtures.data("broken/index.tsv") else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Case(name: cells[0], expected: Set(cells[1].split(separator: ";").map(String.init)))
    }
  }()

  @Test func theIndexIsRead() { #expect(Self.cases.count == 23) }

  @Test(arguments: cases) func reportsWhatItsIndexNames(_ broken: Case) {
    let report = Checker().check(paths: [Fixtures.folder.appendingPathComponent("broken/\(broken.name).json").path])
    let found = Set(report.files.flatMap(\.findings).map(\.rule))
    #expect(report.summary.unreadable == 0)
    #expect(
      broken.expected.subtracting(found).isEmpty,
      "missing \(broken.expected.subtracting(found).sorted()), found \(found.sorted())")
  }
}

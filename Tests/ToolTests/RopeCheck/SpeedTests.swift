import Foundation
import RopeCheck
import RopeTestSupport
import Testing

@Suite(.serialized) struct SpeedTests {
  @Test func aThousandConfigurationsAreChecked() throws {
    var files: [String: String] = [:]
    let names = try Fixtures.names(in: "configs").filter { $0.hasSuffix(".json") }
    let texts = try names.map { String(decoding: try Fixtures.data("configs/\($0)"), as: UTF8.self) }
    for index in 0..<1000 { files["models/m\(index)/config.json"] = texts[index % texts.count] }
    let start = ContinuousClock.now
    let report = Checker(files: .memory(files)).check(paths: ["models"])
    let elapsed = ContinuousClock.now - start
    #expect(report.files.count == 1000)
    print("1000 configurations in \(elapsed)")
  }
}

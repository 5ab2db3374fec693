import Foundation
import GRDB
import RopeBatch
import RopeReport
import RopeTestSupport
import Testing

@Suite struct ResultsDatabaseTests {
  private final class Folder {
    let path: String

    init() throws {
      let url = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private static func cases(_ count: Int) throws -> [BatchCase] {
    let models = (1...count).map { "m\($0)" }.joined(separator: ", ")
    return BatchCase.all(of: try BatchPlan(text: "models: [\(models)]\ntargets: [8k]", path: "plan.yaml"))
  }

  /// A database that a program with schema 1 wrote: read without a change to it, migrated when a batch opens it.
  @Test func olderDatabasesAreMigrated() throws {
    let folder = try Folder()
    let path = folder.path + "/results.db"
    let old = try Fixtures.data("plans/results-v1.db")
    try old.write(to: URL(fileURLWithPath: path))
    let read = try ResultsDatabase(reading: path).cases()
    #expect(read.map(\.id) == ["smollm2-135m-16k", "missing-16k"] && read.map(\.state) == [.done, .failed])
    #expect(read[0].summary?.firstMethod == "yarn" && read[0].findings == nil && read[0].evaluations == nil)
    #expect(read[1].error?.contains("missing.json") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == old)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["results.db"])

    let database = try ResultsDatabase(path: path)
    #expect(try database.cases() == read)
    // The columns of schema 2 can be written.
    let claim = try database.claim(
      "missing-16k", fingerprint: "f", filesAreWhole: false, retryFailed: true, owner: .current, now: 1)
    #expect(claim == .granted)
    try database.touch(.current, now: 2)
    database.close()
    #expect(try ResultsDatabase(reading: path).cases().map(\.state) == [.done, .running])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["results.db"])
  }

  /// What was measured of a case stays as it was written.
  @Test func olderMeasurementsAreRead() throws {
    let folder = try Folder(), path = folder.path + "/results.db"
    try Fixtures.data("plans/results-v2.db").write(to: URL(fileURLWithPath: path))
    let entry = try #require(try ResultsDatabase(reading: path).cases().first), found = try #require(entry.evaluations)
    #expect(found.perplexity.map(\.length) == [64, 128, 64, 128] && found.perplexity.allSatisfy { $0.stride == nil })
    #expect(
      found.perplexity[0].windows == 2 && found.perplexity[0].perplexity > 1 && found.perplexity[0].byPosition == nil)
    #expect(found.passkey.count == 4 && found.mostFound?.trials == 2 && found.tasks?.first?.task == "key-value")
    let row = try #require(
      try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "SELECT evaluations FROM cases") })
    #expect(try JSONText.encode(found) == row)
  }

  /// A case belongs to one living process; one that is gone loses it, on this machine at once and on others after a while.
  @Test func casesBelongToTheLiving() throws {
    let folder = try Folder()
    let cases = try Self.cases(1)
    let id = cases[0].id
    let database = try ResultsDatabase(path: folder.path + "/results.db")
    try database.enter(cases, plan: cases)
    func claim(_ owner: BatchOwner, at now: Double) throws -> ResultsDatabase.Claim {
      try database.claim(id, fingerprint: "f", filesAreWhole: false, retryFailed: false, owner: owner, now: now)
    }
    let elsewhere = BatchOwner(host: "another-machine", process: 1)
    let gone = BatchOwner(host: BatchOwner.current.host, process: 4_000_000)
    #expect(try claim(elsewhere, at: 1000) == .granted)
    #expect(try claim(.current, at: 1000 + BatchOwner.patience - 1) == .busy)
    try database.touch(elsewhere, now: 1100)
    #expect(try claim(.current, at: 1100 + BatchOwner.patience - 1) == .busy)
    #expect(try claim(gone, at: 1100 + BatchOwner.patience + 1) == .granted)
    #expect(try claim(.current, at: 1300) == .granted)
    #expect(try claim(elsewhere, at: 1301) == .busy)
    // A number that was given to another process since.
    if let start = BatchOwner.current.start {
      try database.release(id)
      let former = BatchOwner(host: BatchOwner.current.host, process: BatchOwner.current.process, start: start &+ 1)
      #expect(try claim(former, at: 1302) == .granted)
      #expect(try claim(.current, at: 1303) == .granted)
    }
    try database.release(id)
    #expect(try database.state(of: id) == .planned)
    #expect(
      try database.claim("none", fingerprint: "f", filesAreWhole: false, retryFailed: false, owner: .current, now: 1)
        == .gone)
  }

  @Test func filesThatAreNoBatchAreRefused() throws {
    let folder = try Folder()
    #expect(throws: BatchError.self) { try ResultsDatabase(reading: folder.path + "/none.db") }
    let text = folder.path + "/text.db"
    try Data("this is no database, but long enough to be taken for one by its name alone".utf8).write(
      to: URL(fileURLWithPath: text))
    #expect(throws: BatchError.self) { try ResultsDatabase(reading: text) }
    let empty = folder.path + "/empty.db"
    try Data().write(to: URL(fileURLWithPath: empty))
    let error = #expect(throws: BatchError.self) { try ResultsDatabase(reading: empty) }
    #expect(error?.message.contains("not one of a batch") == true, "\(error?.message ?? "")")
  }
}

import Foundation
import GRDB
import RopeBatch
import RopeTestSupport
import Testing

/// Databases of strangers: nothing of them runs, and a row that is not as a batch writes it is one sentence.
@Suite struct HostileDatabaseTests {
  private final class Folder {
    let path = NSTemporaryDirectory() + "/ropescope-db-\(UUID().uuidString)"
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private static let columns = """
    id, position, model, target, state, owner TEXT, fingerprint TEXT, summary TEXT, error TEXT, seconds, seen DOUBLE, \
    version TEXT, parameters TEXT, inputs TEXT, record TEXT, findings TEXT, evaluations TEXT
    """

  private func database(
    _ folder: Folder, _ sql: String, columns: String = columns, migrations: [String] = ["v1", "v2"]
  ) throws -> String {
    let path = folder.path + "/results.db"
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      for name in migrations { try db.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [name]) }
      if !columns.isEmpty { try db.execute(sql: "CREATE TABLE cases (\(columns))") }
      try db.execute(sql: sql)
    }
    try queue.close()
    return path
  }

  private func failure(_ path: String) -> String? {
    do {
      _ = try ResultsDatabase(reading: path).cases()
      return nil
    } catch { return error.message }
  }

  @Test(arguments: [
    ("NULL,1,'m',4096,'done'", "NULL"), ("'a','x','m',4096,'done'", "NULL"), ("'a',1,NULL,4096,'done'", "NULL"),
    ("'a',1,'m',NULL,'done'", "NULL"), ("'a',1,'m','many','done'", "NULL"), ("'a',1,'m',4096,NULL", "NULL"),
    ("'a',1,x'00FF','4096','done'", "NULL"), ("'a',1,'m',4096,'done'", "'soon'"), ("'a',1,'m',4096,x'01'", "NULL"),
    ("'a',1.5,'m',4096,'done'", "NULL"), ("'a',1,'m',4096,'strange'", "NULL"), ("'a',1,'m',4096,9", "NULL"),
  ])
  func rowsOfAnotherShapeAreSentences(values: String, seconds: String) throws {
    let folder = try Folder()
    let path = try database(
      folder, "INSERT INTO cases (id, position, model, target, state, seconds) VALUES (\(values),\(seconds))")
    let message = failure(path)
    #expect(message?.contains("expected") == true, "\(message ?? "read")")
  }

  @Test func theNineShapesOfColumnsAreSentences() throws {
    for column in ["id", "position", "model", "target", "state"] {
      let folder = try Folder()
      let path = try database(
        folder, "",
        columns: Self.columns.replacing("\(column),", with: "other_\(column),").replacing(
          "\(column) ", with: "\(column) "))
      #expect(failure(path)?.contains("lacks the column “\(column)”") == true, "\(column): \(failure(path) ?? "read")")
    }
    for (column, value) in [
      ("error", "x'FF00'"), ("summary", "'{'"), ("findings", "'[]'"), ("evaluations", "'{\"passkey\":3}'"),
      ("parameters", "7"),
    ] {
      let folder = try Folder()
      let path = try database(
        folder,
        "INSERT INTO cases (id, position, model, target, state, \(column)) VALUES ('a',1,'m',4096,'done',\(value))")
      #expect(failure(path)?.contains("“\(column)”") == true, "\(column): \(failure(path) ?? "read")")
    }
  }

  @Test func sumsThatOverflowAreRefused() throws {
    let folder = try Folder()
    let cell = #"{"method":"a","length":1,"depth":0.5,"trials":9223372036854775807,"correct":9223372036854775807}"#
    let path = try database(
      folder,
      "INSERT INTO cases (id, position, model, target, state, evaluations) VALUES ('a',1,'m',4096,'done','{\"perplexity\":[],\"refused\":[],\"passkey\":[\(cell),\(cell)]}')"
    )
    #expect(failure(path)?.contains("evaluations") == true)
  }

  @Test func nothingOfTheSchemaRuns() throws {
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"
    let start = ContinuousClock.now
    // A trigger on what a migration writes; the fixture's own is on version 1.
    #expect(try ResultsDatabase(reading: Fixtures.url("hostile/trigger-loop.db").path).cases().isEmpty)
    do {
      let folder = try Folder()
      let path = try database(
        folder, "CREATE TRIGGER t AFTER INSERT ON cases BEGIN INSERT INTO cases(id) \(endless); END")
      #expect(try ResultsDatabase(reading: path).cases().isEmpty)
      #expect(throws: BatchError.self) { try ResultsDatabase(path: path) }
    }
    do {
      let folder = try Folder()
      let path = try database(
        folder,
        "CREATE VIEW cases AS SELECT x AS id, 1 AS position, 'm' AS model, 1 AS target, 'done' AS state FROM (\(endless))",
        columns: "")
      #expect(failure(path)?.contains("no plain table") == true)
    }
    do {
      let folder = try Folder()
      let computed = Self.columns.replacing(
        "error TEXT", with: "error TEXT GENERATED ALWAYS AS (hex(zeroblob(1000000000))) VIRTUAL")
      let path = try database(folder, "", columns: computed)
      #expect(failure(path)?.contains("computed") == true)
    }
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func pipesAndDevicesAreRefused() throws {
    let folder = try Folder()
    let path = folder.path + "/results.db"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(failure(path)?.contains("no regular file") == true)
    #expect(failure("/dev/zero")?.contains("no regular file") == true)
    #expect(failure(folder.path)?.contains("no regular file") == true)
  }

  @Test func aNewerDatabaseIsNotWrittenTo() throws {
    let folder = try Folder()
    let path = try database(
      folder, "INSERT INTO cases (id, position, model, target, state) VALUES ('a',1,'m',4096,'done')",
      migrations: ["v1", "v2", "v3"])
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let error = #expect(throws: BatchError.self) { try ResultsDatabase(path: path) }
    #expect(error?.message.contains("newer") == true, "\(error?.message ?? "")")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(try ResultsDatabase(reading: path).cases().map(\.id) == ["a"], "it may still be read")
  }

  /// What a shard holds is copied only where it is a file that a batch wrote.
  @Test func mergingTakesNoLinks() throws {
    for inside in [nil, "run.json"] as [String?] {
      let folder = try Folder()
      let shard = folder.path + "/shard", elsewhere = folder.path + "/elsewhere"
      for path in [shard + "/cases", elsewhere, folder.path + "/all"] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
      try Data("secret".utf8).write(to: URL(fileURLWithPath: elsewhere + "/secret"))
      let cases = BatchCase.all(of: try BatchPlan(text: "models: [m]\ntargets: [8k]", path: "plan.yaml"))
      let id = cases[0].id
      let queue = try DatabaseQueue(path: shard + "/results.db")
      try queue.write { db in
        try db.execute(sql: "CREATE TABLE cases (\(Self.columns))")
        try db.execute(
          sql: "INSERT INTO cases (id, position, model, target, state) VALUES (?, 0, 'm', 8192, 'done')",
          arguments: [id])
      }
      try queue.close()
      if let inside {
        try FileManager.default.createDirectory(atPath: "\(shard)/cases/\(id)", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
          atPath: "\(shard)/cases/\(id)/\(inside)", withDestinationPath: elsewhere + "/secret")
      } else {
        try FileManager.default.createSymbolicLink(atPath: "\(shard)/cases/\(id)", withDestinationPath: elsewhere)
      }
      let database = try ResultsDatabase(path: folder.path + "/all/results.db")
      try database.enter(cases, plan: cases)
      let error = #expect(throws: BatchError.self) {
        try BatchMerge.run(cases, from: [shard], into: database, folder: folder.path + "/all")
      }
      #expect(error?.message.contains("link") == true, "\(error?.message ?? "")")
      #expect(try database.cases().map(\.state) == [.planned])
      database.close()
      #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/all/cases/\(id)"))
    }
  }
}

import Foundation
import GRDB

/// The schema, version 2. Older files are migrated when a batch opens them; reading leaves them as they are.
///
/// `cases`, a row a case:
/// - `id` (primary key), `position` in the plan, `model`, `target` (tokens)
/// - `state`: planned, running, done, failed
/// - `owner` (who computes it, `host:process:start`), `seen` (when it last gave a sign of life, seconds since 1970)
/// - `fingerprint` of everything that it depends on, `version` of the program, `parameters` (JSON: methods, style, seed),
///   `inputs` (JSON: hashes by path)
/// - `record` (path of its `run.json`), `summary`, `findings`, `evaluations` (JSON), `error`
/// - `seconds` that it took
///
/// `inputs`, a row a large file: `path` (primary key), `size`, `modified`, `hash`, so that weights are not read again.
///
/// Version 1 has neither `inputs` nor the columns `seen`, `version`, `parameters`, `inputs`, `record`, `findings` and
/// `evaluations`.
extension ResultsDatabase {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { db in
      try db.create(table: "cases") { table in
        table.primaryKey("id", .text)
        table.column("position", .integer).notNull()
        table.column("model", .text).notNull()
        table.column("target", .integer).notNull()
        table.column("state", .text).notNull()
        table.column("owner", .text)
        table.column("fingerprint", .text)
        table.column("summary", .text)
        table.column("error", .text)
        table.column("seconds", .double)
      }
    }
    migrator.registerMigration("v2") { db in
      try db.alter(table: "cases") { table in
        table.add(column: "seen", .double)
        for name in ["version", "parameters", "inputs", "record", "findings", "evaluations"] {
          table.add(column: name, .text)
        }
      }
      try db.create(table: "inputs") { table in
        table.primaryKey("path", .text)
        table.column("size", .integer).notNull()
        table.column("modified", .double).notNull()
        table.column("hash", .text).notNull()
      }
    }
    return migrator
  }

  func inputHash(_ path: String, _ stamp: InputStamp) throws(BatchError) -> String? {
    do {
      return try connection.read { db in
        try String.fetchOne(
          db, sql: "SELECT hash FROM inputs WHERE path = ? AND size = ? AND modified = ?",
          arguments: [path, stamp.size, stamp.modified])
      }
    } catch {
      throw Self.error(error, self.path)
    }
  }

  func keepInputHash(_ path: String, _ stamp: InputStamp, _ hash: String) throws(BatchError) {
    try write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO inputs (path, size, modified, hash) VALUES (?, ?, ?, ?)",
        arguments: [path, stamp.size, stamp.modified, hash])
    }
  }
}

extension StoredCase {
  init(row: Row) throws {
    func decoded<Value: Decodable>(_ column: String) throws -> Value? {
      try (row[column] as String?).map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }
    self.init(
      id: row["id"], position: row["position"], model: row["model"], target: row["target"],
      state: CaseState(rawValue: row["state"]) ?? .planned, fingerprint: row["fingerprint"], version: row["version"],
      parameters: try decoded("parameters"), inputs: try decoded("inputs") ?? [:], record: row["record"],
      summary: try decoded("summary"), findings: try decoded("findings"), evaluations: try decoded("evaluations"),
      error: row["error"], seconds: row["seconds"])
  }
}

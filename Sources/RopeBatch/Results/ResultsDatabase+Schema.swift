import Foundation
import GRDB
import RopeText

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
    try read { db in
      try String.fetchOne(
        db, sql: "SELECT hash FROM inputs WHERE path = ? AND size = ? AND modified = ?",
        arguments: [path, stamp.size, stamp.modified])
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
  /// What of a row is not as a batch writes it.
  struct Fault: Error { let message: String }

  init(row: Row) throws {
    let id = try row.decode(String.self, forColumn: "id")
    func json<Value: Decodable>(_ column: String) throws -> Value? {
      guard let text = try row.decode(String?.self, forColumn: column) else { return nil }
      do { return try JSONDecoder().decode(Value.self, from: Data(text.utf8)) } catch {
        throw Fault(message: "“\(column)” of the case “\(id.excerpt(80))” is not as a batch writes it")
      }
    }
    let name = try row.decode(String.self, forColumn: "state")
    guard let state = CaseState(rawValue: name) else {
      let known = CaseState.allCases.map(\.rawValue).joined(separator: ", ")
      throw Fault(
        message: "the state of the case “\(id.excerpt(80))” is “\(name.excerpt(40))”, expected one of \(known)")
    }
    self.init(
      id: id, position: try row.decode(forColumn: "position"), model: try row.decode(forColumn: "model"),
      target: try row.decode(forColumn: "target"), state: state)
    fingerprint = try row.decode(forColumn: "fingerprint")
    version = try row.decode(forColumn: "version")
    parameters = try json("parameters")
    inputs = try json("inputs") ?? [:]
    record = try row.decode(forColumn: "record")
    summary = try json("summary")
    findings = try json("findings")
    evaluations = try json("evaluations")
    error = try row.decode(forColumn: "error")
    seconds = try row.decode(forColumn: "seconds")
    guard evaluations?.passkey.allSatisfy({ $0.correct.magnitude < 1 << 40 && $0.trials.magnitude < 1 << 40 }) ?? true
    else {
      throw Fault(message: "“evaluations” of the case “\(id.excerpt(80))” is not as a batch writes it")
    }
  }
}

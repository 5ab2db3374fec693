import Foundation
import GRDB

/// The results of a batch in SQLite, with a write-ahead log: a row a case. Safe for several processes at once, and for
/// being killed at any moment.
///
/// Schema version 1, table `cases`: `id` (primary key), `position`, `model`, `target` (tokens), `state` (planned, running,
/// done, failed), `owner` (host:process of who computes it), `fingerprint` (of its inputs), `summary` (JSON), `error`,
/// `seconds`. Older files are migrated when they are opened.
public struct ResultsDatabase: Sendable {
  private let pool: DatabasePool
  public let path: String

  /// - Throws: `BatchError` where the file cannot be opened, made or migrated.
  public init(path: String, mustExist: Bool = false) throws(BatchError) {
    self.path = path
    if mustExist, !FileManager.default.fileExists(atPath: path) {
      throw BatchError("there is no results database", path: path)
    }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(30)
      pool = try DatabasePool(path: path, configuration: configuration)
      try Self.migrator.migrate(pool)
    } catch {
      throw Self.error(error, path)
    }
  }

  private static var migrator: DatabaseMigrator {
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
    return migrator
  }

  /// Enters the cases of a plan: new ones as planned, known ones with their place; ones that the plan no longer names go.
  /// - Parameter all: the whole plan, of which `cases` may be a shard.
  public func enter(_ cases: [BatchCase], plan all: [BatchCase]) throws(BatchError) {
    let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.id, $0) })
    try write { db in
      let known = try String.fetchAll(db, sql: "SELECT id FROM cases")
      for id in known where places[id] == nil { try db.execute(sql: "DELETE FROM cases WHERE id = ?", arguments: [id]) }
      for entry in cases {
        try db.execute(
          sql: """
            INSERT INTO cases (id, position, model, target, state) VALUES (?, ?, ?, ?, 'planned')
            ON CONFLICT (id) DO UPDATE SET position = excluded.position, model = excluded.model, target = excluded.target
            """, arguments: [entry.id, places[entry.id] ?? 0, entry.model, entry.target])
      }
    }
  }

  /// Takes a case to compute; false where another living process has it.
  public func claim(_ id: String, owner: BatchOwner) throws(BatchError) -> Bool {
    try write { db in
      let row = try Row.fetchOne(db, sql: "SELECT state, owner FROM cases WHERE id = ?", arguments: [id])
      guard let row else { return false }
      let isRunning = row["state"] as String? == CaseState.running.rawValue
      if isRunning, let other = (row["owner"] as String?).flatMap(BatchOwner.init(text:)), other != owner, other.isAlive { return false }
      try db.execute(
        sql: "UPDATE cases SET state = 'running', owner = ?, error = NULL WHERE id = ?", arguments: [owner.text, id])
      return true
    }
  }

  public func finish(_ id: String, fingerprint: String, summary: CaseSummary, seconds: Double) throws(BatchError) {
    let text: String
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      text = String(decoding: try encoder.encode(summary), as: UTF8.self)
    } catch {
      throw Self.error(error, path)
    }
    try write { db in
      try db.execute(
        sql: "UPDATE cases SET state = 'done', owner = NULL, error = NULL, fingerprint = ?, summary = ?, seconds = ? WHERE id = ?",
        arguments: [fingerprint, text, seconds, id])
    }
  }

  public func fail(_ id: String, error: String) throws(BatchError) {
    try write { db in
      try db.execute(
        sql: "UPDATE cases SET state = 'failed', owner = NULL, error = ?, fingerprint = NULL, summary = NULL WHERE id = ?",
        arguments: [error, id])
    }
  }

  /// All cases in the plan's order.
  public func cases() throws(BatchError) -> [StoredCase] {
    do {
      return try pool.read { db in
        try Row.fetchAll(db, sql: "SELECT * FROM cases ORDER BY position, id").map { row in
          StoredCase(
            id: row["id"], position: row["position"], model: row["model"], target: row["target"],
            state: CaseState(rawValue: row["state"]) ?? .planned, fingerprint: row["fingerprint"],
            summary: try (row["summary"] as String?).map { try JSONDecoder().decode(CaseSummary.self, from: Data($0.utf8)) },
            error: row["error"], seconds: row["seconds"])
        }
      }
    } catch {
      throw Self.error(error, path)
    }
  }

  /// Takes over the finished and failed cases of another database.
  public func merge(_ other: ResultsDatabase) throws(BatchError) {
    for entry in try other.cases() where entry.state == .done || entry.state == .failed {
      try write { db in
        try db.execute(
          sql: """
            INSERT INTO cases (id, position, model, target, state) VALUES (?, ?, ?, ?, 'planned')
            ON CONFLICT (id) DO NOTHING
            """, arguments: [entry.id, entry.position, entry.model, entry.target])
      }
      if let summary = entry.summary, let fingerprint = entry.fingerprint {
        try finish(entry.id, fingerprint: fingerprint, summary: summary, seconds: entry.seconds ?? 0)
      } else {
        try fail(entry.id, error: entry.error ?? "")
      }
    }
  }

  private func write<Value>(_ body: (Database) throws -> Value) throws(BatchError) -> Value {
    do { return try pool.write(body) } catch { throw Self.error(error, path) }
  }

  private static func error(_ error: any Error, _ path: String) -> BatchError {
    if let known = error as? DatabaseError {
      let words = known.message ?? "SQLite error \(known.resultCode.rawValue)"
      return BatchError("the results database cannot be used: \(words)", path: path)
    }
    return BatchError("the results database cannot be used: \(error)", path: path)
  }
}

import Foundation
import GRDB
import RopeReport

/// The results of a batch in SQLite, with a write-ahead log: a row a case. Safe for several processes at once, and for
/// being killed at any moment. `ResultsDatabase+Schema.swift` documents the tables.
package struct ResultsDatabase: Sendable {
  let connection: any DatabaseWriter
  package let path: String

  /// For a batch that runs: the file is made where there is none, and migrated where it is older.
  ///
  /// - Throws: `BatchError` where the file cannot be opened, made or migrated, and where a newer program wrote it.
  package init(path: String) throws(BatchError) {
    self.path = path
    do {
      if FileManager.default.fileExists(atPath: path) { try DatabaseFile(path).checkForWriting() }
      var configuration = Configuration()
      configuration.busyMode = .timeout(30)
      DatabaseFile.protect(&configuration)
      // One connection: the last to close it then ends the log, which a pool's readers could not.
      configuration.journalMode = .wal
      connection = try DatabaseQueue(path: path, configuration: configuration)
      try Self.migrator.migrate(connection)
    } catch {
      throw Self.error(error, path)
    }
  }

  /// For reading only: works on a copy of its rows in memory, so that nothing is written beside the file, an older one
  /// stays as it is, and nothing of a stranger's file runs.
  ///
  /// - Throws: `BatchError` where there is no such file, it is no regular file, or a row is not as a batch writes it.
  package init(reading path: String) throws(BatchError) {
    self.path = path
    let file = try DatabaseFile(path)
    do { connection = try file.copied() } catch { throw Self.error(error, path) }
  }

  /// Enters the cases of a plan: new ones as planned, known ones with their place; ones that the plan no longer names go.
  /// - Parameter all: the whole plan, of which `cases` may be a shard.
  package func enter(_ cases: [BatchCase], plan all: [BatchCase]) throws(BatchError) {
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

  /// All cases in the plan's order.
  package func cases() throws(BatchError) -> [StoredCase] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM cases ORDER BY position, id").map(StoredCase.init(row:))
    }
  }

  package func state(of id: String) throws(BatchError) -> CaseState? {
    try read { db in
      try String.fetchOne(db, sql: "SELECT state FROM cases WHERE id = ?", arguments: [id]).flatMap(CaseState.init)
    }
  }

  /// Takes over a finished or failed case of another database.
  func take(_ entry: StoredCase) throws(BatchError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO cases (id, position, model, target, state) VALUES (?, ?, ?, ?, 'planned')
          ON CONFLICT (id) DO NOTHING
          """, arguments: [entry.id, entry.position, entry.model, entry.target])
    }
    try store(entry)
  }

  /// Writes what is known of a case that was computed, or has failed.
  func store(_ entry: StoredCase) throws(BatchError) {
    try write { db in
      try db.execute(
        sql: """
          UPDATE cases SET state = ?, owner = NULL, seen = NULL, fingerprint = ?, version = ?, parameters = ?, inputs = ?,
            record = ?, summary = ?, findings = ?, evaluations = ?, error = ?, seconds = ? WHERE id = ?
          """,
        arguments: [
          entry.state.rawValue, entry.fingerprint, entry.version, try Self.json(entry.parameters),
          try Self.json(entry.inputs), entry.record, try Self.json(entry.summary), try Self.json(entry.findings),
          try Self.json(entry.evaluations), entry.error, entry.seconds, entry.id,
        ])
    }
  }

  /// Ends the write-ahead log; nothing can be read or written after.
  package func close() { try? connection.close() }

  func read<Value>(_ body: (Database) throws -> Value) throws(BatchError) -> Value {
    do { return try connection.read(body) } catch { throw Self.error(error, path) }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(BatchError) -> Value {
    do { return try connection.write(body) } catch { throw Self.error(error, path) }
  }

  static func error(_ error: any Error, _ path: String) -> BatchError {
    if let fault = error as? StoredCase.Fault { return BatchError(fault.message, path: path) }
    guard let known = error as? DatabaseError else {
      return (error as? BatchError) ?? BatchError("the results database cannot be used: \(error)", path: path)
    }
    // A log that cannot grow is reported as a fault of the disk.
    let isFull = known.resultCode == .SQLITE_FULL || known.extendedResultCode == .SQLITE_IOERR_SHMSIZE
    let words = isFull ? "no space left on device" : known.message ?? "SQLite error \(known.resultCode.rawValue)"
    var failure = BatchError("the results database cannot be used: \(words)", path: path)
    failure.isDiskFull = isFull
    return failure
  }

  private static func json(_ value: (some Encodable)?) throws -> String? {
    guard let value else { return nil }
    return try JSONText.encode(value)
  }
}

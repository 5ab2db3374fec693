import Foundation
import GRDB
import GRDBSQLite

/// A file that says it is a results database, and may be anyone's: nothing that it holds is executed. Only known columns
/// of plain tables are read; triggers, views, computed columns and functions of its schema never run.
struct DatabaseFile {
  let path: String

  /// Rows that are read of one file.
  static let mostRows = 1_000_000
  /// Bytes of all their texts.
  static let mostBytes = 1 << 29
  /// Bytes of one text.
  static let longestText = 1 << 26

  /// - Throws: `BatchError` for anything but a regular file; nothing waits for the writer of a pipe.
  init(_ path: String) throws(BatchError) {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else { throw BatchError("there is no results database", path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw BatchError("the results database is no regular file", path: path)
    }
    if lstat(path + "-wal", &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw BatchError("the log beside the results database is no regular file", path: path + "-wal")
    }
  }

  /// For every connection to a file.
  static func protect(_ configuration: inout Configuration) {
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
      let limits = [
        (SQLITE_LIMIT_LENGTH, longestText), (SQLITE_LIMIT_COLUMN, 100), (SQLITE_LIMIT_EXPR_DEPTH, 100),
        (SQLITE_LIMIT_SQL_LENGTH, 1_000_000), (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
        (SQLITE_LIMIT_FUNCTION_ARG, 20), (SQLITE_LIMIT_COMPOUND_SELECT, 10), (SQLITE_LIMIT_TRIGGER_DEPTH, 1),
      ]
      for (limit, value) in limits { sqlite3_limit(db.sqliteConnection, limit, Int32(value)) }
    }
  }

  /// The rows in a database of our own, in memory.
  func copied() throws -> DatabaseQueue {
    let copy = try DatabaseQueue()
    try ResultsDatabase.migrator.migrate(copy)
    try source().read { db in
      var left = (rows: Self.mostRows, bytes: Self.mostBytes)
      for table in [DatabaseTable.cases, .inputs] {
        guard let columns = try table.columns(in: db, path) else { continue }
        let names = columns.map(\.name).joined(separator: ", ")
        let rows = try Row.fetchCursor(db, sql: "SELECT \(names) FROM main.\(table.name) NOT INDEXED")
        try copy.write { own in
          let insertion = try own.makeStatement(
            sql: "INSERT INTO \(table.name) (\(names)) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))")
          var number = 0
          while let row = try rows.next() {
            number += 1
            try table.check(row, columns, number: number, path)
            left.rows -= 1
            left.bytes -= columns.indices.reduce(0) { $0 + Self.size(row[$1]) }
            guard left.rows >= 0, left.bytes >= 0 else {
              throw BatchError(
                "it holds more than \(Self.mostRows) rows or \(Self.mostBytes >> 20) MiB of text, which no batch makes",
                path: path)
            }
            try insertion.execute(arguments: StatementArguments(columns.indices.map { row[$0] as DatabaseValue }))
          }
        }
      }
    }
    return copy
  }

  /// - Throws: `BatchError` where a file that is to be written was made by a newer program, or holds what no batch makes.
  func checkForWriting() throws {
    try source().read { db in
      let known = Set(ResultsDatabase.migrator.migrations)
      for entry in try Row.fetchAll(db, sql: "SELECT type, name FROM main.sqlite_master WHERE name NOT LIKE 'sqlite_%'")
      {
        let name = try entry.decode(String.self, forColumn: "name")
        guard try entry.decode(String.self, forColumn: "type") == "table",
          ["cases", "inputs", "grdb_migrations"].contains(name)
        else { throw BatchError("it holds “\(name)”, which no batch makes; it is not written to", path: path) }
        if name == "grdb_migrations" {
          for row in try Row.fetchAll(db, sql: "SELECT identifier FROM main.grdb_migrations") {
            let version = try row.decode(String.self, forColumn: "identifier")
            guard known.contains(version) else {
              throw BatchError(
                "a newer ropescope wrote it (its schema is “\(version)”); it is not written to: use that program, or another -o",
                path: path)
            }
          }
        } else {
          let table = name == "cases" ? DatabaseTable.cases : .inputs
          _ = try table.columns(in: db, path)
        }
      }
    }
  }

  /// Without a log beside it the file is whole as it is, and opening it so leaves no log behind.
  private func source() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(30)
    Self.protect(&configuration)
    var status = stat()
    guard stat(path + "-wal", &status) != 0 || status.st_size == 0 else {
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    return try DatabaseQueue(
      path: URL(fileURLWithPath: path).absoluteString + "?immutable=1", configuration: configuration)
  }

  private static func size(_ value: DatabaseValue) -> Int {
    switch value.storage {
    case .string(let text): text.utf8.count
    case .blob(let data): data.count
    default: 8
    }
  }
}

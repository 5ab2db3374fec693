import GRDB

/// A table of the results database, its columns with what they may hold.
struct DatabaseTable {
  enum Kind: String {
    case text, number
    case whole = "whole number"

    func holds(_ value: DatabaseValue) -> Bool {
      switch (self, value.storage) {
      case (.text, .string), (.number, .double), (.number, .int64), (.whole, .int64): true
      default: false
      }
    }
  }

  let name: String
  /// Of version 1, and never NULL.
  let required: [(name: String, kind: Kind)]
  let optional: [(name: String, kind: Kind)]
  /// Whether a batch cannot be without it.
  let isNeeded: Bool

  static let cases = DatabaseTable(
    name: "cases",
    required: [("id", .text), ("position", .whole), ("model", .text), ("target", .whole), ("state", .text)],
    optional: [
      ("owner", .text), ("fingerprint", .text), ("summary", .text), ("error", .text), ("seconds", .number),
      ("seen", .number),
      ("version", .text), ("parameters", .text), ("inputs", .text), ("record", .text), ("findings", .text),
      ("evaluations", .text),
    ], isNeeded: true)

  static let inputs = DatabaseTable(
    name: "inputs", required: [("path", .text), ("size", .whole), ("modified", .number), ("hash", .text)], optional: [],
    isNeeded: false)

  /// The columns of this table that a file has, without evaluating anything of it.
  ///
  /// - Throws: `BatchError` where it is a view, a virtual table, lacks a column, or computes one.
  func columns(in db: Database, _ path: String) throws -> [(name: String, kind: Kind)]? {
    let entry = try Row.fetchOne(
      db, sql: "SELECT type, sql FROM main.sqlite_master WHERE name = ? AND type IN ('table', 'view')",
      arguments: [name])
    guard let entry else {
      guard isNeeded else { return nil }
      throw BatchError("the file is a database, but not one of a batch", path: path)
    }
    let sql = try entry.decode(String?.self, forColumn: "sql") ?? ""
    guard try entry.decode(String?.self, forColumn: "type") == "table", !sql.uppercased().hasPrefix("CREATE VIRTUAL")
    else {
      throw BatchError("its “\(name)” is no plain table", path: path)
    }
    var plain: Set<String> = []
    for column in try Row.fetchAll(db, sql: "PRAGMA main.table_xinfo(\(name))") {
      let title = try column.decode(String.self, forColumn: "name")
      guard try column.decode(Int.self, forColumn: "hidden") == 0 else {
        throw BatchError(
          "the column “\(title)” of its table “\(name)” is computed, plain columns are expected", path: path)
      }
      plain.insert(title.lowercased())
    }
    if let missing = required.first(where: { !plain.contains($0.name) }) {
      throw BatchError("its table “\(name)” lacks the column “\(missing.name)”", path: path)
    }
    return (required + optional).filter { plain.contains($0.name) }
  }

  /// - Throws: `BatchError` for a value of another kind than its column's.
  func check(_ row: Row, _ columns: [(name: String, kind: Kind)], number: Int, _ path: String) throws {
    for (place, column) in columns.enumerated() {
      let value: DatabaseValue = row[place]
      let isOptional = !required.contains { $0.name == column.name }
      guard column.kind.holds(value) || isOptional && value.isNull else {
        let found =
          switch value.storage {
          case .null: "empty"
          case .string: "a text"
          case .blob: "a blob"
          case .int64, .double: "a number"
          }
        throw BatchError(
          "“\(column.name)” of row \(number) of its table “\(name)” is \(found), a \(column.kind.rawValue) is expected",
          path: path)
      }
    }
  }
}

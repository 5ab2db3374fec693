import Foundation
import RopeReport

/// Joins the results of shards: rows into one database, folders of cases beside it.
package enum BatchMerge {
  /// - Parameters:
  ///   - cases: those of the plan; others are left where they are.
  ///   - sources: folders of batches, each with a `results.db`.
  /// - Throws: `BatchError` where a database or a file cannot be read or written, and where a shard holds links.
  package static func run(
    _ cases: [BatchCase], from sources: [String], into database: ResultsDatabase, folder: String
  ) throws(BatchError) {
    let ids = Set(cases.map(\.id))
    let known = Dictionary(try database.cases().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for source in sources {
      let other = try ResultsDatabase(reading: source + "/results.db")
      var status = stat()
      if lstat(source + "/cases", &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
        try PlainFolder.check(source + "/cases")
      }
      for entry in try other.cases() where ids.contains(entry.id) {
        // A failure never takes the place of a result.
        guard entry.state == .done || (entry.state == .failed && known[entry.id]?.state != .done) else { continue }
        if entry.state == .done {
          try PlainFolder.check("\(source)/cases/\(entry.id)")
          do { try CaseFolder(folder, entry.id).copy(from: "\(source)/cases/\(entry.id)") } catch {
            throw BatchError(error)
          }
        }
        var row = entry
        row.position = known[entry.id]?.position ?? entry.position
        try database.take(row)
      }
    }
  }
}

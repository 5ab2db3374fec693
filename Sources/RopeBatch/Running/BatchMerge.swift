import Foundation

/// Joins the results of shards: rows into one database, folders of cases beside it.
public enum BatchMerge {
  /// - Parameter sources: folders of batches, each with a `results.db`.
  /// - Throws: `BatchError` where a database or a file cannot be read or written.
  public static func run(_ sources: [String], into database: ResultsDatabase, folder: String) throws(BatchError) {
    for source in sources {
      let other = try ResultsDatabase(path: source + "/results.db", mustExist: true)
      for entry in try other.cases() where entry.state == .done {
        try copy("\(source)/cases/\(entry.id)", to: "\(folder)/cases/\(entry.id)")
      }
      try database.merge(other)
    }
  }

  private static func copy(_ source: String, to target: String) throws(BatchError) {
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path, withIntermediateDirectories: true)
      let staged = target + ".partial"
      try? files.removeItem(atPath: staged)
      try files.copyItem(atPath: source, toPath: staged)
      if files.fileExists(atPath: target) { try files.removeItem(atPath: target) }
      try files.moveItem(atPath: staged, toPath: target)
    } catch {
      throw BatchError("the case cannot be copied to \(target)", path: source)
    }
  }
}

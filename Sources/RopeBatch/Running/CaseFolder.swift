import Foundation
import RopeFiles

/// The folder of a case: there whole or not at all.
struct CaseFolder {
  let cases: String
  let id: String

  init(_ folder: String, _ id: String) {
    cases = folder + "/cases"
    self.id = id
  }

  var path: String { "\(cases)/\(id)" }

  /// Whether all of `names` are there as files.
  func holds(_ names: [String]) -> Bool {
    names.allSatisfy { name in
      var status = stat()
      return lstat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
  }

  func write(_ files: [(path: String, bytes: [UInt8])]) throws(OutputError) {
    try Outputs.makeFolder(cases)
    try Outputs.replace(folder: path, files)
  }

  /// A copy of a folder that another batch wrote.
  ///
  /// - Throws: `OutputError` for links in it, and for whatever else is neither a file nor a folder.
  func copy(from source: String) throws(OutputError) { try write(FolderContent.read(source)) }

  /// - Throws: `BatchError` where a link stands in place of what a batch writes: it may lead out of the folder.
  static func refuseLinks(in folder: String) throws(BatchError) {
    for name in ["cases", "results.db", "results.db-wal", "results.db-shm"] {
      var status = stat()
      if lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
        throw BatchError(
          "this is a link; a batch writes nothing outside its folder, remove it", path: "\(folder)/\(name)")
      }
    }
  }
}

import Foundation

/// A folder of files alone, as a batch writes them.
enum PlainFolder {
  /// - Throws: `BatchError` where a link, a pipe or a device stands in place of the folder or in it: what it leads to is
  ///   not the batch's own.
  static func check(_ path: String) throws(BatchError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR:
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] { try check("\(path)/\(name)") }
    case S_IFLNK: throw BatchError("this is a link; --merge takes only files that a batch wrote", path: path)
    default: throw BatchError("this is no file; --merge takes only files that a batch wrote", path: path)
    }
  }
}

import Foundation

/// All files of a folder that something else wrote.
package enum FolderContent {
  /// - Throws: `OutputError` where it holds anything but files and folders: a link may lead elsewhere, a pipe never end.
  package static func read(_ path: String) throws(OutputError) -> [(path: String, bytes: [UInt8])] {
    guard let real = OutputPlace.real(path) else { throw OutputError(path: path, code: errno) }
    let (parent, name) = OutputPlace.split(path)
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw OutputError(path: path, reason: "“\(parent)/\(name)” is a link, or no folder; it is not copied")
    }
    var files: [(path: String, bytes: [UInt8])] = []
    try read(try OpenFolder(real), "", &files)
    return files
  }

  private static func read(
    _ folder: OpenFolder, _ prefix: String, _ files: inout [(path: String, bytes: [UInt8])]
  ) throws(OutputError) {
    for name in folder.names {
      let text = name.text
      switch folder.kind(name) {
      case S_IFDIR: try read(try OpenFolder(name, in: folder), prefix + text + "/", &files)
      case S_IFREG:
        guard let bytes = folder.bytes(text, limit: 1 << 31) else {
          throw OutputError(path: folder.path + "/" + text, reason: "the file cannot be read")
        }
        files.append((prefix + text, bytes))
      default:
        throw OutputError(
          path: folder.path + "/" + text, reason: "this is a link, or no regular file; it is not copied")
      }
    }
  }
}

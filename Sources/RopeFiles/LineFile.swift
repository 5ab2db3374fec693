import Foundation

/// A regular file that grows by whole lines, so that what was added before an interruption stays.
package final class LineFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Makes the file where it is not there, and its folder. A link is followed: its user named it.
  ///
  /// - Throws: `OutputError` where it is no regular file, or cannot be written.
  package init(_ path: String) throws(OutputError) {
    self.path = path
    if case .fileInNewFolder(let place) = try OutputPlace(path) { mkdir(place.folder, 0o777) }
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o666)
    guard descriptor >= 0 else { throw OutputError(path: path, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw OutputError(path: path, reason: "it is no regular file")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds a line and its end.
  package func add(_ line: [UInt8]) throws(OutputError) {
    try FileBytes.write(line + [UInt8(ascii: "\n")], to: descriptor, path: path)
  }
}

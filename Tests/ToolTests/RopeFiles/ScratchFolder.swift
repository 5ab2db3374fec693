import Foundation

/// A folder of a test's own, removed with it.
final class ScratchFolder {
  let path: String

  init() throws {
    let place = NSTemporaryDirectory() + "/ropescope-files-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    path = URL(fileURLWithPath: place).resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  subscript(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, _ name: String) throws {
    let url = URL(fileURLWithPath: self[name])
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self[name], withDestinationPath: target)
  }

  func text(_ name: String) -> String? { try? String(contentsOfFile: self[name], encoding: .utf8) }

  func status(_ name: String) -> stat {
    var status = stat()
    lstat(self[name], &status)
    return status
  }

  func isLink(_ name: String) -> Bool { status(name).st_mode & S_IFMT == S_IFLNK }

  func has(_ name: String) -> Bool { status(name).st_mode != 0 }

  /// Names in the folder, sorted.
  var entries: [String] { entries(in: "") }

  func entries(in name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: self[name])) ?? []).sorted()
  }
}

import Foundation

/// Which file a name leads to, whatever the name: its device and its number there.
package struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let number: UInt64

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }

  /// Of a regular file or a folder, behind links; nil for everything else: many may share a device.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(ofFile: status)
  }

  /// Of what a descriptor was opened on, such as a file that the shell gave as standard input.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(ofFile: status)
  }

  private init?(ofFile status: stat) {
    guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return nil }
    self.init(status)
  }
}

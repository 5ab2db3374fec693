import CRopeSystem
import Foundation

/// Whole files through descriptors.
enum FileBytes {
  /// Nil where the file is no regular one, is larger than `limit`, or cannot be read.
  static func read(_ descriptor: Int32, limit: Int) -> [UInt8]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) <= limit else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let got = bytes[count...].withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { break }
      count += got
    }
    return Array(bytes.prefix(count))
  }

  static func read(path: String, limit: Int = 1 << 26) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return read(file, limit: limit)
  }

  /// Writes everything, in parts, between which a request to stop is heard.
  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(OutputError) {
    var sent = 0
    while sent < bytes.count {
      if rope_writing_is_stopped() { throw OutputError(path: path, code: EINTR) }
      let part = bytes[sent..<min(bytes.count, sent + 1 << 20)]
      let count = part.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw OutputError(path: path, code: count < 0 ? errno : ENOSPC) }
      sent += count
    }
  }

  static func sync(_ descriptor: Int32, path: String) throws(OutputError) { try sync([(descriptor, path)]) }

  /// What was written to all these is on the disk after this. Some file systems have nothing to synchronise.
  static func sync(_ files: [(descriptor: Int32, path: String)]) throws(OutputError) {
    var codes = [Int32](repeating: 0, count: files.count)
    rope_sync_all(files.map(\.descriptor), &codes, files.count)
    for (file, code) in zip(files, codes) where ![0, EINVAL, ENOTSUP, EROFS].contains(code) {
      throw OutputError(path: file.path, code: code)
    }
  }

  /// Mode and owner of what stood there before. Where the group cannot be kept, what it might do is not given to another.
  static func keep(_ former: stat, on descriptor: Int32) {
    var mode = former.st_mode & 0o7777
    if fchown(descriptor, former.st_uid, former.st_gid) != 0 {
      mode &= 0o777
      if fchown(descriptor, uid_t.max, former.st_gid) != 0 {
        let forAll = (mode & 0o7) << 3
        mode = (mode & 0o707) | (mode & forAll)
      }
    }
    fchmod(descriptor, mode)
  }
}

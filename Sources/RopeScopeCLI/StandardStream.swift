import Foundation

/// The process's own streams, byte by byte.
enum StandardStream {
  /// - Returns: 0, or `errno` where something was not written.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard count <= 0 else {
        sent += count
        continue
      }
      let code = count < 0 ? errno : ENOSPC
      if code == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if code != EINTR {
        return code
      }
    }
    return 0
  }

  /// All of standard input; what there is of it where it cannot be read on.
  static func readInput() -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(0, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += part[..<count]
    }
  }
}

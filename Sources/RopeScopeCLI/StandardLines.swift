import Foundation

/// Lines of standard input, one at a time as they come. Every access holds the lock.
final class StandardLines: @unchecked Sendable {
  private let lock = NSLock()
  private var rest: [UInt8] = []
  private var isAtEnd = false

  /// Bytes of a line at most; what is longer comes in pieces, which no reader takes for a request.
  private static let longest = 1 << 28

  /// The next line without its end; nil at the end of the stream.
  func next() -> [UInt8]? {
    lock.withLock {
      var searched = 0
      while true {
        if let end = rest[searched...].firstIndex(of: 0x0A) { return take(end, skipping: 1) }
        searched = rest.count
        guard !isAtEnd, searched < Self.longest else { return rest.isEmpty ? nil : take(rest.count, skipping: 0) }
        readMore()
      }
    }
  }

  private func take(_ count: Int, skipping end: Int) -> [UInt8] {
    let line = Array(rest[..<count])
    rest.removeFirst(count + end)
    return line
  }

  private func readMore() {
    var part = [UInt8](repeating: 0, count: 1 << 16)
    var count = read(0, &part, part.count)
    while count < 0, errno == EINTR { count = read(0, &part, part.count) }
    if count > 0 { rest += part[..<count] } else { isAtEnd = true }
  }
}

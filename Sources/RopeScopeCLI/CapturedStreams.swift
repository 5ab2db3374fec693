import Foundation

/// What a command writes, kept for an answer. Every access holds the lock.
final class CapturedStreams: @unchecked Sendable {
  private let lock = NSLock()
  private var output: [UInt8] = []
  private var error: [UInt8] = []

  func append(_ stream: Console.Stream, _ bytes: [UInt8]) {
    lock.withLock {
      switch stream {
      case .output: output += bytes
      case .error: error += bytes
      }
    }
  }

  func text(_ stream: Console.Stream) -> String {
    lock.withLock { String(decoding: stream == .output ? output : error, as: UTF8.self) }
  }
}

import Foundation

/// How long the pieces of an evaluation took, over all the runs that a checkpoint joins.
final class PieceTimes: @unchecked Sendable {
  private let lock = NSLock()
  private var last = ContinuousClock.now
  private var counted: [String: Double] = [:]

  /// Seconds since the piece before, or since this was made: what a new piece took. Pieces that are finished together share
  /// their time, all of it with the first.
  func finished(_ key: String) -> Double {
    lock.withLock {
      let now = ContinuousClock.now
      let seconds = Double((now - last) / .milliseconds(1)).rounded() / 1000
      last = now
      counted[key] = seconds
      return seconds
    }
  }

  /// A piece that an earlier run had finished, however often it is asked for.
  func found(_ key: String, seconds: Double?) {
    lock.withLock {
      counted[key] = seconds
      last = .now
    }
  }

  /// Nil where no piece tells.
  var seconds: Double? { lock.withLock { counted.isEmpty ? nil : counted.values.reduce(0, +).rounded() } }
}

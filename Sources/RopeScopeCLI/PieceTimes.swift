import Foundation

/// How long the pieces of an evaluation took, over all the runs that a checkpoint joins.
final class PieceTimes: @unchecked Sendable {
  private let lock = NSLock()
  private var last = ContinuousClock.now
  /// Nil for pieces of checkpoints that tell no times.
  private var counted: [String: Double?] = [:]

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
      counted.updateValue(seconds, forKey: key)
      last = .now
    }
  }

  /// Of all pieces; nil where there are none or one of them does not tell.
  var seconds: Double? {
    let known = lock.withLock { Array(counted.values) }
    let told = known.compactMap { $0 }
    return known.isEmpty || told.count < known.count ? nil : told.reduce(0, +).rounded()
  }
}

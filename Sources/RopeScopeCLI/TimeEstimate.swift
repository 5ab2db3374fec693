import Foundation

/// How long the rest of a job will take, from the speed since its first second: what a checkpoint gave at once does not
/// count.
final class TimeEstimate: @unchecked Sendable {
  private let start = ContinuousClock.now
  private let lock = NSLock()
  private var base: (seconds: Double, share: Double)?

  /// Nil while there is nothing to go by.
  func secondsLeft(share: Double) -> Int? {
    let elapsed = start.duration(to: .now) / .seconds(1)
    return lock.withLock {
      guard let base, elapsed > 1 else {
        if elapsed > 1 || base == nil || share > base?.share ?? 0 { base = (elapsed, share) }
        return nil
      }
      let done = share - base.share
      return done > 0 ? Int(((elapsed - base.seconds) / done * (1 - share)).rounded()) : nil
    }
  }
}

import Foundation

/// What a batch is doing at the moment; may be asked from any thread.
package final class BatchMonitor: @unchecked Sendable {
  package struct Status: Sendable, Equatable {
    package var total = 0
    /// Done, kept or failed.
    package var finished = 0
    package var failed = 0
    /// Cases under way, in the order in which they began, each with the share that is done where that is known.
    package var running: [(id: String, share: Double?)] = []
    /// Finished by this run, and the seconds since it began.
    package var computed = 0
    package var seconds = 0.0

    /// Cases a minute; nil before the first is done.
    package var rate: Double? { computed > 0 && seconds > 0 ? Double(computed) / seconds * 60 : nil }

    /// Seconds; nil before the first case is done.
    package var secondsLeft: Double? { rate.map { Double(total - finished) / $0 * 60 } }

    package static func == (left: Status, right: Status) -> Bool {
      left.total == right.total && left.finished == right.finished && left.failed == right.failed
        && left.computed == right.computed && left.running.map(\.id) == right.running.map(\.id)
    }
  }

  private let lock = NSLock()
  private var current = Status()
  private var start = ContinuousClock.now
  /// Told after each case.
  private let finished: @Sendable (_ id: String, _ state: CaseState, _ status: Status) -> Void

  package init(finished: @escaping @Sendable (String, CaseState, Status) -> Void = { _, _, _ in }) {
    self.finished = finished
  }

  package var status: Status {
    lock.withLock {
      var status = current
      status.seconds = start.duration(to: .now) / .seconds(1)
      return status
    }
  }

  func begin(total: Int, kept: Int, failed: Int) {
    lock.withLock {
      current.total = total
      current.finished = kept + failed
      current.failed = failed
      start = .now
    }
  }

  func start(_ id: String) { lock.withLock { current.running.append((id, nil)) } }

  func advance(_ id: String, to share: Double) {
    lock.withLock {
      if let place = current.running.firstIndex(where: { $0.id == id }) { current.running[place].share = share }
    }
  }

  /// - Parameter state: nil where the case was not finished.
  func end(_ id: String, _ state: CaseState?, isOwn: Bool = true) {
    lock.withLock {
      current.running.removeAll { $0.id == id }
      guard let state else { return }
      current.finished += 1
      if isOwn { current.computed += 1 }
      if state == .failed { current.failed += 1 }
    }
    if let state { finished(id, state, status) }
  }
}

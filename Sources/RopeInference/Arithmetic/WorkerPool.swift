import Dispatch
import Foundation

/// Threads that take numbered pieces of work one after another. Which thread takes a piece never changes its result.
public struct WorkerPool: Sendable {
  public let workers: Int

  /// - Parameter workers: nil for one a processor.
  public init(workers: Int? = nil) {
    self.workers = Swift.max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Runs `body` for every piece and returns when all are done.
  func run(_ pieces: Int, _ body: (_ piece: Int, _ worker: Int) -> Void) {
    guard workers > 1, pieces > 1 else {
      for piece in 0..<pieces { body(piece, 0) }
      return
    }
    let counter = Counter(), threads = Swift.min(workers, pieces)
    withoutActuallyEscaping(body) { body in
      // The pieces write to places of their own, which the compiler cannot see.
      nonisolated(unsafe) let work = body
      DispatchQueue.concurrentPerform(iterations: threads) { worker in
        while let piece = counter.next(below: pieces) { work(piece, worker) }
      }
    }
  }

  /// Runs `body` for consecutive ranges of at most `size` of `range`.
  func run(over range: Range<Int>, by size: Int, _ body: (_ part: Range<Int>, _ worker: Int) -> Void) {
    run((range.count + size - 1) / size) { piece, worker in
      let start = range.lowerBound + piece * size
      body(start..<Swift.min(start + size, range.upperBound), worker)
    }
  }
}

private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var value = 0

  /// 0, 1, 2 … for whoever asks first; nil from `limit` on.
  func next(below limit: Int) -> Int? {
    lock.withLock {
      guard value < limit else { return nil }
      value += 1
      return value - 1
    }
  }
}

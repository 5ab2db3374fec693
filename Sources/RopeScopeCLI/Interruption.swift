@preconcurrency import Dispatch
import Foundation

/// SIGINT and SIGTERM while a long job runs: asked for once, the job finishes what is under way.
final class Interruption: Sendable {
  private let sources: [any DispatchSourceSignal]
  private let flag = Flag()

  private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false
    var isSet: Bool { lock.withLock { value } }
    func set() { lock.withLock { value = true } }
  }

  init() {
    let flag = flag
    sources = [SIGINT, SIGTERM].map { number in
      // The default action must not come before ours.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { flag.set() }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }

  var isAsked: Bool { flag.isSet }
}

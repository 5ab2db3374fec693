import Foundation

/// Engines that wait for their next user: loading faces and measuring the same words takes most of a document's time.
///
/// It holds as many engines as were ever in use at once.
final class PangoEnginePool: @unchecked Sendable {
  static let shared = PangoEnginePool()

  private let lock = NSLock()
  private var waiting: [PangoEngine.Key: [PangoEngine]] = [:]

  func take(_ key: PangoEngine.Key) -> PangoEngine {
    lock.withLock { waiting[key]?.popLast() } ?? PangoEngine(key)
  }

  func give(_ engine: PangoEngine) {
    lock.withLock { waiting[engine.key, default: []].append(engine) }
  }
}

import Foundation

/// Engines that wait for their next user: loading faces and measuring the same words takes most of a document's time.
///
/// It holds as many engines as were ever in use at once.
final class PangoEnginePool: @unchecked Sendable {
  static let shared = PangoEnginePool()

  private let lock = NSLock()
  private var waiting: [PangoEngine.Key: [PangoEngine]] = [:]
  private var measured: [PangoEngine.Key: MeasuredTexts] = [:]

  func take(_ key: PangoEngine.Key) -> PangoEngine {
    let (engine, texts) = lock.withLock {
      let texts = measured[key] ?? MeasuredTexts()
      measured[key] = texts
      return (waiting[key]?.popLast(), texts)
    }
    return engine ?? PangoEngine(key, measured: texts)
  }

  func give(_ engine: PangoEngine) {
    lock.withLock { waiting[engine.key, default: []].append(engine) }
  }
}

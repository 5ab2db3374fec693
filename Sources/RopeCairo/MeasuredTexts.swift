import Foundation
import RopeChart

/// What was measured with the same faces, by whichever engine.
final class MeasuredTexts: @unchecked Sendable {
  private let lock = NSLock()
  private var texts: [FontRole: [String: PangoEngine.Measurement]] = [:]

  subscript(text: String, role: FontRole) -> PangoEngine.Measurement? {
    get { lock.withLock { texts[role]?[text] } }
    set {
      lock.withLock {
        if texts[role, default: [:]].count >= PangoEngine.largestMemory { texts[role] = [:] }
        texts[role, default: [:]][text] = newValue
      }
    }
  }
}

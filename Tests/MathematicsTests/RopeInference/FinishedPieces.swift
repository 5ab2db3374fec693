import Foundation
import RopeInference

/// Pieces that a run finished, as a checkpoint keeps them.
final class FinishedPieces: @unchecked Sendable {
  private let lock = NSLock()
  private var entries: [EvaluationCheckpoint.Entry] = []
  var all: [EvaluationCheckpoint.Entry] { lock.withLock { entries } }
  func checkpoint(_ model: String = "m") -> EvaluationCheckpoint {
    EvaluationCheckpoint(model: model, entries: all) { entry in self.lock.withLock { self.entries.append(entry) } }
  }
}

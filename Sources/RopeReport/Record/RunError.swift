/// Why a run cannot be made.
public enum RunError: Error, Sendable, CustomStringConvertible {
  case noGeometry(name: String, missing: [String])
  /// A model in which nothing rotates, with the sentence that says so.
  case noRotation(name: String, reason: String)
  case noTarget
  /// A head of more features than reports are made for.
  case largeHead(Int)
  case noMethods
  case unreadableRecord(String)
  /// Statistics whose heads rotate another number of pairs than the model's.
  case otherModel(found: Int, expected: Int)

  public var description: String {
    switch self {
    case .noGeometry(let name, let missing):
      "\(name) does not tell enough to rotate anything: \(missing.isEmpty ? "no head size found" : missing.joined(separator: "; "))"
    case .noRotation(let name, let reason): "\(name): \(reason)"
    case .largeHead(let size):
      "the head has \(size) features; analyses and reports are made for at most \(Run.largestHead)"
    case .noTarget: "no target length: give --target, the file does not tell its window"
    case .noMethods: "none of the methods is defined for this model"
    case .otherModel(let found, let expected):
      "the statistics are of heads with \(found) pairs, this model rotates \(expected): they belong to another model"
    case .unreadableRecord(let reason): "not a run record of this version: \(reason)"
    }
  }
}

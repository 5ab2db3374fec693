/// Why a run cannot be made.
public enum RunError: Error, Sendable, CustomStringConvertible {
  case noGeometry(name: String, missing: [String])
  case noTarget
  case noMethods
  case unreadableRecord(String)

  public var description: String {
    switch self {
    case .noGeometry(let name, let missing):
      "\(name) does not tell enough to rotate anything: \(missing.isEmpty ? "no head size found" : missing.joined(separator: "; "))"
    case .noTarget: "no target length: give --target, the file does not tell its window"
    case .noMethods: "none of the methods is defined for this model"
    case .unreadableRecord(let reason): "not a run record of this version: \(reason)"
    }
  }
}

/// Why stages of training cannot be read: one sentence.
public enum TrainedStageError: Error, Sendable, Equatable, CustomStringConvertible {
  case syntax(String)
  case length(String)
  case reach(String)
  case weight(String)
  case someWeights

  public var description: String {
    switch self {
    case .syntax(let text): "training stage “\(text)” is not of the form length:weight, as in 8k:0.9,128k:0.1"
    case .length(let text): "a training stage of “\(text)” tokens is not possible; lengths are written 8192, 8k or 1M"
    case .reach(let text):
      "a training stage cannot spread its positions over “\(text)” tokens; write 2k/16k, the window first"
    case .weight(let text): "a training stage cannot weigh “\(text)”; weights are numbers above 0"
    case .someWeights: "give every training stage a weight, or none"
    }
  }
}

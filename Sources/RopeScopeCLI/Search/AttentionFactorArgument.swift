import ArgumentParser
import RopeMath

/// The attention factor of all candidates of a search, as an option names it.
enum AttentionFactorArgument: ExpressibleByArgument {
  case number(Double)
  /// What LongRoPE's formula gives at the target.
  case formula

  init?(argument: String) {
    if argument == "longrope" {
      self = .formula
    } else if let number = Double(argument) {
      self = .number(number)
    } else {
      return nil
    }
  }

  func value(target: Int, trainedLength: Int) -> Double {
    switch self {
    case .number(let number): number
    case .formula:
      LongRoPE.attentionFactor(scale: Double(target) / Double(trainedLength), trainedLength: Double(trainedLength))
    }
  }
}

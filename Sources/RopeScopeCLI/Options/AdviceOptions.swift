import ArgumentParser
import RopeConfig

/// Whom an advice is for: what can be trained, and which runtimes must compute it.
struct AdviceOptions: ParsableArguments {
  @Option(help: "Tokens that can be trained on: 500M, 2B.")
  var trainBudget: String?

  @Flag(help: "The weights stay as they are; the same as no budget.")
  var frozen = false

  @Option(
    help:
      "Runtimes that must compute what is advised, with commas; transformers and a server that runs the model where left out.",
    completion: Completions.runtimes)
  var runtimes: String?

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  /// Tokens; 0 for frozen weights.
  func trainTokens() throws -> Double {
    guard !(frozen && trainBudget != nil) else { throw Failure.usage("--frozen and --train-budget exclude each other") }
    return try trainBudget.map(Self.tokens) ?? 0
  }

  /// Those that are declared, by the option or by the command that the model was read with; nil for none.
  func declared(_ subject: ModelSubject) throws -> (runtimes: [Runtime]?, warnings: [String]) {
    guard let text = runtimes ?? subject.runtime else { return (nil, []) }
    let chosen = try RuntimeArguments.selection(text, strict: strict)
    return (chosen.runtimes, chosen.warnings)
  }

  /// `500M`, `2B`, `1e9`.
  static func tokens(_ text: String) throws -> Double {
    let units: [Character: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12]
    let unit = text.last.flatMap { units[$0] }
    guard let number = Double(unit == nil ? text : String(text.dropLast())), number >= 0, number.isFinite else {
      throw Failure.usage("a budget of “\(text)”: write a number of tokens such as 500M or 2B")
    }
    return number * (unit ?? 1)
  }
}

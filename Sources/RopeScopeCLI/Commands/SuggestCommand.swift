import ArgumentParser
import RopeConfig
import RopeMath
import RopeReport
import RopeText

/// `ropescope suggest`: the smallest change that brings a model to a length.
struct SuggestCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest", abstract: "Suggest method, factor and settings that bring a model to a length.",
    discussion: """
      EXAMPLES:
        ropescope suggest qwen2.5-7b --target 128k
        ropescope suggest llama-3-8b --target 64k --train-budget 2B
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var model: ModelOptions

  @Option(
    name: [.customLong("target"), .customLong("target-length")], help: "Tokens to reach.", completion: LengthArgument.completion,
    transform: LengthArgument.parse)
  var target: LengthArgument

  @Option(help: "Tokens that can be trained on: 500M, 2B.")
  var trainBudget: String?

  @Flag(help: "The weights stay as they are; the same as no budget.")
  var frozen = false

  @Option(help: "Runtimes to write settings for, with commas; the newest of each where left out.")
  var runtimes: String?

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    guard !(frozen && trainBudget != nil) else { throw Failure.usage("--frozen and --train-budget exclude each other") }
    let subject = try model.subject(console)
    let declaration = try subject.rotating()
    let chosen = try RuntimeArguments.selection(runtimes ?? subject.runtime, strict: strict)
    for note in chosen.warnings + subject.notes { output.note("note: \(note)", console) }
    let suggestion = try Suggestion(
      for: declaration, target: target.tokens,
      trainTokens: try trainBudget.map(Self.tokens) ?? 0, runtimes: chosen.runtimes)
    console.print(format == .json ? try JSONText.encode(suggestion) : Self.text(suggestion))
    return .clean
  }

  /// `500M`, `2B`, `1e9`.
  private static func tokens(_ text: String) throws -> Double {
    let units: [Character: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12]
    let unit = text.last.flatMap { units[$0] }
    guard let number = Double(unit == nil ? text : String(text.dropLast())), number >= 0, number.isFinite else {
      throw Failure.usage("--train-budget “\(text)”: write a number of tokens such as 500M or 2B")
    }
    return number * (unit ?? 1)
  }

  private static func text(_ suggestion: Suggestion) -> String {
    func list(_ advice: [Advice]) -> [String] {
      advice.flatMap { entry in
        TextPage.wrapped("- " + entry.text + (entry.source.map { " (\($0.title), \($0.source))" } ?? ""), width: 100, indent: "  ")
      }
    }
    var lines = [Escaping.visible(suggestion.headline)]
    for (title, advice) in [("Why", suggestion.reasons), ("Beware", suggestion.warnings), ("Otherwise", suggestion.alternatives)] where !advice.isEmpty {
      lines += ["", title] + list(advice)
    }
    for settings in suggestion.settings {
      lines += ["", "\(settings.runtime) \(settings.version)"]
      lines += (settings.text ?? Escaping.visible(settings.reason ?? "")).split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
      lines += settings.notes.flatMap { TextPage.wrapped("note: " + $0, width: 100, indent: "  ") }
    }
    return lines.joined(separator: "\n")
  }
}

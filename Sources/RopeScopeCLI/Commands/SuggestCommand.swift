import ArgumentParser
import RopeAdvice
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

  @OptionGroup var model: ModelOptions

  @Option(length: "Tokens to reach.", names: ["target", "target-length"])
  var target: LengthArgument

  @OptionGroup var advice: AdviceOptions

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let language = try language.language()
    let subject = try model.subject(console)
    let declared = try advice.declared(subject)
    for note in declared.warnings + subject.notes { output.note("note: \(note)", console) }
    let adviser = try Adviser(subject.reading, runtimes: declared.runtimes, trainTokens: try advice.trainTokens())
    let suggestion = try Suggestion(
      try adviser.advice(target: target.tokens), of: subject.reading,
      runtimes: declared.runtimes ?? RuntimeCatalogue.newest)
    console.print(
      format == .json ? try JSONText.encode(suggestion) : Self.text(suggestion, in: console.layout, language))
    return .clean
  }

  private static func text(_ suggestion: Suggestion, in layout: TextLayout, _ language: Language) -> String {
    let settings = suggestion.settings.flatMap {
      AdvicePage.settings(
        of: "\($0.runtime) \($0.version)", $0.text, reason: $0.reason, notes: $0.notes, in: layout, language)
    }
    let advice = AdvicePage.lines(suggestion.advice, in: layout, language)
    return (layout.line(language(suggestion.headline)) + advice + settings).joined(separator: "\n")
  }
}

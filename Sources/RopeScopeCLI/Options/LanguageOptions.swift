import ArgumentParser
import RopeTemplates
import RopeText

/// What a report, a figure or an explanation is told in.
struct LanguageOptions: ParsableArguments {
  @Option(
    name: .customLong("lang"),
    help: "Language of titles, captions and sentences: en or zh (simplified Chinese); en where left out.",
    completion: .list(Language.codes))
  var code: String?

  /// - Throws: `Failure` (`usage`) for a language that has no catalogue.
  func language() throws -> Language {
    guard let code else { return .english }
    if let language = Language.named(code) { return language }
    let known = Language.codes.joined(separator: ", ")
    throw Failure.usage("there is no catalogue for the language “\(code.excerpt(40))”; known are \(known)")
  }
}

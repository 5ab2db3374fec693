import ArgumentParser
import RopeTemplates
import RopeText

/// What a report, a figure or an explanation is told in.
struct LanguageOptions: ParsableArguments {
  static var help: ArgumentHelp { "Language of titles, captions and sentences: en or zh (simplified Chinese)." }

  @Option(
    name: .customLong("lang"), help: LanguageOptions.help,
    completion: .list(Language.codes))
  var code: String = Language.english.code

  /// - Throws: `Failure` (`usage`) for a language that has no catalogue.
  func language() throws -> Language { try Self.language(code) }

  /// The language of a code.
  ///
  /// - Throws: `Failure` (`usage`) for a language that has no catalogue.
  static func language(_ code: String) throws -> Language {
    if let language = Language.named(code) { return language }
    let known = Language.codes.joined(separator: ", ")
    throw Failure.usage("there is no catalogue for the language “\(code.excerpt(40))”; known are \(known)")
  }
}

import RopeText

extension Language {
  /// Simplified Chinese, by the catalogues in `messages`.
  package static let chinese = Language(code: "zh", catalogue: chineseCatalogue)

  /// Names of the catalogues among the templates.
  package static let chineseFiles = [
    "zh.po",
    "zh-formulas.po",
    "zh-figures.po",
    "zh-report.po",
    "zh-check.po",
  ]

  /// What runtimes and other parts that speak English alone say, and why a command did nothing.
  package static let chineseRemarks = ["zh-remarks.po", "zh-errors.po", "zh-models.po"]

  package static let chineseCatalogue = MessageCatalogue(
    portableObjects: chineseFiles.map { text(of: $0) }, remarks: chineseRemarks.map { text(of: $0) })

  private static func text(of name: String) -> String { Templates.files[name] ?? "" }

  /// The languages that a report can be told in. Reading a catalogue takes longer than most commands, so only the one that
  /// is asked for is read.
  private static let readers: KeyValuePairs<String, @Sendable () -> Language> = ["en": { english }, "zh": { chinese }]

  /// What `named` knows: `en`, `zh`.
  package static var codes: [String] { readers.map(\.key) }

  /// The language of a code; nil where there is no catalogue for it.
  package static func named(_ code: String) -> Language? { readers.first { $0.key == code }?.value() }
}

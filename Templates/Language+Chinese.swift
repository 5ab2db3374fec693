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
  ]

  package static let chineseCatalogue = MessageCatalogue(
    portableObjects: chineseFiles.map { String(decoding: Templates.files[$0] ?? [], as: UTF8.self) })

  /// The languages that a report can be told in.
  package static let all = [english, chinese]
}

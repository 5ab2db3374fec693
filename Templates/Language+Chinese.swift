import RopeText

extension Language {
  /// Simplified Chinese, by the catalogue `messages/zh.po`.
  package static let chinese = Language(code: "zh", catalogue: chineseCatalogue)

  private static let chineseCatalogue = MessageCatalogue(
    portableObject: String(decoding: Templates.files["zh.po"] ?? [], as: UTF8.self))

  /// The languages that a report can be told in.
  package static let all = [english, chinese]
}

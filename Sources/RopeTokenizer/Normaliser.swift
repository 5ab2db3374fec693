import RopeJSON
import RopeText

/// What happens to a text before it is cut.
struct Normaliser {
  var composes = false
  /// Spaces become `▁`.
  var marksSpaces = false
  var prefix = PieceModel.Prefix.never
  /// A text that begins with a space gets another.
  var prefixesSpaced = true

  init(_ settings: JSONNode?) throws(TokenizerError) {
    for part in settings?.parts("normalizers") ?? [] {
      switch part.type {
      case "NFC": composes = true
      case "Prepend" where part["prepend"]?.text == "▁": prefix = .afterSpecialTokens
      case "Replace" where part["pattern"]?["String"]?.text == " " && part["content"]?.text == "▁": marksSpaces = true
      case let other: throw .unsupported("the normaliser “\((other ?? "without a type").excerpt(40))” is not read")
      }
    }
  }
}

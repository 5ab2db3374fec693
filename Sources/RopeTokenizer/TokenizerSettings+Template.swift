import RopeJSON
import RopeText

/// What a `post_processor` puts around a text.
extension TokenizerSettings {
  /// The tokens that the post-processor puts before and after a text.
  mutating func readTemplate() throws(TokenizerError) {
    for part in file.settings["post_processor"]?.parts("processors") ?? [] {
      switch part.type {
      case "TemplateProcessing": try readTemplate(part)
      case "BertProcessing", "RobertaProcessing":
        let ids = ["cls", "sep"].map { key in
          part[key]?.elements?.first?.text.flatMap { text in
            file.added.first { $0.content.utf8.elementsEqual(text.utf8) }?.id
          }
        }
        surround([ids[0]].compactMap { $0 }, [ids[1]].compactMap { $0 })
      default: break
      }
    }
    builder.beginningOfText = builder.leading?.first
    builder.addsBeginningOfText = builder.beginningOfText != nil
  }

  private mutating func readTemplate(_ part: JSONNode) throws(TokenizerError) {
    var before: [Int] = []
    var after: [Int] = []
    var isAfter = false
    for entry in part["single"]?.elements ?? [] {
      guard let name = entry["SpecialToken"]?["id"]?.text else {
        isAfter = true
        continue
      }
      var ids = file.added.first { $0.content.utf8.elementsEqual(name.utf8) }.map { [$0.id] } ?? []
      if let written = part["special_tokens"]?[name]?["ids"]?.elements {
        ids = written.compactMap(\.integer)
      }
      guard !ids.isEmpty, ids.allSatisfy(builder.kinds.indices.contains) else {
        throw .invalid("its post-processor names the token “\(name.excerpt(40))”, which it does not have")
      }
      if isAfter { after += ids } else { before += ids }
    }
    surround(before, after)
  }

  private mutating func surround(_ before: [Int], _ after: [Int]) {
    let leading = before + (builder.leading ?? [])
    builder.leading = leading.isEmpty ? nil : leading
    builder.ending += after
  }
}

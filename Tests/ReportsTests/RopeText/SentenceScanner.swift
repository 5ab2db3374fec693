/// The sentences that Swift sources tell in a language: the literals after `language(`, `placed(` and `Message(`, with
/// `{1}`, `{2}` … in place of their values.
struct SentenceScanner {
  private let source: [Character]
  private var place = 0
  private(set) var templates: [String] = []

  init(_ text: String) {
    source = Array(text)
    while place < source.count { step() }
  }

  private mutating func step() {
    guard let call = ["language(", "placed(", "Message("].first(where: { begins($0) }) else {
      place += 1
      return
    }
    place += call.count
    while place < source.count, source[place].isWhitespace { place += 1 }
    if place < source.count, source[place] == "\"" { templates.append(literal()) }
  }

  private func begins(_ word: String) -> Bool {
    guard place + word.count <= source.count, source[place] == word.first else { return false }
    guard place == 0 || !(source[place - 1].isLetter || source[place - 1].isNumber) else { return false }
    return zip(word, source[place...]).allSatisfy { $0 == $1 }
  }

  /// Reads a literal from its opening quote to behind its closing one; sentences within its values are found too.
  private mutating func literal() -> String {
    var template = "", values = 0
    place += 1
    while place < source.count, source[place] != "\"" {
      guard source[place] == "\\", place + 1 < source.count else {
        template.append(source[place])
        place += 1
        continue
      }
      place += 2
      guard source[place - 1] == "(" else {
        template.append(source[place - 1])
        continue
      }
      values += 1
      template += "{\(values)}"
      var depth = 1
      while place < source.count, depth > 0 {
        switch source[place] {
        case "\"": _ = literal()
        case "(", ")":
          depth += source[place] == "(" ? 1 : -1
          place += 1
        default:
          let before = place
          step()
          // A call that was stepped over has opened its bracket.
          if place > before + 1 { depth += 1 }
        }
      }
    }
    place += 1
    return template
  }
}

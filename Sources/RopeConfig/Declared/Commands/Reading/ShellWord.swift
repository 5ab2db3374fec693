import RopeText

/// A word as a shell hands it to a program.
struct ShellWord: Sendable {
  var content: PlacedText
  /// Where it stands, quotes included.
  var bytes: Range<Int>
  /// Whether a part of it is known to nobody before it runs: a variable without a value, a template's gap.
  var isUnknown = false

  var text: String { content.text }
  var isFlag: Bool { text.hasPrefix("-") && text.count > 1 && Double(text) == nil }

  /// The behind of a word, from an offset in its text.
  func dropping(_ count: Int) -> ShellWord {
    let rest = content.part(min(count, content.bytes.count)..<content.bytes.count)
    return ShellWord(content: rest, bytes: rest.isEmpty ? bytes : rest.span, isUnknown: isUnknown)
  }

  /// What stands behind its last slash: a program without its folder.
  var fileName: String { text.split(separator: "/").last.map(String.init) ?? "" }

  /// Whether quotes stand around it, or in it.
  var isQuoted: Bool { bytes.count > content.bytes.count }

  /// The same behind another word, as `NAME+=value` makes of a variable.
  func appended(to other: ShellWord) -> ShellWord {
    var content = other.content
    content.append(self.content)
    return ShellWord(content: content, bytes: bytes, isUnknown: isUnknown || other.isUnknown)
  }

  /// `NAME=value` in front of a program, or by itself.
  var assignment: (name: String, value: ShellWord)? {
    let text = self.text
    guard let equals = text.firstIndex(of: "="), let first = text.first, first.isLetter || first == "_" else {
      return nil
    }
    var name = text[..<equals]
    if name.hasSuffix("+") { name = name.dropLast() }
    guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else { return nil }
    return (String(name), dropping(text[...equals].utf8.count))
  }
}

/// One command of a script: words between separators.
struct ShellCommand: Sendable {
  var words: [ShellWord] = []
  /// Variables set in front of it.
  var environment: [ShellWord] = []
  /// Whether only the end of a line parts it from the command before.
  var followsLineEnd = false
  /// Texts that it reads in place of a file: `<<EOF`.
  var hereDocuments: [HereDocument] = []
  /// What is wrong with it as the shell takes it.
  var faults: [CommandFault] = []

  var isEmpty: Bool { words.isEmpty && environment.isEmpty }
}

/// What is wrong with a text as such, and where.
struct CommandFault: Sendable {
  var kind = "open-quote"
  let message: Message
  let bytes: Range<Int>
}

/// The lines up to the word behind `<<`.
struct HereDocument: Sendable {
  let content: PlacedText
  /// What variables stand for in it; nothing where the word is quoted.
  let variables: [String: ShellWord]
}

/// How text is set for its reader: in the columns of a terminal, or, in a pipe or a file, in lines that do not depend on
/// any terminal. All prose and tables of the command line are laid out here.
package struct TextLayout: Sendable, Equatable {
  /// Columns of the terminal; nil where there is none.
  package let columns: Int?

  /// For pipes and files.
  package static let plain = TextLayout(columns: nil)
  /// The widest line of prose: longer ones are hard to read.
  package static let measure = 100

  /// - Parameter columns: of the terminal, taken between 60 and 200; nil for no terminal.
  package init(columns: Int?) { self.columns = columns.map { min(max($0, 60), 200) } }

  /// A paragraph in lines that break between words; the lines after its first are indented by two more where the
  /// paragraph is indented itself, and, on a terminal, where it is an item of a list.
  ///
  /// - Parameter measure: characters of a line where the terminal allows them.
  package func prose(_ paragraph: String, indent: String = "", measure: Int = TextLayout.measure) -> [String] {
    let paragraph = Escaping.visible(paragraph.excerpt(20_000))
    let own = String(paragraph.prefix { $0 == " " })
    let isItem = columns != nil && paragraph.hasPrefix("- ")
    let hanging = own.isEmpty && !isItem ? indent : indent + own + "  "
    return Self.lines(
      paragraph, first: indent + own, rest: hanging, within: min(columns ?? measure, measure))
  }

  /// A line that stays whole in a pipe; on a terminal it breaks between words.
  package func line(_ text: String, indent: String = "", hanging: String = "  ") -> [String] {
    let text = Escaping.visible(text)
    guard let columns else { return [indent + text] }
    return Self.lines(text, first: indent, rest: indent + hanging, within: columns)
  }

  /// Greedy lines. A word that is wider than a line stands on one of its own, broken behind commas and slashes only.
  static func lines(_ text: String, first: String, rest: String, within width: Int) -> [String] {
    var lines: [String] = []
    var line = first
    var used = first.columns
    var isEmpty = true
    for word in text.split(separator: " ") {
      for (place, piece) in pieces(word, within: width - rest.columns).enumerated() {
        let gap = isEmpty || place > 0 ? "" : " "
        let size = piece.columns
        if !isEmpty, used + gap.count + size > width {
          lines.append(line)
          (line, used) = (rest + piece, rest.columns + size)
        } else {
          line += gap + piece
          used += gap.count + size
        }
        isEmpty = false
      }
    }
    return isEmpty ? lines : lines + [line]
  }

  /// Where a word may be broken: between the characters of a script without spaces, and, where it is wider than a line,
  /// behind commas and slashes.
  static func pieces(_ word: Substring, within width: Int) -> [Substring] {
    let isLong = word.columns > width
    guard isLong || word.contains(where: \.isWide) else { return [word] }
    var pieces: [Substring] = []
    var start = word.startIndex
    var index = word.startIndex
    while index < word.endIndex {
      let next = word.index(after: index)
      defer { index = next }
      guard next < word.endIndex else { continue }
      let (left, right) = (word[index], word[next])
      if left.mayBreak(before: right) || isLong && (left == "," || left == "/") && right != "/" {
        pieces.append(word[start..<next])
        start = next
      }
    }
    return pieces + [word[start...]]
  }
}

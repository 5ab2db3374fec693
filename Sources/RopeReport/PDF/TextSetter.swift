import RopeChart
import RopeText

/// Sets prose in lines: turns runs into atoms, breaks them, and joins what looks alike.
struct TextSetter {
  let ruler: TextRuler
  let index: DocumentIndex

  /// Of titles of code and the like: Chinese characters are not slanted.
  var slanted: FontRole { index.language.isEnglish ? .italic : .text }

  /// Lines of at most `measure` points.
  func lines(_ prose: Prose, look: TextLook, measure: Double) -> [TextLine] {
    let atoms = atoms(prose, look: look).flatMap { split($0, measure: measure) }
    guard !atoms.isEmpty else { return [] }
    let starts = LineBreaker.lineStarts(
      widths: atoms.map(\.width), spaces: atoms.map { $0.space?.width ?? 0 }, measure: measure)
    return starts.indices.map { line in
      let end = line + 1 < starts.count ? starts[line + 1] : atoms.count
      return join(atoms[starts[line]..<end])
    }
  }

  /// The width of the prose on one line.
  func width(_ prose: Prose, look: TextLook) -> Double { join(atoms(prose, look: look)[...]).width }

  /// The width of the longest part that cannot be broken; of a script without spaces five characters stay together.
  func leastWidth(_ prose: Prose, look: TextLook) -> Double {
    let atoms = atoms(prose, look: look)
    let least = atoms.map(\.width).max() ?? 0
    guard prose.plainText.contains(where: \.isWide) else { return least }
    return max(least, min(atoms.reduce(0) { $0 + $1.width + ($1.space?.width ?? 0) }, 5 * look.size))
  }

  /// The runs of a prose as (text, look), references resolved to their numbers.
  func looks(_ prose: Prose, look: TextLook) -> [(text: String, look: TextLook)] {
    prose.runs.flatMap { run -> [(text: String, look: TextLook)] in
      var own = look
      switch run {
      case .text(let text): return [(text.keepingUnits, own)]
      case .emphasis(let text):
        own.role = slanted
        return [(text, own)]
      case .strong(let text):
        own.role = .bold
        return [(text, own)]
      case .code(let text):
        own.role = .mono
        own.size *= 0.88
        return [(text, own)]
      case .formula(let text): return [(MathText(text).plainText, own)]
      case .reference(let id):
        guard let entry = index[id] else { return [(id, own)] }
        own.target = .destination(id)
        own.paint = .link
        return [(entry.label.replacing(" ", with: "\u{A0}"), own)]
      case .link(let text, let id):
        if index[id] != nil {
          own.target = .destination(id)
          own.paint = .link
        }
        return [(text, own)]
      case .externalLink(let text, let address):
        guard Address.isSafe(address) else { return [(text, own)] }
        own.target = .address(address)
        own.paint = .link
        return [(text, own)]
      case .number(let text, let source):
        guard let number = index.number(ofSource: source) else { return [(text, own)] }
        var mark = look
        mark.size *= 0.64
        mark.rise = look.size * 0.36
        mark.paint = .link
        mark.role = .italic
        mark.target = .destination("source-\(number)")
        return [(text, own), (SourceLabel.text(number), mark)]
      }
    }
  }

  private func atoms(_ prose: Prose, look: TextLook) -> [TextAtom] {
    var atoms: [TextAtom] = []
    var atom = TextAtom()
    var word = ""
    var previous: Character?
    func endWord(_ look: TextLook) {
      guard !word.isEmpty else { return }
      atom.fragments.append(ruler.fragment(word, look))
      word = ""
    }
    func endAtom(space: TextFragment?) {
      if atom.fragments.isEmpty {
        if !atoms.isEmpty, atoms[atoms.count - 1].space == nil { atoms[atoms.count - 1].space = space }
        return
      }
      atom.space = space
      atoms.append(atom)
      atom = TextAtom()
    }
    func add(_ text: String, _ look: TextLook) {
      for character in text {
        if character == " " || character.isNewline || character == "\t" {
          endWord(look)
          endAtom(space: ruler.fragment(" ", look))
          previous = nil
        } else {
          if previous?.mayBreak(before: character) == true {
            endWord(look)
            endAtom(space: nil)
          }
          previous = character
          word.append(character)
          let mayEndLine = character == "-" || character == "/" || character == "," && look.role == .mono
          if character == "—" || mayEndLine && word.count > 8 {
            endWord(look)
            endAtom(space: nil)
          }
        }
      }
      endWord(look)
    }
    for run in prose.runs {
      guard case .formula(let source) = run else {
        for (text, look) in looks(Prose(runs: [run]), look: look) { add(text, look) }
        continue
      }
      for (place, segment) in MathText(source).segments.enumerated() {
        if place > 0 { endAtom(space: segment.isSpaced ? ruler.fragment(" ", look) : nil) }
        previous = nil
        if let words = segment.words {
          add(words, look)
        } else {
          let box = MathBox(segment.nodes, size: look.size, ruler: ruler)
          atom.fragments.append(TextFragment(text: "", look: look, width: box.width, box: box))
        }
      }
    }
    endAtom(space: nil)
    return atoms
  }

  /// An atom wider than the measure is cut between characters.
  private func split(_ atom: TextAtom, measure: Double) -> [TextAtom] {
    guard atom.width > measure, atom.fragments.allSatisfy({ $0.box == nil }) else { return [atom] }
    var atoms: [TextAtom] = []
    var current = TextAtom()
    for fragment in atom.fragments {
      var text = ""
      var width = 0.0
      for character in fragment.text {
        let own = ruler.width(String(character), fragment.look.role, fragment.look.size)
        if current.width + width + own > measure * 0.98, !(text.isEmpty && current.fragments.isEmpty) {
          if !text.isEmpty { current.fragments.append(ruler.fragment(text, fragment.look)) }
          atoms.append(current)
          current = TextAtom()
          text = ""
          width = 0
        }
        text.append(character)
        width += own
      }
      if !text.isEmpty { current.fragments.append(ruler.fragment(text, fragment.look)) }
    }
    current.space = atom.space
    return atoms + [current]
  }

  private func join(_ atoms: ArraySlice<TextAtom>) -> TextLine {
    var fragments: [TextFragment] = []
    func add(_ fragment: TextFragment) {
      if let last = fragments.last, last.look == fragment.look, last.box == nil, fragment.box == nil {
        fragments[fragments.count - 1].text += fragment.text
      } else {
        fragments.append(fragment)
      }
    }
    for (place, atom) in zip(atoms.indices, atoms) {
      atom.fragments.forEach(add)
      if place < atoms.endIndex - 1, let space = atom.space { add(space) }
    }
    var line = TextLine()
    for fragment in fragments {
      let measured = fragment.box == nil ? ruler.fragment(fragment.text, fragment.look) : fragment
      line.fragments.append((line.width, measured))
      line.width += measured.width
    }
    return line
  }
}

/// Texts as Python has them: sequences of code points.
enum TemplateText {
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Without characters of a set at both ends; blanks where none is given.
  static func stripped(_ text: String, of set: String? = nil, left: Bool = true, right: Bool = true) -> String {
    let scalars = text.unicodeScalars
    func isGone(_ scalar: Unicode.Scalar) -> Bool {
      set.map { $0.unicodeScalars.contains(scalar) } ?? isSpace(scalar)
    }
    var kept = scalars[...]
    if left { kept = kept.drop(while: isGone) }
    if right { while let last = kept.last, isGone(last) { kept.removeLast() } }
    return String(kept)
  }

  /// Where a text stands in another, in code points.
  static func place(of part: String, in text: String, last: Bool = false) -> Int? {
    let all = Array(text.unicodeScalars), wanted = Array(part.unicodeScalars)
    guard wanted.count <= all.count else { return nil }
    let starts = 0...(all.count - wanted.count)
    func stands(_ start: Int) -> Bool { all[start..<start + wanted.count].elementsEqual(wanted) }
    return last ? starts.last(where: stands) : starts.first(where: stands)
  }

  /// The pieces between a separator; at most `most` cuts.
  static func split(_ text: String, by separator: String, most: Int = .max, fromRight: Bool = false) -> [String] {
    let all = Array(text.unicodeScalars), wanted = Array(separator.unicodeScalars)
    var cuts: [Int] = [], place = 0
    while place + wanted.count <= all.count {
      if all[place..<place + wanted.count].elementsEqual(wanted) {
        cuts.append(place)
        place += wanted.count
      } else {
        place += 1
      }
    }
    let kept = fromRight ? cuts.suffix(most) : cuts.prefix(most)
    var pieces: [String] = [], start = 0
    for cut in kept {
      pieces.append(string(all[start..<cut]))
      start = cut + wanted.count
    }
    return pieces + [string(all[start...])]
  }

  /// The words between blanks; at most `most` cuts.
  static func words(_ text: String, most: Int = .max) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var pieces: [String] = [], place = 0
    while true {
      while place < scalars.count, isSpace(scalars[place]) { place += 1 }
      guard place < scalars.count else { return pieces }
      guard pieces.count < most else {
        return pieces + [stripped(string(scalars[place...]), left: false)]
      }
      let start = place
      while place < scalars.count, !isSpace(scalars[place]) { place += 1 }
      pieces.append(string(scalars[start..<place]))
    }
  }

  static func lines(_ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    var lines = split(split(text, by: "\r\n").joined(separator: "\n"), by: "\n")
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  static func replaced(_ text: String, _ old: String, with new: String, most: Int = .max) -> String {
    guard !old.isEmpty else { return text }
    return split(text, by: old, most: most).joined(separator: new)
  }

  /// The first letter large, the others small.
  static func capitalised(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    return first.properties.titlecaseMapping + string(text.unicodeScalars.dropFirst()).lowercased()
  }

  /// Every word capitalised; a word begins after what is no letter.
  static func titled(_ text: String) -> String {
    var result = "", isInWord = false
    for scalar in text.unicodeScalars {
      let isLetter = scalar.properties.isAlphabetic
      result +=
        !isLetter ? String(scalar) : isInWord ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
      isInWord = isLetter
    }
    return result
  }
}

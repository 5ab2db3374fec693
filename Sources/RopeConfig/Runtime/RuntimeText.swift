import RopeText

/// Runtimes and versions in text as people write it.
enum RuntimeText {
  struct Range {
    var from: RuntimeVersion?
    var to: RuntimeVersion?
    var endsBefore = false
  }

  /// Pieces that name one runtime each. A plus sign after a version belongs to it (`0.11+`, `0.8.5+cu121`), and a comma
  /// before an operator joins two ends of a range (`>=0.8,<0.12`).
  static func parts(_ text: String) -> [String] {
    var pieces: [String] = [""]
    let characters = Array(text.replacing(" and ", with: ", "))
    for (i, character) in characters.enumerated() {
      let following = characters[(i + 1)...].first { !$0.isWhitespace }
      let isSeparator =
        switch character {
        case ";", "&": true
        case ",": !(following.map { "<>=~!".contains($0) } ?? false)
        case "+": (following?.isLetter ?? false) && !isLocalVersion(characters[(i + 1)...])
        default: false
        }
      if isSeparator { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
    }
    return pieces.map(\.trimmed).filter { !$0.isEmpty }
  }

  /// The local part of a Python version: `+cu121`, `+cpu`, `+rocm6.2`.
  private static func isLocalVersion(_ rest: ArraySlice<Character>) -> Bool {
    ["cu1", "cpu", "rocm", "git", "xpu", "post"].contains { String(rest.prefix(4)).lowercased().hasPrefix($0) }
  }

  /// The versions that a text without its runtime's name means.
  static func versions(_ text: String) -> Range {
    let found = numbers(in: text.lowercased())
    var range = Range(from: found.first?.version, to: found.last?.version)
    guard let first = found.first, let last = found.last else { return range }
    if found.count == 1 {
      switch first.operation {
      case .below: range = Range(to: first.version, endsBefore: true)
      case .atMost: range = Range(to: first.version)
      case .atLeast: range.to = nil
      case .exact: break
      }
    } else if let from = range.from, let to = range.to, to < from, !from.holds(to) {
      range = Range(from: to, to: from)
    } else {
      range.endsBefore = last.operation == .below
    }
    return range
  }

  private enum Operation { case below, atMost, atLeast, exact }

  /// Numbers with dots in them, each with the comparison before or after it; a date keeps its hyphens.
  private static func numbers(in text: String) -> [(version: RuntimeVersion, operation: Operation)] {
    var found: [(version: RuntimeVersion, operation: Operation)] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(where: { $0.isASCII && $0.isNumber }) {
      let before = rest[..<start]
      // A date's first number has four digits.
      let year = rest[start...].prefix { $0.isASCII && $0.isNumber }
      let isDate = year.count == 4 && year.hasPrefix("20")
      let number = rest[start...].prefix { ($0.isASCII && $0.isNumber) || $0 == "." || (isDate && $0 == "-") }
      rest = rest[number.endIndex...]
      // What follows a number without a space is part of it: rc1, post2, +cu121.
      let tail = rest.prefix { $0.isLetter || $0.isNumber || $0 == "+" }
      rest = rest[tail.endIndex...]
      guard let version = RuntimeVersion(String(number)) else { continue }
      let isOpen = (tail.hasSuffix("+") && tail.count == 1) || rest.contains("or later") || rest.contains("or newer")
      found.append((version, isOpen ? .atLeast : operation(String(before))))
    }
    return found
  }

  private static func operation(_ before: String) -> Operation {
    let before = before.trimmed
    if before.hasSuffix("<=") || before.hasSuffix("≤") { return .atMost }
    if before.hasSuffix("<") { return .below }
    if [">=", ">", "≥", "~="].contains(where: before.hasSuffix) { return .atLeast }
    let word = before.split { !$0.isLetter }.last.map(String.init) ?? ""
    let last =
      word == "v" || word == "version" ? before.split { !$0.isLetter }.dropLast().last.map(String.init) ?? "" : word
    switch last {
    case "before": return .below
    case "to", "until": return .atMost
    case "since", "from", "after": return .atLeast
    default: return .exact
    }
  }
}

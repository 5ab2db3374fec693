import RopeText

/// Breaks a text into lines that fit a width; where it needs too many, smaller, then in more lines, and at last cut with an
/// ellipsis.
struct TextFitter: Sendable {
  static let smallestSize = 6.0

  struct Block: Sendable {
    var lines: [String]
    var size: Double
    var width: Double
    var height: Double { Double(lines.count) * size * lineSpacing }
    let lineSpacing = 1.2
  }

  let metrics: any TextMetrics

  /// - Parameter most: how many lines the smallest type may take; nil for no more than the others.
  func block(
    _ text: String, role: FontRole = .text, size: Double, width: Double, lines: Int, most: Int? = nil
  ) -> Block {
    guard !text.isEmpty else { return Block(lines: [], size: size, width: 0) }
    var current = max(size, Self.smallestSize)
    while true {
      let broken = wrapped(text, role: role, size: current, width: width)
      let widest = broken.map { metrics.width(of: $0, role: role, size: current) }.max() ?? 0
      if broken.count <= lines, widest <= width { return Block(lines: broken, size: current, width: widest) }
      guard current > Self.smallestSize else {
        let most = max(most ?? lines, lines)
        var kept = Array(broken.prefix(most))
        if broken.count > most, let last = kept.last { kept[most - 1] = last + " …" }
        kept = kept.map { cut($0, role: role, size: current, width: width) }
        return Block(
          lines: kept, size: current, width: kept.map { metrics.width(of: $0, role: role, size: current) }.max() ?? 0)
      }
      current = max(current - 0.5, Self.smallestSize)
    }
  }

  /// Greedy lines; a last line of one short word is avoided by balancing. Chinese words stay whole where that takes no
  /// further line.
  private func wrapped(_ text: String, role: FontRole, size: Double, width: Double) -> [String] {
    let lines = wrapped(text, role: role, size: size, width: width, breaksWords: true)
    guard lines.count > 1, text.contains(where: \.isWide) else { return lines }
    let whole = wrapped(text, role: role, size: size, width: width, breaksWords: false)
    let fits = whole.allSatisfy { metrics.width(of: $0, role: role, size: size) <= width }
    return fits && whole.count <= lines.count ? whole : lines
  }

  private func wrapped(
    _ text: String, role: FontRole, size: Double, width: Double, breaksWords: Bool
  ) -> [String] {
    func greedy(_ limit: Double) -> [String] {
      var lines: [String] = []
      var line = ""
      for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        for (place, part) in Self.parts(of: word, breaksWords: breaksWords).enumerated() {
          let longer = line.isEmpty ? part : line + (place == 0 ? " " : "") + part
          if line.isEmpty || metrics.width(of: longer, role: role, size: size) <= limit {
            line = longer
          } else {
            lines.append(line)
            line = part
          }
        }
      }
      return line.isEmpty ? lines : lines + [line]
    }
    let first = greedy(width)
    guard first.count > 1 else { return first }
    // The narrowest limit with as many lines gives lines of like length.
    var low = width / Double(first.count) * 0.8
    var high = width
    for _ in 0..<7 {
      let middle = (low + high) / 2
      let lines = greedy(middle)
      let fits =
        lines.count <= first.count
        && lines.allSatisfy { metrics.width(of: $0, role: role, size: size) <= width }
      if fits { high = middle } else { low = middle }
    }
    return greedy(high)
  }

  /// Chinese breaks between any two characters but before a closing mark and behind an opening one, or, where words stay
  /// whole, before a bracket and behind a comma; other words not at all.
  private static func parts(of word: Substring, breaksWords: Bool) -> [String] {
    guard word.contains(where: \.isWide) else { return [String(word)] }
    return word.reduce(into: []) { parts, character in
      if let last = parts.last?.last,
        !(breaksWords || character == "（" || "，；：、".contains(last)) || !last.mayBreak(before: character)
      {
        parts[parts.count - 1].append(character)
      } else {
        parts.append(String(character))
      }
    }
  }

  private func cut(_ line: String, role: FontRole, size: Double, width: Double) -> String {
    guard metrics.width(of: line, role: role, size: size) > width else { return line }
    // The longest beginning that fits, by halves; one character stays where none does.
    let characters = Array(line)
    var fitting = min(1, characters.count), tooLong = characters.count + 1
    while tooLong - fitting > 1 {
      let middle = (fitting + tooLong) / 2
      let fits = metrics.width(of: String(characters[..<middle]) + "…", role: role, size: size) <= width
      if fits { fitting = middle } else { tooLong = middle }
    }
    return String(characters[..<fitting]) + "…"
  }
}

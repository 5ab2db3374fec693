/// Mathematics written in a line: `θ′_i = b^{−2i/d}`. `_` lowers and `^` raises the next character, or the group in
/// braces; single letters are variables and set italic, longer words (`max`, `ln`) and digits stay upright, `-` becomes a
/// minus sign. A backslash keeps the next character as it is.
public struct MathText: Sendable, Hashable {
  public enum Level: String, Sendable { case line, lowered, raised }

  public struct Run: Sendable, Hashable {
    public var text: String
    public var isVariable: Bool
    public var level: Level
  }

  public private(set) var runs: [Run] = []

  public init(_ source: String) {
    var level = Level.line
    var depth = 0
    var word: [Character] = []
    let characters = Array(source)
    var index = 0
    func isLetter(_ character: Character) -> Bool { character.isLetter }
    func flush(_ runs: inout [Run]) {
      guard !word.isEmpty else { return }
      append(String(word), variable: word.count == 1 && word[0].isLetter, level: level, to: &runs)
      word = []
    }
    func append(_ text: String, variable: Bool, level: Level, to runs: inout [Run]) {
      if let last = runs.last, last.level == level, last.isVariable == variable {
        runs[runs.count - 1].text += text
      } else {
        runs.append(Run(text: text, isVariable: variable, level: level))
      }
    }
    var single = false
    while index < characters.count {
      let character = characters[index]
      index += 1
      if character == "\\", index < characters.count {
        flush(&runs)
        append(String(characters[index]), variable: false, level: level, to: &runs)
        index += 1
      } else if character == "_" || character == "^", depth == 0 {
        flush(&runs)
        level = character == "_" ? .lowered : .raised
        if index < characters.count, characters[index] == "{" {
          depth = 1
          index += 1
        } else {
          single = true
          continue
        }
      } else if depth > 0, character == "}" {
        flush(&runs)
        depth = 0
        level = .line
      } else if isLetter(character), !single {
        word.append(character)
      } else if isLetter(character) {
        append(String(character), variable: true, level: level, to: &runs)
      } else {
        flush(&runs)
        append(character == "-" ? "−" : String(character), variable: false, level: level, to: &runs)
      }
      if single {
        flush(&runs)
        single = false
        level = .line
      }
    }
    flush(&runs)
  }

  public var plainText: String { runs.map(\.text).joined() }
}

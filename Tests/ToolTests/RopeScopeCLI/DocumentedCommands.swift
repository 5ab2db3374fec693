import Foundation
import RopeTestSupport

/// Commands as documents show them.
enum DocumentedCommands {
  /// Lines of the `sh` blocks.
  static func lines(_ markdown: String) -> [String] {
    markdown.components(separatedBy: "```sh\n").dropFirst().flatMap { block in
      block.components(separatedBy: "```")[0].split(separator: "\n").map(String.init)
    }
  }

  /// The words of a line as a shell splits it: single quotes are as they are, double ones may hold a backslash.
  static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if character == "\\", quote == "\"" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == " " {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// The words with `Output` and `Tests/Fixtures` where the test has them.
  static func words(_ line: String, in folder: TemporaryFolder) -> [String] {
    words(line).map {
      $0.replacing("Output/", with: folder.path + "/Output/").replacing(
        "Tests/Fixtures/", with: Fixtures.folder.path + "/")
    }
  }
}

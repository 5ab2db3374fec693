import Foundation
import RopeTokenizer

/// Texts and token lists that commands read.
enum TextInput {
  /// UTF-8 text of a file, or of standard input for `-`.
  static func read(_ path: String, _ console: Console) throws -> String {
    let bytes: [UInt8]
    if path == "-" {
      bytes = console.readInput()
    } else {
      bytes = try SourceFile.bytes(path)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(kind: "malformed", "the text is not UTF-8", path: path == "-" ? "standard input" : path)
    }
    return text
  }

  /// A JSON list of token ids, or an object with one under `ids`.
  static func tokens(_ path: String) throws -> [Int] {
    let data = Data(try SourceFile.bytes(path))
    do throws(TokenizerError) { return try TokenIdFile.ids(data) } catch {
      throw Failure(kind: "malformed", error.description, path: path)
    }
  }
}

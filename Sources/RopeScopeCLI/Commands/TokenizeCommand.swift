import ArgumentParser
import Foundation
import RopeReport
import RopeTokenizer

/// `ropescope tokenize`: a text as the model's token ids.
struct TokenizeCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize", abstract: "Turn text into a model's token ids.",
    discussion: """
      EXAMPLES:
        ropescope tokenize model.gguf --text book.txt --format json
        echo '"Hello world"' | ropescope tokenize model.gguf --lines
      """)

  @Argument(help: "A .gguf file, a tokenizer.json, or a folder with one.", completion: .file())
  var model: String

  @Option(help: "A text file, or - for standard input.", completion: .file())
  var text: String = "-"

  @Flag(help: "One JSON string a line in, one list of ids a line out.")
  var lines = false

  @Flag(help: "Take the names of special tokens as plain text.")
  var noSpecial = false

  @Option(help: "text (ids with spaces) or json.")
  var format: AnswerFormat = .text

  @OptionGroup var output: OutputOptions

  /// `ropescope.tokens/1`.
  private struct Document: Encodable {
    let schema = "ropescope.tokens/1"
    let ids: [Int]
  }

  func run(in console: Console) async throws -> ExitStatus {
    let tokenizer = try Tokenizer(path: model)
    let text = try TextInput.read(text, console)
    guard lines else {
      let ids = tokenizer.encode(text, recognisingSpecialTokens: !noSpecial)
      console.print(
        format == .json ? try JSONText.encode(Document(ids: ids)) : ids.map(String.init).joined(separator: " "))
      return .clean
    }
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: true).enumerated() {
      guard let string = try? JSONDecoder().decode(String.self, from: Data(line.utf8)) else {
        throw Failure(
          kind: "malformed", "the line is no JSON string", path: self.text == "-" ? "standard input" : self.text,
          line: number + 1)
      }
      console.print(try JSONText.encode(tokenizer.encode(string, recognisingSpecialTokens: !noSpecial)))
    }
    return .clean
  }
}

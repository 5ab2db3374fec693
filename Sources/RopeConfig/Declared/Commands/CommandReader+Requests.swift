import RopeJSON

/// Requests that hand a server's options on: `curl …/api/generate -d '{"model": …, "options": {"num_ctx": 32768}}'`.
extension CommandReader {
  /// The options in the body of a request to a known address; nil for other commands.
  func request(_ shell: ShellCommand) -> Command? {
    let words = shell.words
    guard let first = words.first?.fileName, ["curl", "http", "xh"].contains(first) else { return nil }
    let formats = CommandFormats.all.filter { !$0.endpoints.isEmpty }
    guard
      let format = formats.first(where: { format in
        words.contains { word in format.endpoints.contains { word.text.contains($0) } }
      }),
      let body = words.dropFirst().first(where: { $0.text.drop(while: \.isWhitespace).first == "{" })
    else { return nil }
    let whole = CommandOption(
      nil, path: "body", spelling: "-d", word: body, syntax: .json, source: source)
    guard whole.node.members != nil else { return nil }
    var command = Command(
      format, source: source, options: options(of: whole.node, format),
      bytes: words[0].bytes.lowerBound..<body.bytes.upperBound)
    command.program = [first]
    return command
  }
}

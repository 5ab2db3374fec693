import RopeJSON
import RopeText

extension CommandReader {
  private struct Line {
    var words: [ShellWord]
    var bytes: Range<Int>
  }

  private var lines: [Line] {
    var lines: [Line] = []
    var start = source.start
    for line in source.bytes[source.start...].split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { start += line.count + 1 }
      let range = start..<start + line.count
      lines.append(
        Line(
          words: ShellReader.read(PlacedText(source.bytes, range)).commands.flatMap { $0.environment + $0.words },
          bytes: range))
    }
    return lines
  }

  /// ollama's Modelfile: `FROM`, `PARAMETER num_ctx 131072`.
  mutating func readModelfile() {
    let format = CommandFormat.ollama
    var options: [CommandOption] = []
    var isText = false
    for line in lines {
      let quotes = String(decoding: source.bytes[line.bytes], as: UTF8.self).components(of: "\"\"\"")
      defer { if quotes.isMultiple(of: 2) == false { isText.toggle() } }
      guard !isText, let first = line.words.first?.text.lowercased(), line.words.count > 1 else { continue }
      if first == "from" {
        options.append(
          CommandOption(
            .model, path: "from", spelling: "FROM", word: line.words[1], from: line.bytes.lowerBound, syntax: .json,
            source: source))
      } else if first == "parameter", line.words.count > 2 {
        let path = CommandOption.path(of: line.words[1].text)
        options.append(
          CommandOption(
            format.meaning(of: path), path: path, spelling: line.words[1].text, word: line.words[2],
            from: line.bytes.lowerBound,
            syntax: .json, source: source))
      }
    }
    guard options.contains(where: { $0.path == "from" }) else { return }
    commands.append(Command(format, source: source, options: options, bytes: source.start..<source.bytes.count))
  }

  /// `option.max_model_len=65536` of DJL's `serving.properties`.
  mutating func readProperties() {
    let words = lines.compactMap { line in
      line.words.count == 1 && line.words[0].text.hasPrefix("option.") ? line.words[0].dropping(7) : nil
    }
    let options = CommandWords(format: .vllmHosts, source: source, isLenient: true).options(
      words, takesPositional: false)
    guard options.contains(where: { $0.canonical == .model }) else { return }
    commands.append(Command(.vllmHosts, source: source, options: options, bytes: source.start..<source.bytes.count))
  }

  /// llama.cpp's presets: sections of `key = value`, `[*]` for all.
  mutating func readPresets() {
    let format = CommandFormat.llamaCpp
    var shared: [CommandOption] = []
    var section: (name: String, options: [CommandOption], bytes: Range<Int>)?
    func finish(_ commands: inout [Command]) {
      guard let section, section.name != "*", section.options.contains(where: { $0.canonical != nil }) else { return }
      var command = Command(format, source: source, options: shared + section.options, bytes: section.bytes)
      command.container = section.name
      commands.append(command)
    }
    for line in lines {
      let text = String(decoding: source.bytes[line.bytes], as: UTF8.self).trimmed
      if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
        finish(&commands)
        section = (String(text[text.index(after: text.startIndex)..<end]), [], line.bytes)
      } else if let equals = text.firstIndex(of: "="), !text.hasPrefix(";"), !text.hasPrefix("#") {
        let written = String(text[..<equals]).trimmed
        let path = format.environment[written] ?? CommandOption.path(of: written)
        let value = String(text[text.index(after: equals)...]).trimmed
        let place = line.bytes.lowerBound..<line.bytes.upperBound
        guard let offset = source.bytes[place].firstIndex(of: UInt8(ascii: "=")) else { continue }
        let content = PlacedText(value, writtenIn: source.bytes, offset + 1..<max(offset + 1, place.upperBound))
        let option = CommandOption(
          format.meaning(of: path), path: path, spelling: written,
          word: ShellWord(content: content, bytes: content.span),
          from: line.bytes.lowerBound, syntax: .json, source: source)
        if section == nil || section?.name == "*" { shared.append(option) } else { section?.options.append(option) }
        if let start = section?.bytes.lowerBound { section?.bytes = start..<line.bytes.upperBound }
      }
    }
    finish(&commands)
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

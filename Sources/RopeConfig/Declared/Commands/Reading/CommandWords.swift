import RopeJSON

/// Makes options of the words behind a program.
struct CommandWords {
  let format: CommandFormat
  let source: SourceText
  /// Whether `a=b` and `a: b` are options, as on a line of which nothing else is known.
  var isLenient = false

  func options(_ words: [ShellWord], takesPositional: Bool) -> [CommandOption] {
    var options: [CommandOption] = []
    var strays: [ShellWord] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      let text = word.text
      if let equals = text.firstIndex(of: "="), let name = name(text[..<equals], isFlag: word.isFlag) {
        let value = word.dropping(text[...equals].utf8.count)
        options.append(option(name, String(text[..<equals]), value, from: word.bytes.lowerBound))
      } else if word.isFlag, let name = name(text[...], isFlag: true) {
        // Options for another program, between quotes, are a value.
        let takesValue =
          index < words.count && !format.flags.contains(name)
          && (!words[index].isFlag || words[index].text.contains(" "))
        if takesValue, format.lists.contains(name) {
          options += listed(words[index])
          index += 1
        } else if takesValue {
          options.append(option(name, text, words[index], from: word.bytes.lowerBound))
          index += 1
          if let second = format.seconds[name], index < words.count, !words[index].isFlag {
            options.append(option(second, text, words[index], from: word.bytes.lowerBound))
            index += 1
          }
        } else {
          options.append(flag(name, text, word))
        }
      } else if text.hasPrefix("~"), format.takesAssignments, let name = name(text.dropFirst(), isFlag: false) {
        options.append(
          CommandOption(
            format.meaning(of: name), path: name, spelling: text, node: JSONNode(value: .null, bytes: word.bytes)))
      } else if isLenient, text.hasSuffix(":"), index < words.count, let name = name(text.dropLast(), isFlag: false) {
        options.append(option(name, text, words[index], from: word.bytes.lowerBound))
        index += 1
      } else if !word.isFlag, format.lists.contains(""), text.contains("=") {
        options += listed(word)
      } else if !word.isFlag {
        strays.append(word)
      }
    }
    if takesPositional, let meaning = format.positional, !options.contains(where: { $0.canonical == meaning }),
      let first = strays.first
    {
      options.insert(
        CommandOption(
          meaning, path: meaning.rawValue, spelling: first.text, word: first, syntax: format.syntax, source: source),
        at: 0)
    }
    return options
  }

  /// `a=b,c={"d": 1, "e": 2}` as two options, `a=b;c=d` as well: what stands within brackets or quotes is one.
  private func listed(_ list: ShellWord) -> [CommandOption] {
    var options: [CommandOption] = [], start = 0, depth = 0, quote: UInt8?
    let bytes = list.content.bytes
    for index in 0...bytes.count {
      let byte = index < bytes.count ? bytes[index] : UInt8(ascii: ",")
      if let open = quote {
        if byte == open { quote = nil }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
      }
      guard index == bytes.count || quote == nil && depth == 0 && ",;".utf8.contains(byte) else { continue }
      let content = list.content.part(start..<index)
      start = index + 1
      let part = ShellWord(content: content, bytes: content.span, isUnknown: list.isUnknown), text = part.text
      guard let equals = text.firstIndex(of: "="), let name = name(text[..<equals], isFlag: true) else { continue }
      options.append(
        option(name, String(text[..<equals]), part.dropping(text[...equals].utf8.count), from: part.bytes.lowerBound))
    }
    return options
  }

  /// The path of an option's name; nil for a word that is none.
  private func name(_ written: Substring, isFlag: Bool) -> String? {
    let bare = written.drop { "-+".contains($0) }
    guard let first = bare.first, first.isLetter || first == "_",
      bare.allSatisfy({ $0.isLetter || $0.isNumber || "_-./@".contains($0) }),
      isFlag || isLenient || format.takesAssignments
    else { return nil }
    return CommandOption.path(of: String(bare))
  }

  private func option(_ name: String, _ spelling: String, _ value: ShellWord, from start: Int) -> CommandOption {
    CommandOption(
      format.meaning(of: name), path: name, spelling: spelling, word: value, from: start, syntax: format.syntax,
      source: source)
  }

  private func flag(_ name: String, _ spelling: String, _ word: ShellWord) -> CommandOption {
    // `--no-x` is x switched off.
    let negated = name.hasPrefix("no_") && format.options[name] == nil
    let path = negated ? String(name.dropFirst(3)) : name
    return CommandOption(
      format.meaning(of: path), path: path, spelling: spelling,
      node: JSONNode(value: .bool(!negated), bytes: word.bytes))
  }

  /// Variables set for a program, under the option's own name where they stand for one.
  func environment(_ words: [ShellWord]) -> [CommandOption] {
    words.compactMap { word in
      guard let (name, value) = word.assignment else { return nil }
      let path = format.environment[name] ?? name.lowercased()
      return CommandOption(
        format.meaning(of: path), path: path, spelling: name, word: value, from: word.bytes.lowerBound,
        syntax: format.syntax, isEnvironment: true, source: source)
    }
  }
}

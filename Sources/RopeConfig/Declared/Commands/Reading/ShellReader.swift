/// Reads a script as a shell splits it: quotes, continued lines, comments, redirections, assigned variables and arrays.
///
/// What only a running shell knows stays as written and is marked as unknown: `$1`, `$(…)`, variables without a value.
struct ShellReader {
  let input: PlacedText
  var index = 0
  var variables: [String: ShellWord] = [:]
  var arrays: [String: [ShellWord]] = [:]
  /// Bodies of functions, by name.
  private(set) var functions: [String: Range<Int>] = [:]
  private(set) var commands: [ShellCommand] = []
  var faults: [CommandFault] = []
  private var command = ShellCommand()
  private var hereDocuments: [(name: String, isQuoted: Bool)] = []
  var branches: [Branching] = []
  /// How deep it stands in the texts of others.
  private(set) var level = 0
  static let deepest = 16
  /// Bytes of a value, or of a text for another shell, beyond which nobody writes one.
  static let longest = 32_768

  /// Words that stand in front of a command.
  private static let keywords: Set = [
    "if", "then", "else", "elif", "do", "while", "until", "{", "}", "!", "fi", "done", "esac", "in",
  ]
  private static let declaring: Set = ["export", "declare", "local", "readonly", "typeset"]

  init(_ input: PlacedText, variables: [String: ShellWord] = [:], level: Int = 0) {
    self.input = input
    self.variables = variables
    self.level = level
  }

  static func read(_ input: PlacedText, variables: [String: ShellWord] = [:], level: Int = 0) -> ShellReader {
    var reader = ShellReader(input, variables: variables, level: level)
    reader.readAll()
    return reader
  }

  var current: UInt8? { index < input.bytes.count ? input.bytes[index] : nil }

  func follows(_ text: String, at offset: Int = 0) -> Bool {
    index + offset <= input.bytes.count && input.bytes[(index + offset)...].starts(with: text.utf8)
  }

  mutating func readAll() {
    while let byte = current {
      switch byte {
      case 0x20, 0x09, 0x0D: index += 1
      case 0x0A:
        index += 1
        end(atLineEnd: true)
        takeHereDocuments()
      case UInt8(ascii: "\\") where follows("\\\n"): index += 2
      case UInt8(ascii: "\\") where follows("\\\r\n"): index += 3
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "<"), UInt8(ascii: ">"): redirect()
      case UInt8(ascii: "&") where follows("&>"):
        index += 1
        redirect()
      case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"):
        if follows(";;") { endBranch(of: .cases) }
        if follows("()"), let name = command.words.last?.text { keepFunction(name) }
        index += 1
        end(atLineEnd: false)
      default: take(words())
      }
    }
    end(atLineEnd: true)
  }

  /// `NAME() { … }`: what stands between the braces, by lines.
  private mutating func keepFunction(_ name: String) {
    guard let open = input.bytes[index...].firstIndex(of: UInt8(ascii: "{")),
      input.bytes[(index + 2)..<open].allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 })
    else { return }
    var start = open + 1
    while start < input.bytes.count {
      let end = input.bytes[start...].firstIndex(of: 0x0A) ?? input.bytes.count
      let first = input.bytes[start..<end].first { $0 != 0x20 && $0 != 0x09 }
      if first == UInt8(ascii: "}"), start > open + 1 {
        functions[name] = open + 1..<start
        return
      }
      start = end + 1
    }
  }

  private mutating func take(_ words: [ShellWord]) {
    for word in words {
      if command.words.isEmpty, word.assignment != nil {
        command.environment.append(word)
      } else if command.words.isEmpty, Self.keywords.contains(word.text) {
        branch(at: word.text)
      } else {
        if command.words.isEmpty, word.text == "case" { branch(at: word.text) }
        command.words.append(word)
      }
    }
  }

  private mutating func end(atLineEnd: Bool) {
    // The end of a line behind another separator parts nothing any more.
    let isOpen = atLineEnd && !(command.isEmpty && !command.followsLineEnd)
    defer {
      command = ShellCommand()
      command.followsLineEnd = isOpen
    }
    if let first = command.words.first?.text {
      if Self.declaring.contains(first) {
        for word in command.words.dropFirst() { assign(word) }
        command.environment += command.words.dropFirst().filter { $0.assignment != nil }
        command.words = []
      } else if first == "for" || first == "read" || first == "select" {
        if command.words.count > 1 { variables[command.words[1].text] = first == "for" ? listed : nil }
      }
    } else {
      command.environment.forEach { assign($0) }
    }
    if !command.isEmpty { commands.append(command) }
  }

  /// What a variable of `for NAME in …` stands for: the only word, or the greatest of numbers.
  private var listed: ShellWord? {
    let words = command.words.dropFirst(3)
    guard command.words.count > 3, command.words[2].text == "in", !words.contains(where: \.isUnknown) else {
      return nil
    }
    if words.count == 1 { return words.first }
    let numbers = words.compactMap { word in Double(word.text).map { (number: $0, word: word) } }
    return numbers.count == words.count ? numbers.max { $0.number < $1.number }?.word : nil
  }

  private mutating func assign(_ word: ShellWord) {
    guard let (name, value) = word.assignment else { return }
    let isAdded = word.text.dropFirst(name.count).hasPrefix("+=")
    guard isAdded, let old = variables[name] else { return variables[name] = value }
    if old.content.bytes.count < Self.longest { variables[name] = value.appended(to: old) }
  }

  mutating func skipLine() { while let byte = current, byte != 0x0A { index += 1 } }

  /// `> FILE`, `2>&1`, `<<EOF`: no words of the command.
  private mutating func redirect() {
    // A number right before it is a channel.
    if index > 0, let last = command.words.last, Int(last.text) != nil, last.bytes.upperBound == input.origins[index] {
      command.words.removeLast()
    }
    let isHere = follows("<<") && !follows("<<<")
    while let byte = current, "<>&-|".utf8.contains(byte) { index += 1 }
    while let byte = current, byte == 0x20 || byte == 0x09 { index += 1 }
    guard let byte = current, byte != 0x0A else { return }
    let target = words()
    if isHere, let word = target.first { hereDocuments.append((word.text, word.isQuoted)) }
  }

  /// The lines up to each word behind `<<`: the last command of the line reads them.
  private mutating func takeHereDocuments() {
    for (name, isQuoted) in hereDocuments {
      let first = index
      var last = index
      while index < input.bytes.count {
        last = index
        skipLine()
        let line = String(decoding: input.bytes[last..<index], as: UTF8.self)
        if current != nil { index += 1 }
        if line.drop(while: { $0 == "\t" }) == name { break }
        last = index
      }
      guard !commands.isEmpty else { continue }
      let content = input.part(first..<last)
      commands[commands.count - 1].hereDocuments.append(
        HereDocument(content: isQuoted ? content : content.unescaped, variables: isQuoted ? [:] : variables))
    }
    hereDocuments = []
  }
}

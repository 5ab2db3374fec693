import Foundation
import RopeText
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What each border writes is read back as that border's readers do.
@Suite struct EscapingTests {
  private static func hides(_ text: String, but allowed: Set<Unicode.Scalar> = []) -> Bool {
    text.unicodeScalars.contains { Escaping.isHidden($0) && !allowed.contains($0) }
  }

  @Test func aTerminalSeesOneVisibleLine() {
    for text in HostileTexts.all {
      #expect(!Self.hides(Escaping.visible(text)), "\(Escaping.visible(text))")
      #expect(!Self.hides(Escaping.lines(text), but: ["\n", "\t", "\r"]))
      #expect(!Escaping.lines(text).unicodeScalars.split(separator: "\n").contains { $0.dropLast().contains("\r") })
      for line in Escaping.lines(text).unicodeScalars.split(separator: "\n") + [
        Escaping.visible(text).unicodeScalars[...]
      ] {
        #expect(!String(line).trimmed.utf8.starts(with: "::".utf8), "a workflow command")
        #expect(String(line).range(of: "##[", options: .literal) == nil)
      }
    }
    #expect(
      Escaping.lines("a\n \t::error::x\na ::b\n##[group]x###[") == "a\n \t\\::error::x\na ::b\n##\\[group]x###\\[")
    #expect(Escaping.json("{\"a\": \"##[x ###[ #[\u{202E}\"}") == "{\"a\": \"#\\u0023[x #\\u0023#[ #[\\u202e\"}")
    #expect(Escaping.visible("a\u{1B}[31m\r\n\u{202E}θ′") == "a\\u{1b}[31m\\r\\n\\u{202e}θ′")
    #expect(Escaping.lines("a\r\nb\tc\rd") == "a\r\nb\tc\\rd")
  }

  @Test func gitHubReadsOneCommand() {
    for text in HostileTexts.all {
      let line = "::error file=\(Escaping.workflowProperty(text)),line=1::\(Escaping.workflowData(text))"
      #expect(!Self.hides(line))
      // As the runner reads it: the properties end at the first two colons, each at a comma.
      let bytes = Array(line.utf8).dropFirst(2)
      let end = bytes.indices.first { bytes[$0] == 0x3A && bytes[$0 + 1] == 0x3A } ?? bytes.startIndex
      #expect(bytes[..<end].filter { $0 == 0x2C }.count == 1)
      let data = String(decoding: bytes[(end + 2)...], as: UTF8.self).removingPercentEncoding ?? ""
      #expect(Escaping.visible(data).unicodeScalars.elementsEqual(Escaping.visible(text).unicodeScalars), "\(line)")
    }
    #expect(Escaping.workflowProperty("a:b,c%\r\n") == "a%3Ab%2Cc%25%0D%0A")
  }

  private final class Collector: NSObject, XMLParserDelegate {
    var text = ""
    var attribute: String?
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      attribute = attributes["a"] ?? attribute
    }
    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private static func parsed(_ document: String) -> Collector? {
    let collector = Collector()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = collector
    return parser.parse() ? collector : nil
  }

  @Test func xmlIsReadBackByAParser() {
    for text in HostileTexts.all {
      let escaped = Escaping.xml(text)
      let found = Self.parsed("<r a=\"\(escaped)\">\(escaped)</r>")
      #expect(
        found?.text.unicodeScalars.elementsEqual(Escaping.visible(text).unicodeScalars) == true,
        "\(Escaping.visible(text))")
      #expect(found?.attribute?.unicodeScalars.elementsEqual(Escaping.visible(text).unicodeScalars) == true)
    }
    // Everything for one parser run would be one document; HTML and SVG are parsed as XML too.
    for text in HostileTexts.all {
      for escaped in [Escaping.html(text), Escaping.svg(text)] {
        #expect(Self.parsed("<r a=\"\(escaped)\">\(escaped)</r>") != nil, "\(Escaping.visible(text))")
        #expect(
          !escaped.unicodeScalars.contains { "<>\"'".unicodeScalars.contains($0) || "\u{202A}"..."\u{202E}" ~= $0 })
      }
    }
  }

  /// A reader of RFC 4180, by bytes.
  private static func cells(_ line: String) -> [String]? {
    var cells: [String] = []
    var bytes = Array(line.utf8)[...]
    repeat {
      if cells.isEmpty == false { bytes = bytes.dropFirst() }
      var cell: [UInt8] = []
      if bytes.first == UInt8(ascii: "\"") {
        bytes = bytes.dropFirst()
        while true {
          guard let byte = bytes.popFirst() else { return nil }
          if byte == UInt8(ascii: "\"") {
            guard bytes.first == byte else { break }
            bytes = bytes.dropFirst()
          }
          cell.append(byte)
        }
      } else {
        while let byte = bytes.first, byte != UInt8(ascii: ",") {
          guard byte != UInt8(ascii: "\"") else { return nil }
          cell.append(byte)
          bytes = bytes.dropFirst()
        }
      }
      cells.append(String(decoding: cell, as: UTF8.self))
    } while bytes.first == UInt8(ascii: ",")
    return bytes.isEmpty ? cells : nil
  }

  @Test func csvCellsStayCellsAndNoFormulas() {
    for text in HostileTexts.all {
      let found = Self.cells("x,\(Escaping.csv(text)),y")
      #expect(found?.count == 3, "\(Escaping.visible(text))")
      guard let cell = found?[1] else { continue }
      let visible = Escaping.visible(text)
      #expect(
        cell.unicodeScalars.elementsEqual(visible.unicodeScalars)
          || cell.unicodeScalars.elementsEqual(("'" + visible).unicodeScalars))
      let first = cell.trimmed.unicodeScalars.first
      #expect(first.map { "=+-@".unicodeScalars.contains($0) } != true || Double(cell) != nil, "\(visible)")
    }
    for number in ["-1.5e-3", "+2", "-0", "1e308", "-inf"] { #expect(Escaping.csv(number) == number) }
    #expect(
      Escaping.csv("＝1") == "'＝1" && Escaping.csv("-x") == "'-x" && Escaping.csv(" =1") == "' =1"
        && Escaping.csv(" a") == "\" a\"")
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return [UInt8](output)
  }

  /// All words in one call, each ended by a NUL.
  @Test func aShellReadsTheWordsBack() throws {
    let texts = HostileTexts.all
    let script = "printf '%s\\0' " + texts.map(Escaping.shellWord).joined(separator: " ")
    #expect(!Self.hides(script))
    let found = try Self.run("/bin/bash", ["-c", script]).split(separator: 0, omittingEmptySubsequences: false)
      .dropLast()
    #expect(found.count == texts.count)
    for (bytes, text) in zip(found, texts) { #expect(bytes.elementsEqual(text.utf8), "\(Escaping.visible(text))") }
    #expect(
      Escaping.shellWord("") == "''" && Escaping.shellWord("a/b-1.5") == "a/b-1.5"
        && Escaping.shellWord("it's") == "'it'\\''s'")
  }

  /// A recipe as make expands it, run by the plainest shell.
  @Test func aMakefileReadsTheWordsBack() throws {
    var checked = 0
    for text in HostileTexts.all {
      let hasControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
      let word = Escaping.makeWord(text)
      #expect((word == nil) == hasControl, "\(Escaping.visible(text))")
      guard let word else { continue }
      var expanded = ""
      var scalars = word.unicodeScalars[...]
      while let scalar = scalars.popFirst() {
        if scalar == "$" {
          #expect(scalars.first == "$")
          scalars = scalars.dropFirst()
        }
        expanded.unicodeScalars.append(scalar)
      }
      checked += 1
      guard checked % 10 == 0 || text.unicodeScalars.contains("'") else { continue }
      #expect(
        try Self.run("/bin/sh", ["-c", "printf %s " + expanded]) == Array(text.utf8), "\(Escaping.visible(text))")
    }
  }

  @Test func markdownHoldsNoMarkup() {
    for text in HostileTexts.all {
      let escaped = Escaping.markdown(text)
      #expect(!Self.hides(escaped))
      var isEscaped = false
      for scalar in escaped.unicodeScalars {
        if !isEscaped { #expect(!"`*_[]<>|#~".unicodeScalars.contains(scalar), "\(escaped)") }
        isEscaped = !isEscaped && scalar == "\\"
      }
      #expect(!isEscaped)
      let code = Escaping.markdownCode(text, inTable: true).unicodeScalars
      #expect(!code.contains("|") && !code.contains(where: Escaping.isHidden))
      let fence = code.prefix { $0 == "`" }.count
      let inner = code.dropFirst(fence).dropLast(fence)
      #expect(
        fence >= 1 && inner.split(whereSeparator: { $0 != "`" }).allSatisfy { $0.count < fence }, "\(String(code))")
      let block = Escaping.markdownBlock(text).unicodeScalars
      let blockFence = block.prefix { $0 == "`" }.count
      #expect(
        block.dropFirst(blockFence).dropLast(blockFence).split(whereSeparator: { $0 != "`" }).allSatisfy {
          $0.count < blockFence
        })
    }
    #expect(Escaping.markdownCode("a`b\n") == "`` a`b\\n ``")
  }

  @Test func latexHoldsNoCommandsOfTheText() {
    for text in HostileTexts.all {
      let escaped = Escaping.latex(text)
      #expect(!escaped.unicodeScalars.contains { $0.properties.generalCategory == .control })
      // Without what we write ourselves no special character is left.
      var rest = escaped
      for own in [
        "\\textbackslash{}", "\\textasciitilde{}", "\\textasciicircum{}", "\\textless{}", "\\textgreater{}",
        "\\textbar{}", "\\{", "\\}", "\\$", "\\&", "\\#", "\\_", "\\%", "$'$", "$\\theta$",
      ] {
        rest = rest.replacingOccurrences(of: own, with: "", options: .literal)
      }
      #expect(!rest.unicodeScalars.contains { "\\{}$&#_%^~".unicodeScalars.contains($0) }, "\(Escaping.visible(rest))")
    }
  }

  @Test func sarifHoldsNoLinksOfTheText() {
    for text in HostileTexts.all + ["[click](https://example.org)", "[a]\u{301}(b)", "]("] {
      let escaped = Escaping.sarif(text)
      #expect(
        !Self.hides(escaped) && !escaped.unicodeScalars.map(String.init).joined(separator: " ").contains("x ] ( "))
    }
    #expect(Escaping.sarif("[click](https://example.org)") == "[click\\](https://example.org)")
  }

  @Test func pointersLeadBack() {
    for text in HostileTexts.all {
      let part = Escaping.pointerPart(text)
      #expect(!part.unicodeScalars.contains("/"))
      #expect(Escaping.key(ofPointerPart: part).unicodeScalars.elementsEqual(text.unicodeScalars))
    }
  }

  @Test func otherBorders() {
    for text in HostileTexts.all {
      let id = Escaping.identifier(text)
      #expect(id.wholeMatch(of: /[A-Za-z][-_A-Za-z0-9]*/) != nil)
      var isEscaped = false
      for scalar in Escaping.cairoAttribute(text).unicodeScalars {
        #expect(isEscaped || scalar != "'")
        isEscaped = !isEscaped && scalar == "\\"
      }
      #expect(!isEscaped)
      let trimmed = text.trimmed.unicodeScalars
      #expect(trimmed.first?.properties.isWhitespace != true && trimmed.last?.properties.isWhitespace != true)
    }
    #expect(" \t\r\n a b \u{A0}\n".trimmed == "a b" && "".trimmed.isEmpty && " \r\n".trimmed.isEmpty)
    #expect(String(repeating: "e\u{301}", count: 5000).excerpt(3) == "e\u{301}e…")
  }
}

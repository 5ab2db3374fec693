/// A makefile, rewritten as a shell would have it: variables as assignments, recipes as commands; every byte keeps its place.
enum MakeScript {
  static func shellText(_ script: PlacedText) -> PlacedText {
    var result = PlacedText()
    var isContinued = false
    for line in script.lines {
      let bytes = line.bytes
      let isRecipe = bytes.first == 0x09
      if isRecipe || isContinued {
        let start = isContinued ? 0 : bytes.prefix { $0 == 0x09 || $0 == 0x20 || "@-+".utf8.contains($0) }.count
        result.append(expanded(line.part(start..<bytes.count)))
      } else if let variable = assignment(line) {
        result.append(variable)
      }
      isContinued = (isRecipe || isContinued) && bytes.reversed().drop { $0 == 0x0A || $0 == 0x0D }.first == 0x5C
    }
    return result
  }

  /// `NAME ?= a b` as `NAME="a b"`; nil for other lines.
  private static func assignment(_ line: PlacedText) -> PlacedText? {
    let bytes = line.bytes
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let words = line.part(0..<equals).text.split { " :?+!".contains($0) }.map(String.init)
    let name = words.count == 2 && ["export", "override"].contains(words[0]) ? words[1] : words.first ?? ""
    guard words.count <= 2, let first = name.first, first.isLetter || first == "_",
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else { return nil }
    let blanks = bytes[(equals + 1)...].prefix { $0 == 0x20 || $0 == 0x09 }.count
    let start = min(equals + 1 + blanks, bytes.count)
    let end = bytes[start...].firstIndex { $0 == UInt8(ascii: "#") || $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    let value = line.part(start..<end)
    let trailing = value.bytes.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
    let quote = value.bytes.contains(UInt8(ascii: "'")) || value.bytes.contains(UInt8(ascii: "\"")) ? "" : "\""
    var result = PlacedText(name + "=" + quote, at: line.origins.first ?? 0)
    result.append(expanded(value.part(0..<value.bytes.count - trailing)))
    result.append(PlacedText(quote + "\n", at: line.origins.last ?? 0))
    return result
  }

  /// `$(NAME)` as `${NAME}`, `$$` as `$`.
  private static func expanded(_ text: PlacedText) -> PlacedText {
    var result = PlacedText()
    var index = 0
    let bytes = text.bytes
    let dollar = UInt8(ascii: "$")
    while index < bytes.count {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if bytes[index] == dollar, next == dollar {
        result.append(dollar, from: text.origins[index])
        index += 2
      } else if bytes[index] == dollar, next == UInt8(ascii: "("),
        let end = bytes[index...].firstIndex(of: UInt8(ascii: ")"))
      {
        result.append(PlacedText("${", at: text.origins[index]))
        result.append(text.part(index + 2..<end))
        result.append(UInt8(ascii: "}"), from: text.origins[end])
        index = end + 1
      } else {
        result.append(bytes[index], from: text.origins[index])
        index += 1
      }
    }
    return result
  }
}

/// A justfile, rewritten as a shell would have it: variables and the defaults of parameters as assignments, recipes as
/// commands; every byte keeps its place.
enum JustScript {
  static func shellText(_ script: PlacedText) -> PlacedText {
    var result = PlacedText(), names: Set<String> = []
    var isContinued = false
    for line in script.lines {
      let bytes = line.bytes
      let blanks = bytes.prefix { $0 == 0x20 || $0 == 0x09 }.count
      if blanks > 0 || isContinued {
        let start = bytes.prefix { $0 == 0x20 || $0 == 0x09 || !isContinued && "@-".utf8.contains($0) }.count
        result.append(TemplateText.shellText(line.part(start..<bytes.count), names: names))
      } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes.first != UInt8(ascii: "#") {
        let isVariable = colon + 1 < bytes.count && bytes[colon + 1] == UInt8(ascii: "=")
        if isVariable {
          take(line.part(0..<colon), line.part(colon + 2..<bytes.count), &result, &names)
        } else {
          takeDefaults(line.part(0..<colon), &result, &names)
        }
      }
      isContinued = (blanks > 0 || isContinued) && bytes.reversed().drop { $0 == 0x0A || $0 == 0x0D }.first == 0x5C
    }
    return result
  }

  /// `export NAME := "value"`
  private static func take(
    _ left: PlacedText, _ right: PlacedText, _ result: inout PlacedText, _ names: inout Set<String>
  ) {
    guard let name = left.text.split(separator: " ").last.map(String.init) else { return }
    let text = right.text
    let start = text.prefix { $0 == " " }.utf8.count
    let end = right.bytes.count - text.reversed().prefix { $0.isWhitespace }.count
    guard start < end else { return }
    assign(name, right.part(start..<end), &result, &names)
  }

  /// `recipe model="x" ctx='32768'`: a parameter that no call gives has its default.
  private static func takeDefaults(_ header: PlacedText, _ result: inout PlacedText, _ names: inout Set<String>) {
    for word in ShellReader.read(header).commands.flatMap(\.words) {
      guard let (name, value) = word.assignment else { continue }
      assign(name, value.content, &result, &names)
    }
  }

  private static func assign(
    _ name: String, _ value: PlacedText, _ result: inout PlacedText, _ names: inout Set<String>
  ) {
    let isQuoted = value.bytes.first.map { "'\"".utf8.contains($0) } == true
    let place = value.origins.first ?? 0
    result.append(PlacedText(name + (isQuoted ? "=" : "=\""), at: place))
    result.append(value)
    result.append(PlacedText(isQuoted ? "\n" : "\"\n", at: place))
    names.insert(name)
  }
}

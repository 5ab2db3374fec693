/// A script of the fish shell, rewritten as others would have it: `set NAME value` as an assignment; every byte keeps its
/// place.
enum FishScript {
  static func shellText(_ script: PlacedText) -> PlacedText {
    var result = PlacedText()
    for line in script.lines {
      let words = ShellReader.read(line).commands.first?.words ?? []
      let given = words.dropFirst().drop { $0.isFlag }
      guard words.first?.text == "set", let name = given.first, given.count == 2, let value = given.last else {
        result.append(line)
        continue
      }
      result.append(name.content)
      result.append(PlacedText("=\"", at: value.bytes.lowerBound))
      result.append(value.content)
      result.append(PlacedText("\"\n", at: value.bytes.lowerBound))
    }
    return result
  }
}

/// What a workflow or task runner fills into a text before a shell sees it, as the shell's own variables.
enum TemplateText {
  /// `${{ env.NAME }}`, `{{.NAME}}` and `{{ NAME }}` as `${NAME}`; names that nobody sets stand as they are.
  static func shellText(_ text: PlacedText, names: Set<String>) -> PlacedText {
    var result = PlacedText(), index = 0
    let bytes = text.bytes
    while index < bytes.count {
      let isDollar = bytes[index] == UInt8(ascii: "$")
      let open = index + (isDollar ? 1 : 0)
      guard let close = end(of: bytes, from: open), case let inner = text.part(open + 2..<close).text,
        let name = inner.split(whereSeparator: { " \t.".contains($0) }).last.map(String.init), names.contains(name),
        inner.allSatisfy({ $0.isLetter || $0.isNumber || "_. \t".contains($0) })
      else {
        result.append(bytes[index], from: text.origins[index])
        index += 1
        continue
      }
      result.append(PlacedText("${" + name + "}", at: text.origins[open + 2]))
      index = close + 2
    }
    return result
  }

  /// Where `}}` closes the `{{` that stands at a place; nil where none does.
  private static func end(of bytes: [UInt8], from start: Int) -> Int? {
    guard start + 3 < bytes.count, bytes[start] == UInt8(ascii: "{"), bytes[start + 1] == UInt8(ascii: "{") else {
      return nil
    }
    return bytes[(start + 2)...].indices.dropLast().first {
      bytes[$0] == UInt8(ascii: "}") && bytes[$0 + 1] == UInt8(ascii: "}")
    }
  }
}

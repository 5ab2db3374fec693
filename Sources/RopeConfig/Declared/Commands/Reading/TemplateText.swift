/// What a workflow or task runner fills into a text before a shell sees it, as the shell's own variables.
enum TemplateText {
  /// `${{ env.NAME }}`, `{{.NAME}}` and `{{ NAME }}` as `${NAME}`; names that nobody sets stand as they are.
  static func shellText(_ text: PlacedText, names: Set<String>) -> PlacedText {
    var result = PlacedText(), index = 0
    let bytes = text.bytes
    while index < bytes.count {
      let isDollar = bytes[index] == UInt8(ascii: "$")
      let open = index + (isDollar ? 1 : 0)
      guard let close = end(of: bytes, from: open),
        let last = bytes[open + 2..<close].split(whereSeparator: { " \t.".utf8.contains($0) }).last,
        case let name = String(decoding: last, as: UTF8.self), names.contains(name)
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

  /// Where `}}` closes the `{{` that stands at a place, with nothing but names, dots and blanks between; nil where none
  /// does.
  private static func end(of bytes: [UInt8], from start: Int) -> Int? {
    guard start + 3 < bytes.count, bytes[start] == UInt8(ascii: "{"), bytes[start + 1] == UInt8(ascii: "{") else {
      return nil
    }
    let inner = bytes[(start + 2)...].prefix { PythonScanner.isName($0) || ". \t".utf8.contains($0) }
    return bytes[inner.endIndex...].starts(with: "}}".utf8) ? inner.endIndex : nil
  }
}

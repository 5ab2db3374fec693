/// TOML 1.0 as the same tree that a JSON file gives, with the same places. Dates and times are texts.
///
/// A table has the bytes of its own section, without those of the sections below it.
public enum TOMLReader {
  /// - Throws: `ConfigurationError` with the place of the first fault.
  public static func read(_ source: SourceText) throws(ConfigurationError) -> JSONNode {
    try source.checkEncoding()
    var scanner = TOMLScanner(source)
    let root = TOMLTable(.header, bytes: source.start..<source.start, depth: 0)
    var current = root
    while scanner.skipBlank() {
      if scanner.current == UInt8(ascii: "[") {
        current = try header(&scanner, root)
      } else {
        try current.readPair(&scanner)
      }
      try scanner.endLine()
    }
    root.bytes = source.start..<source.bytes.count
    return root.node
  }

  /// `[table]` or `[[list.of.tables]]`: the table that the lines below it fill.
  private static func header(_ scanner: inout TOMLScanner, _ root: TOMLTable) throws(ConfigurationError) -> TOMLTable {
    let start = scanner.offset
    let isList = scanner.starts(with: "[[")
    scanner.offset += isList ? 2 : 1
    let path = try scanner.key()
    for _ in 0..<(isList ? 2 : 1) { try scanner.expect("]", "“\(isList ? "]]" : "]")” after the table's name") }
    var table = root
    for part in path.dropLast() { table = try table.step(into: part, scanner, start..<scanner.offset) }
    guard let last = path.last else { return table }
    return try table.open(last, isList: isList, scanner, start..<scanner.offset)
  }
}

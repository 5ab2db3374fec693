/// A table that is being read; later lines may add to it.
final class TOMLTable {
  enum Origin {
    /// By its own header.
    case header
    /// Only by the header of a table inside it, so that its own may still come.
    case path
    /// By dotted keys, which alone may add to it.
    case keys
  }

  private enum Entry {
    case value(JSONNode)
    case table(TOMLTable)
    case list(TOMLTableList)
  }

  private var entries: [(key: TOMLKey, entry: Entry)] = []
  private var places: [String: Int] = [:]
  private var origin: Origin
  private let depth: Int
  var bytes: Range<Int>

  init(_ origin: Origin, bytes: Range<Int>, depth: Int) {
    self.origin = origin
    self.bytes = bytes
    self.depth = depth
  }

  var node: JSONNode {
    let members = entries.map { key, entry in
      let node =
        switch entry {
        case .value(let node): node
        case .table(let table): table.node
        case .list(let list): list.node
        }
      return JSONNode.Member(key: key.text, keyBytes: key.bytes, node: node)
    }
    return JSONNode(value: .object(members), bytes: bytes)
  }

  // MARK: Headers

  /// The table that a header leads through.
  func step(into key: TOMLKey, _ scanner: TOMLScanner, _ header: Range<Int>) throws(ConfigurationError) -> TOMLTable {
    switch entry(key) {
    case nil: return add(key, TOMLTable(.path, bytes: header, depth: depth + 1))
    case .table(let table): return table
    case .list(let list): return list.tables.last ?? self
    case .value:
      throw scanner.fail(
        "“\(key.short)” is a value, given in line \(line(key, scanner)); it holds no tables", at: key.bytes.lowerBound)
    }
  }

  /// The table that a header names.
  func open(
    _ key: TOMLKey, isList: Bool, _ scanner: TOMLScanner, _ header: Range<Int>
  ) throws(ConfigurationError) -> TOMLTable {
    let new = TOMLTable(.header, bytes: header, depth: depth + 1)
    switch (entry(key), isList) {
    case (nil, false): return add(key, new)
    case (nil, true): append(key, .list(TOMLTableList(new)))
    case (.list(let list), true): list.tables.append(new)
    case (.table(let table), false) where table.origin == .path:
      table.origin = .header
      table.bytes = header
      return table
    case (.list, false):
      throw scanner.fail("“\(key.short)” is a list of tables; write [[…]] to add one", at: header.lowerBound)
    default:
      throw scanner.fail(
        "the table “\(key.short)” stands twice, first in line \(line(key, scanner))", at: key.bytes.lowerBound)
    }
    return new
  }

  // MARK: Keys and values

  /// `key = value`, the key dotted or not.
  func readPair(_ scanner: inout TOMLScanner) throws(ConfigurationError) {
    let path = try scanner.key()
    try scanner.expect("=", "“=” after the key “\(path.last?.short ?? "")”")
    var chain = [self]
    var table = self
    for part in path.dropLast() {
      table = try table.dotted(part, scanner)
      chain.append(table)
    }
    guard let key = path.last else { return }
    guard table.places[key.text] == nil else {
      throw scanner.fail(
        "the key “\(key.short)” stands twice, first in line \(table.line(key, scanner))", at: key.bytes.lowerBound)
    }
    table.append(key, .value(try scanner.value(depth: table.depth + 1)))
    for table in chain { table.bytes = table.bytes.lowerBound..<max(table.bytes.upperBound, scanner.offset) }
  }

  private func dotted(_ key: TOMLKey, _ scanner: TOMLScanner) throws(ConfigurationError) -> TOMLTable {
    switch entry(key) {
    case nil: return add(key, TOMLTable(.keys, bytes: key.bytes, depth: depth + 1))
    case .table(let table) where table.origin == .keys: return table
    case .value:
      throw scanner.fail(
        "“\(key.short)” is a value, given in line \(line(key, scanner)); it holds no keys", at: key.bytes.lowerBound)
    default:
      throw scanner.fail(
        "“\(key.short)” is a table of its own, from line \(line(key, scanner)); write the key below its header",
        at: key.bytes.lowerBound)
    }
  }

  private func entry(_ key: TOMLKey) -> Entry? { places[key.text].map { entries[$0].entry } }

  private func line(_ key: TOMLKey, _ scanner: TOMLScanner) -> Int {
    scanner.source.place(of: places[key.text].map { entries[$0].key.bytes.lowerBound } ?? 0).line
  }

  private func append(_ key: TOMLKey, _ entry: Entry) {
    places[key.text] = entries.count
    entries.append((key, entry))
  }

  private func add(_ key: TOMLKey, _ table: TOMLTable) -> TOMLTable {
    append(key, .table(table))
    return table
  }
}

/// Tables of one `[[name]]`.
private final class TOMLTableList {
  var tables: [TOMLTable]

  init(_ first: TOMLTable) { tables = [first] }

  var node: JSONNode {
    let start = tables.first?.bytes.lowerBound ?? 0
    return JSONNode(value: .array(tables.map(\.node)), bytes: start..<(tables.last?.bytes.upperBound ?? start))
  }
}

import RopeJSON

/// A text taken out of a source, such as a quoted word, each byte with the offset that it came from.
struct PlacedText: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var origins: [Int] = []

  init() {}

  /// A text of which every byte has a place of its own.
  init(_ bytes: [UInt8], _ origins: [Int]) {
    self.bytes = bytes
    self.origins = origins
  }

  /// A part of a source as it stands there.
  init(_ source: [UInt8], _ range: Range<Int>) {
    bytes = Array(source[range])
    origins = Array(range)
  }

  /// What a YAML or JSON reader made of the bytes in `range`: escapes, line ends and indents are found again by walking
  /// along both texts.
  init(_ text: String, writtenIn source: [UInt8], _ range: Range<Int>) {
    bytes = Array(text.utf8)
    origins = []
    origins.reserveCapacity(bytes.count)
    var place = Self.content(of: source, range).lowerBound
    for byte in bytes {
      var candidate = place
      let isBlank = byte == 0x20 || byte == 0x0A
      while candidate < range.upperBound, source[candidate] != byte, !(isBlank && source[candidate] == 0x0A) {
        candidate += 1
      }
      if candidate < range.upperBound {
        origins.append(candidate)
        place = candidate + 1
      } else {
        origins.append(max(range.lowerBound, min(place, range.upperBound - 1)))
      }
    }
  }

  /// Without the line `|-` that begins a block of YAML.
  private static func content(of source: [UInt8], _ range: Range<Int>) -> Range<Int> {
    guard let first = source[range].first, first == UInt8(ascii: "|") || first == UInt8(ascii: ">"),
      let end = source[range].firstIndex(of: 0x0A),
      source[range.lowerBound + 1..<end].allSatisfy({ " \r+-123456789".utf8.contains($0) })
    else { return range }
    return end..<range.upperBound
  }

  /// A text that stands nowhere as it is, all of it at one place.
  init(_ text: String, at origin: Int) {
    bytes = Array(text.utf8)
    origins = Array(repeating: origin, count: bytes.count)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
  /// Each with the line feed that ends it.
  var lines: [PlacedText] {
    var lines: [PlacedText] = [], start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A || index == bytes.count - 1 {
      lines.append(part(start..<index + 1))
      start = index + 1
    }
    return lines
  }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ byte: UInt8, from origin: Int) {
    bytes.append(byte)
    origins.append(origin)
  }

  mutating func append(_ other: PlacedText) {
    bytes += other.bytes
    origins += other.origins
  }

  mutating func removeLast(_ count: Int) {
    bytes.removeLast(count)
    origins.removeLast(count)
  }

  func part(_ range: Range<Int>) -> PlacedText {
    var part = PlacedText()
    part.bytes = Array(bytes[range])
    part.origins = Array(origins[range])
    return part
  }

  /// The bytes of the source behind a part of the text.
  func span(_ range: Range<Int>) -> Range<Int> {
    guard !origins.isEmpty else { return 0..<0 }
    let first = origins[min(range.lowerBound, origins.count - 1)]
    guard !range.isEmpty else { return first..<first }
    let last = origins[min(range.upperBound, origins.count) - 1]
    return last >= first ? first..<last + 1 : first..<first + 1
  }

  var span: Range<Int> { span(0..<bytes.count) }

  /// What a shell makes of a here document whose end is not quoted: a backslash before another, or before a `$`, goes.
  var unescaped: PlacedText {
    var text = PlacedText(), index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count, "\\$`".utf8.contains(bytes[index + 1]) {
        index += 1
      }
      text.append(bytes[index], from: origins[index])
      index += 1
    }
    return text
  }

  /// A tree that was read from this text, with the source's places.
  func placed(_ node: JSONNode) -> JSONNode {
    let value: JSONNode.Value =
      switch node.value {
      case .object(let members):
        .object(
          members.map {
            JSONNode.Member(
              key: $0.key, keyBytes: span($0.keyBytes), node: placed($0.node), writtenKey: $0.writtenKey)
          })
      case .array(let elements): .array(elements.map(placed))
      default: node.value
      }
    return JSONNode(value: value, bytes: span(node.bytes))
  }
}

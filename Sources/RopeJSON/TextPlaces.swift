/// Where in the source the bytes of a text stand: behind escapes, quotes and the indentation of a YAML block. Commands
/// stand in such texts, and what is said of them should point at their words.
public struct TextPlaces: Sendable {
  /// One for each byte of the text, and the end.
  private let offsets: [Int]

  /// - Parameter node: a text that a reader of this module gave; the places of another value are all its first byte.
  public init(_ node: JSONNode, in source: SourceText) {
    guard case .string(let text) = node.value, node.bytes.upperBound <= source.bytes.count else {
      offsets = [node.bytes.lowerBound]
      return
    }
    var places = Self.words(Array(text.utf8), source.bytes, Self.content(source.bytes, node.bytes))
    places.append(node.bytes.upperBound)
    offsets = places
  }

  /// - Parameter offset: into the text's UTF-8.
  public func byte(_ offset: Int) -> Int { offsets[min(max(offset, 0), offsets.count - 1)] }

  public func bytes(_ range: Range<Int>) -> Range<Int> {
    let start = byte(range.lowerBound)
    guard let last = range.last else { return start..<start }
    return start..<max(start, byte(last) + 1)
  }

  /// Without the quotes, or the line `|-` that begins a block.
  private static func content(_ source: [UInt8], _ bytes: Range<Int>) -> Range<Int> {
    guard let first = source[bytes].first else { return bytes }
    switch first {
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      let header = source[bytes].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.lowerBound
      return header..<bytes.upperBound
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let width = source[bytes].prefix { $0 == first }.count >= 3 ? 3 : 1
      return min(bytes.lowerBound + width, bytes.upperBound)..<bytes.upperBound
    default: return bytes
    }
  }

  /// The place of each byte of the text. Spaces may be line ends in the source, and stand anywhere besides.
  private static func words(_ text: [UInt8], _ source: [UInt8], _ bytes: Range<Int>) -> [Int] {
    let isEscaped = bytes.lowerBound > 0 && source[bytes.lowerBound - 1] == UInt8(ascii: "\"")
    let isQuoted = bytes.lowerBound > 0 && source[bytes.lowerBound - 1] == UInt8(ascii: "'")
    var place = bytes.lowerBound
    var last = place
    return text.map { byte in
      while place < bytes.upperBound {
        let other = source[place]
        let isBreak = other == 0x0A || other == 0x0D
        if isEscaped, other == UInt8(ascii: "\\"), place + 1 < bytes.upperBound {
          // An escape of several bytes.
          if byte & 0xC0 == 0x80 { break }
          let width = escape(source[place + 1])
          guard width > 0 else {
            place += 1
            continue
          }
          last = place
          place = min(place + width, bytes.upperBound)
          break
        }
        if other == byte || byte == 0x20 && isBreak {
          last = place
          place += 1
          break
        }
        guard isBreak || other == 0x20 || other == 0x09 || isQuoted && other == UInt8(ascii: "'") else { break }
        place += 1
      }
      return last
    }
  }

  /// Bytes of an escape, the backslash included; 0 where a backslash joins lines.
  private static func escape(_ letter: UInt8) -> Int {
    switch letter {
    case UInt8(ascii: "x"): 4
    case UInt8(ascii: "u"): 6
    case UInt8(ascii: "U"): 10
    case 0x0A, 0x0D, 0x20: 0
    default: 2
    }
  }
}

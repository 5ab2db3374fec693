import RopeConfig
import RopeJSON
import RopeText

/// The source line of a finding, cut to a readable width, and where the caret stands under it.
public struct SourceExcerpt: Sendable, Equatable, Codable {
  public var text: String
  /// Characters before the marked part.
  public var offset: Int
  /// Characters marked, at least 1.
  public var length: Int

  private static let width = 96

  init(_ bytes: Range<Int>, in source: SourceText) {
    let all = source.bytes
    let start = min(bytes.lowerBound, all.count)
    // A minified file is one line; only the neighbourhood of the place is worth showing.
    var low = start, high = start
    while low > 0, start - low < Self.width / 2, all[low - 1] != 0x0A { low -= 1 }
    while high < all.count, high - start < Self.width, all[high] != 0x0A, all[high] != 0x0D { high += 1 }
    while low < start, all[low] & 0xC0 == 0x80 { low += 1 }
    while high > start, high < all.count, all[high] & 0xC0 == 0x80 { high -= 1 }
    func line(_ range: Range<Int>) -> String {
      let text = String(decoding: all[range], as: UTF8.self).unicodeScalars
      return Escaping.visible(
        String(String.UnicodeScalarView(text.filter { $0 != "\u{FEFF}" }.map { $0 == "\t" ? " " : $0 })))
    }
    let head = String(line(low..<start).drop { $0 == " " })
    text = head + line(start..<high)
    offset = head.count
    length = max(1, min(line(start..<max(start, min(bytes.upperBound, high))).count, Self.width))
  }
}

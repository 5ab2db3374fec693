extension StringProtocol {
  /// Columns that a text takes in a terminal: two for the wide characters of East Asia and emoji, one for others.
  package var columns: Int { reduce(0) { $0 + $1.columns } }
}

extension Character {
  /// Columns in a terminal: 2 for wide characters, 0 for a mark that stands alone, else 1.
  package var columns: Int {
    guard let first = unicodeScalars.first, first.value >= 0x300 else { return 1 }
    if isWide { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }

  /// Whether East Asian Width (Unicode, UAX 11) calls it wide or full.
  package var isWide: Bool {
    guard let value = unicodeScalars.first?.value, value >= 0x1100 else { return false }
    return Self.wide.contains { $0.contains(value) }
  }

  /// Whether a line may end between this character and the next without a space: beside a wide character, but not behind
  /// an opening mark or before a closing one.
  package func mayBreak(before next: Character) -> Bool {
    (isWide || next.isWide) && !Self.opening.contains(self) && !Self.closing.contains(next)
  }

  /// Whether it gives up the blank half of its square behind `before` and before `next`: of two marks of East Asia side by
  /// side, one does (CLREQ, “Compression of Punctuation Marks”).
  package func isSqueezed(after before: Character?, before next: Character?) -> Bool {
    guard isWide else { return false }
    if Self.closing.contains(self) {
      return next.map { $0.isWide && (Self.closing.contains($0) || Self.opening.contains($0)) } == true
    }
    return Self.opening.contains(self) && before.map { $0.isWide && Self.opening.contains($0) } == true
  }

  private static let opening: Set<Character> = ["（", "「", "『", "《", "〈", "【", "“", "‘", "(", "[", "`"]
  private static let closing: Set<Character> = [
    "，", "。", "、", "；", "：", "？", "！", "）", "」", "』", "》", "〉", "】", "”", "’", "…", "—", ",", ".", ";", ":", ")", "]",
    "%", "`",
  ]

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

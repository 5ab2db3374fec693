/// The simplest regular expressions of tokenizers: a run of characters of one set, perhaps with one white space before
/// it: `\s?\p{L}+`, ` ?[^(\s|[.,!?])]+`, `\p{N}{1,3}`, ` {2,}`.
struct RunPattern: Sendable, Hashable {
  private enum Lead { case none, space, whiteSpace }

  let set: CharacterPattern
  private(set) var least = 1
  private(set) var longest = 1
  private var lead = Lead.none

  init(_ set: CharacterPattern) {
    self.set = set
    longest = .max
  }

  /// - Returns: nil for any other expression.
  init?(_ pattern: String) {
    var text = pattern.unicodeScalars[...]
    for (start, lead) in [(" ?", Lead.space), (#"\s?"#, .whiteSpace)] where text.starts(with: start.unicodeScalars) {
      self.lead = lead
      text = text.dropFirst(start.unicodeScalars.count)
    }
    guard let set = CharacterPattern(&text) else { return nil }
    self.set = set
    switch String(String.UnicodeScalarView(text)) {
    case "": break
    case "+": longest = .max
    case let count where count.hasPrefix("{") && count.hasSuffix("}"):
      let parts = count.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2, let least = Int(parts[0]), (1...1000).contains(least) else { return nil }
      self.least = least
      guard let longest = parts[1].isEmpty ? Int.max : Int(parts[1]), longest >= least else { return nil }
      self.longest = longest
    default: return nil
    }
    // What may lead and belongs to the set too would need the expression's own backtracking.
    guard lead == .none || least == 1 else { return nil }
  }

  func leads(_ value: UInt32, _ kind: CharacterClass) -> Bool {
    switch lead {
    case .none: false
    case .space: value == 0x20
    case .whiteSpace: kind.contains(.space)
    }
  }
}

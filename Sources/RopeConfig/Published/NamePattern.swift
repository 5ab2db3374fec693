/// Parts of a model's name, lower case and without separators, in order: `mistral7b…v0.2`.
///
/// A part begins where a separator, or the name, begins (`codellama` holds no `llama`), and one that ends in a digit is
/// not followed by more of the number, or by the letter of a vision model: `qwen2` is not in `Qwen2.5`, `llama3` not in
/// `open_llama_3b`, `glm4.6` not in `GLM-4.6V`.
struct NamePattern: Sendable {
  let parts: [[UInt8]]
  /// Letters in all; the pattern with most of them says most.
  let weight: Int

  // Tables of hundreds of rows compile much faster where it is not written out in each.
  @inline(never)
  init(_ text: String) {
    parts = text.split(separator: "…").map { Array($0.utf8) }
    weight = parts.reduce(0) { $0 + $1.count }
  }

  func matches(_ name: ModelName) -> Bool {
    var start = 0
    for part in parts {
      guard let end = name.end(of: part, from: start) else { return false }
      start = end
    }
    return true
  }
}

/// A model's name in the form that patterns are compared with.
struct ModelName: Sendable {
  /// Lower case, without separators; dots stay.
  let letters: [UInt8]
  /// Offsets before which a separator stood, the beginning among them; one more than letters.
  private let begins: [Bool]

  init(_ text: some StringProtocol) {
    var letters: [UInt8] = [], begins: [Bool] = [true]
    for byte in text.utf8 {
      if "-_ /:\\@".utf8.contains(byte) { begins[letters.count] = true; continue }
      letters.append((65...90).contains(byte) ? byte + 32 : byte)
      begins.append(false)
    }
    self.letters = letters
    self.begins = begins
  }

  /// Where the first whole occurrence of a part from `start` on ends.
  func end(of part: [UInt8], from start: Int) -> Int? {
    guard start + part.count <= letters.count else { return nil }
    for offset in start...(letters.count - part.count) where begins[offset] {
      let end = offset + part.count
      if letters[offset..<end].elementsEqual(part), isWhole(part, endingAt: end) { return end }
    }
    return nil
  }

  private func isWhole(_ part: [UInt8], endingAt end: Int) -> Bool {
    guard let last = part.last, Self.isDigit(last), end < letters.count, !begins[end] else { return true }
    let next = letters[end]
    if next == UInt8(ascii: ".") { return end + 1 >= letters.count || !Self.isDigit(letters[end + 1]) }
    return !Self.isDigit(next) && !"bmv".utf8.contains(next)
  }

  /// The longest context that the name claims, in tokens: `Yarn-Mistral-7b-128k`, `…-Gradient-1048k`, `…-1M`.
  var claimedLength: Int? {
    var longest: Int?
    for offset in letters.indices where begins[offset] {
      let digits = letters[offset...].prefix(while: Self.isDigit)
      let end = offset + digits.count
      guard (1...4).contains(digits.count), end < letters.count,
        let number = Int(String(decoding: digits, as: UTF8.self)),
        begins[end + 1] || end + 1 == letters.count
      else { continue }
      switch letters[end] {
      case UInt8(ascii: "k"): longest = max(longest ?? 0, number * 1000)
      case UInt8(ascii: "m") where number < 20: longest = max(longest ?? 0, number * 1_000_000)
      default: break
      }
    }
    return longest
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

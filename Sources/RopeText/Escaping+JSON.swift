extension Escaping {
  /// A JSON document that says the same without anything that cannot be seen: such scalars only stand in its texts, and
  /// are spelt there.
  package static func json(_ document: String) -> String {
    func isSpelt(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x20 && isHidden(scalar) }
    guard document.unicodeScalars.contains(where: isSpelt) || document.utf8.containsPair(UInt8(ascii: "#")) else {
      return document
    }
    var hashes = 0
    return map(document) { scalar in
      // `##[` is an order to the runner that keeps the log.
      let isHash = scalar == "#"
      hashes = isHash ? hashes + 1 : 0
      guard isSpelt(scalar) || hashes == 2 else { return nil }
      if isHash { hashes = 0 }
      return String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }
  }
}

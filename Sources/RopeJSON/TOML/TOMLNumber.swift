/// How TOML spells numbers.
enum TOMLNumber {
  static func value(_ text: String) -> Double? {
    let isNegative = text.hasPrefix("-")
    let hasSign = isNegative || text.hasPrefix("+")
    let unsigned = hasSign ? text.dropFirst() : text[...]
    switch unsigned {
    case "inf": return isNegative ? -.infinity : .infinity
    case "nan": return .nan
    default: break
    }
    for (mark, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where unsigned.hasPrefix(mark) {
      guard !hasSign, let digits = digits(unsigned.dropFirst(2)) else { return nil }
      return UInt64(digits, radix: radix).map { Double($0) }
    }
    guard let digits = digits(unsigned), JSONNumber.isValid(digits), let number = Double(digits) else { return nil }
    return isNegative ? -number : number
  }

  /// Without underscores, each of which stands between two digits.
  private static func digits(_ text: Substring) -> String? {
    guard text.first != "+", text.first != "-" else { return nil }
    guard text.utf8.contains(UInt8(ascii: "_")) else { return String(text) }
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    for (left, right) in zip(parts, parts.dropFirst()) {
      guard left.last?.isHexDigit == true, right.first?.isHexDigit == true else { return nil }
    }
    // `1e_5` has a letter there, which is a digit in base 16 only.
    if !text.hasPrefix("0x"), text.contains("e_") || text.contains("_e") { return nil }
    return parts.joined()
  }
}

/// Dates and times (RFC 3339): `1979-05-27`, `07:32:00`, both with `T` or a space between, and an offset.
enum TOMLDate {
  static func isDate(_ text: String) -> Bool {
    guard let parts = numbers(text, "-", [4, 2, 2]) else { return false }
    let isLeap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(parts[1]) && (1...days[parts[1] - 1]).contains(parts[2])
  }

  static func isValid(_ text: String) -> Bool {
    guard text.utf8.count > 10 else { return isDate(text) || isTime(text) }
    let date = String(text.prefix(10)), mark = text.dropFirst(10).prefix(1), rest = text.dropFirst(11)
    guard isDate(date), ["T", "t", " "].contains(mark) else { return isTime(text) }
    if rest.hasSuffix("Z") || rest.hasSuffix("z") { return isTime(String(rest.dropLast())) }
    let offset = rest.suffix(6)
    guard let sign = offset.first, sign == "+" || sign == "-" else { return isTime(String(rest)) }
    return isTime(String(rest.dropLast(6))) && isTime(offset.dropFirst() + ":00")
  }

  private static func isTime(_ text: String) -> Bool {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, parts[1].isEmpty || !parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return false }
    guard let time = numbers(String(parts.first ?? ""), ":", [2, 2, 2]) else { return false }
    return time[0] < 24 && time[1] < 60 && time[2] <= 60
  }

  private static func numbers(_ text: String, _ separator: Character, _ widths: [Int]) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == widths, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    return parts.compactMap { Int($0) }
  }
}

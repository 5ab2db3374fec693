/// What a YAML scalar means: the types of YAML 1.1 (yaml.org/type), which Python's readers follow, without numbers in
/// base 60 and dates, which stay texts.
enum YAMLScalar {
  private static let prefix = "tag:yaml.org,2002:"
  private static let truths: [String: Bool] = Dictionary(
    uniqueKeysWithValues: [
      ("true", true), ("yes", true), ("on", true), ("false", false), ("no", false), ("off", false),
    ]
    .flatMap { word, flag in [(word, flag), (word.uppercased(), flag), (word.capitalisedASCII, flag)] })

  static func meaning(_ text: String, isPlain: Bool, tag: String?) -> JSONNode.Value {
    switch tag {
    case nil: isPlain ? plain(text) : .string(text)
    case "\(prefix)null", "\(prefix)bool", "\(prefix)int", "\(prefix)float": plain(text)
    default: .string(text)
    }
  }

  private static func plain(_ text: String) -> JSONNode.Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    default: break
    }
    if let flag = truths[text] { return .bool(flag) }
    if let number = number(text) { return .number(number, literal: text) }
    return .string(text)
  }

  private static func number(_ text: String) -> Double? {
    let isNegative = text.hasPrefix("-")
    let unsigned = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    let sign: Double = isNegative ? -1 : 1
    switch unsigned {
    case ".inf", ".Inf", ".INF": return sign * .infinity
    case ".nan", ".NaN", ".NAN": return .nan
    default: break
    }
    guard let first = unsigned.utf8.first, first == 0x2E || (0x30...0x39).contains(first) else { return nil }
    let digits = unsigned.utf8.contains(0x5F) ? unsigned.filter { $0 != "_" } : String(unsigned)
    for (mark, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(mark) {
      return digits.dropFirst(2).first?.isHexDigit == true
        ? UInt64(digits.dropFirst(2), radix: radix).map { sign * Double($0) } : nil
    }
    if digits.count > 1, digits.hasPrefix("0"), let octal = UInt64(digits, radix: 8) { return sign * Double(octal) }
    // Not what only Swift takes for a number: `1p3`, `infinity`.
    guard digits.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return nil }
    return Double(digits).map { sign * $0 }
  }
}

extension String {
  fileprivate var capitalisedASCII: String { prefix(1).uppercased() + dropFirst() }
}

/// How numbers are spelled in JSON.
public enum JSONNumber {
  /// Whether RFC 8259 allows the spelling.
  public static func isValid(_ literal: String) -> Bool {
    var rest = Substring(literal).utf8
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    func digits() -> Int {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest.removeFirst(digits.count)
      return digits.count
    }
    let hasLeadingZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole == 1 || whole > 1 && !hasLeadingZero else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard digits() > 0 else { return false }
    }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest.removeFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest.removeFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// The shortest digits that read back as the number; whole ones without a fraction. Not finite ones as Python has
  /// them: `NaN`, `Infinity`.
  public static func text(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    let text = value.description
    guard value == value.rounded() else { return text }
    return text.utf8.suffix(2).elementsEqual(".0".utf8) ? String(text.dropLast(2)) : text
  }

  /// A spelling of another language, such as `1_000` or `0x10`, as JSON has it; JSON's own stays.
  public static func text(_ value: Double, literal: String) -> String { isValid(literal) ? literal : text(value) }
}

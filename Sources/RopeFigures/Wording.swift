import RopeMath
import RopeText

/// Numbers and lists as sentences write them: no more digits than they deserve.
public enum Wording {
  /// Whole numbers with commas: 131,072.
  public static func whole(_ value: Int) -> String { value.grouped }

  /// A length in tokens, to the nearest one.
  public static func tokens(_ value: Double) -> String {
    guard !value.isNaN else { return "–" }
    guard value < Double(RotaryGeometry.largestLength) else { return "∞" }
    return whole(Int(value.rounded()))
  }

  /// A number that was given, not computed: whole numbers in full, others to six digits.
  public static func given(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e12 ? whole(Int(value)) : number(value, digits: 6)
  }

  /// Three significant digits, fewer where the number has no more; powers of ten where it is very large or small.
  public static func number(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
    guard value != value.rounded() || abs(value) >= 1e6 else { return whole(Int(value)) }
    let magnitude = abs(value)
    if magnitude >= 1e6 || magnitude < 1e-4 { return powers(value, digits: digits) }
    var exponent = 0
    var scaled = magnitude
    while scaled >= 10 { scaled /= 10; exponent += 1 }
    while scaled < 1 { scaled *= 10; exponent -= 1 }
    // What rounds up to the next power of ten has a digit more in front: 0.0999 with two digits is 0.10.
    var unit = 1.0
    for _ in 1..<max(digits, 1) { unit *= 10 }
    if (scaled * unit).rounded() >= 10 * unit { exponent += 1 }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// A fixed number of decimals, with commas in the whole part.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return number(value) }
    var unit = 1.0
    for _ in 0..<decimals { unit *= 10 }
    let scaled = (abs(value) * unit).rounded()
    guard scaled < 9e15 else { return powers(value, digits: decimals + 1) }
    let units = Int(scaled)
    let whole = units / Int(unit)
    let sign = value < 0 && units != 0 ? "−" : ""
    guard decimals > 0 else { return sign + self.whole(whole) }
    let rest = String(units % Int(unit))
    return sign + self.whole(whole) + "." + String(repeating: "0", count: decimals - rest.count) + rest
  }

  private static func powers(_ value: Double, digits: Int) -> String {
    var exponent = 0
    var scaled = abs(value)
    while scaled >= 10 { scaled /= 10; exponent += 1 }
    while scaled < 1 { scaled *= 10; exponent -= 1 }
    let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let power = String(abs(exponent)).compactMap { $0.wholeNumberValue.map { String(superscripts[$0]) } }.joined()
    return "\(value < 0 ? "−" : "")\(fixed(scaled, decimals: digits - 1))·10\(exponent < 0 ? "⁻" : "")\(power)"
  }

  /// `a`, `a and b`, `a, b and c`.
  public static func list(_ words: [String], joining last: String = "and") -> String {
    guard let final = words.last else { return "" }
    guard words.count > 1 else { return final }
    return words.dropLast().joined(separator: ", ") + " \(last) " + final
  }

  /// Bytes in binary units: 16.0 GiB.
  public static func bytes(_ value: Double) -> String {
    var scaled = value
    for unit in ["B", "KiB", "MiB", "GiB", "TiB"] {
      if scaled < 1024 || unit == "TiB" { return number(scaled) + " " + unit }
      scaled /= 1024
    }
    return number(value)
  }
}

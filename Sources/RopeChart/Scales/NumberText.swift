import Foundation

/// Numbers as a paper prints them: true minus, thin spaces between thousands, powers as 10⁻³.
public enum NumberText {
  public static let minus = "\u{2212}"
  public static let thinSpace = "\u{2009}"

  /// Fixed decimals; thousands are set apart from five digits on.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value > 0 ? "∞" : minus + "∞" }
    let places = min(max(decimals, 0), 12)
    let scaled = (abs(value) * pow(10, Double(places))).rounded()
    guard scaled < 9e15 else { return scientific(value, digits: 3) }
    var digits = String(Int(scaled))
    if digits.utf8.count <= places { digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits }
    var whole = String(digits.dropLast(places))
    if whole.utf8.count >= 5 { whole = grouped(whole) }
    let fraction = places > 0 ? "." + digits.suffix(places) : ""
    return (value < 0 && scaled > 0 ? minus : "") + whole + fraction
  }

  /// At most `digits` significant digits, without trailing zeros; powers of ten beyond 10⁻³ … 10⁵.
  public static func compact(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
    let exponent = Int(floor(log10(abs(value))))
    guard exponent >= -3, exponent < 5 else { return scientific(value, digits: digits) }
    return trimmed(fixed(value, decimals: max(0, digits - 1 - exponent)))
  }

  /// `1.2×10³`; a mantissa of 1 is left out.
  public static func scientific(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
    var exponent = Int(floor(log10(abs(value))))
    var mantissa = value / pow(10, Double(exponent))
    let unit = pow(10, Double(max(digits - 1, 0)))
    mantissa = (mantissa * unit).rounded() / unit
    if abs(mantissa) >= 10 {
      mantissa /= 10
      exponent += 1
    }
    let text = trimmed(fixed(mantissa, decimals: max(digits - 1, 0)))
    if text == "1" { return power(exponent) }
    if text == minus + "1" { return minus + power(exponent) }
    return "\(text)×\(power(exponent))"
  }

  /// `16`, `1/16`, and other numbers as they are.
  static func powerOfTwo(_ value: Double) -> String {
    let whole = (1 / value).rounded()
    guard value > 0, value < 1, whole < 1e5, abs(whole * value - 1) < 1e-9 else { return compact(value, digits: 4) }
    return "1/" + fixed(whole, decimals: 0)
  }

  /// `10⁻³`.
  public static func power(_ exponent: Int) -> String {
    let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let digits = String(abs(exponent)).compactMap { $0.wholeNumberValue.map { String(raised[$0]) } }
    return "10" + (exponent < 0 ? "⁻" : "") + digits.joined()
  }

  /// 4k, 128k, 1M (binary) where the value is a multiple of 1024, else the number in full.
  public static func tokens(_ value: Double) -> String {
    guard value == value.rounded(), abs(value) < 1e15 else { return compact(value, digits: 4) }
    let mega = 1024.0 * 1024
    if value != 0, value.truncatingRemainder(dividingBy: mega) == 0 { return fixed(value / mega, decimals: 0) + "M" }
    if value != 0, value.truncatingRemainder(dividingBy: 1024) == 0 { return fixed(value / 1024, decimals: 0) + "k" }
    return fixed(value, decimals: 0)
  }

  /// `1.5 GiB`: the largest binary unit in which the value is at least 1.
  public static func bytes(_ value: Double) -> String {
    let (unit, name) = byteUnit(for: value)
    return "\(compact(value / unit, digits: 3))\u{00A0}\(name)"
  }

  static func byteUnit(for value: Double) -> (size: Double, name: String) {
    let names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
    var unit = 1.0
    var index = 0
    while index + 1 < names.count, abs(value) >= unit * 1024 {
      unit *= 1024
      index += 1
    }
    return (unit, names[index])
  }

  /// A multiple of π/4 or finer fraction as `3π/4`; else a plain number.
  public static func radians(_ value: Double) -> String {
    if value == 0 { return "0" }
    for denominator in [1.0, 2, 4, 8] {
      let numerator = value / Double.pi * denominator
      guard abs(numerator - numerator.rounded()) < 1e-9 * max(1, abs(numerator)), abs(numerator) < 1e9 else { continue }
      let whole = abs(numerator.rounded())
      let factor = whole == 1 ? "" : fixed(whole, decimals: 0)
      return (value < 0 ? minus : "") + factor + "π" + (denominator == 1 ? "" : "/\(Int(denominator))")
    }
    return compact(value)
  }

  /// One value as an axis of this format would label it, on its own.
  public static func text(_ value: Double, format: Axis.Format) -> String {
    switch format {
    case .number: compact(value)
    case .tokens: tokens(value)
    case .pairIndex: fixed(value, decimals: 0)
    case .radians: radians(value)
    case .percent: compact(value * 100) + "\u{00A0}%"
    case .bytes: bytes(value)
    }
  }

  /// The fewest decimals (at most 12) with which all values are exact to a millionth of their smallest step.
  static func decimals(for values: [Double], step: Double) -> Int {
    for places in 0...12 {
      let unit = pow(10, Double(places))
      if values.allSatisfy({ abs($0 * unit - ($0 * unit).rounded()) <= abs(step) * unit * 1e-6 }) { return places }
    }
    return 12
  }

  private static func grouped(_ digits: String) -> String {
    var groups: [Substring] = []
    var rest = Substring(digits)
    while rest.utf8.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    groups.insert(rest, at: 0)
    return groups.joined(separator: thinSpace)
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var result = Substring(text)
    while result.last == "0" { result = result.dropLast() }
    if result.last == "." { result = result.dropLast() }
    return String(result)
  }
}

/// Lengths in tokens as people write them: `4096`, `4k`, `128K`, `1M`, with k = 1024 and M = 1024².
public enum TokenCount {
  /// Nil where the text is no whole number of tokens in 1 … 2^40.
  public static func parse(_ text: String) -> Int? {
    var digits = Substring(text)
    var unit = 1
    switch digits.last {
    case "k", "K": unit = 1024
    case "m", "M": unit = 1024 * 1024
    default: break
    }
    if unit > 1 { digits = digits.dropLast() }
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }) else { return nil }
    guard let number = Double(digits) else { return nil }
    let tokens = number * Double(unit)
    guard tokens >= 1, tokens <= Double(RotaryGeometry.largestLength), tokens == tokens.rounded() else { return nil }
    return Int(tokens)
  }

  /// `128k`, `1M`, or the number in full where it is no multiple of 1024.
  public static func label(_ tokens: Int) -> String {
    if tokens >= 1024 * 1024, tokens.isMultiple(of: 1024 * 1024) { return "\(tokens / (1024 * 1024))M" }
    if tokens >= 1024, tokens.isMultiple(of: 1024) { return "\(tokens / 1024)k" }
    return String(tokens)
  }
}

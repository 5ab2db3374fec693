/// Which link targets a report may carry: a config or record must not be able to plant a script.
enum Address {
  /// Web and mail addresses, and paths relative to the report.
  static func isSafe(_ address: String) -> Bool {
    guard !address.isEmpty, address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
      return false
    }
    let lower = address.lowercased()
    if ["https://", "http://", "mailto:"].contains(where: { lower.hasPrefix($0) }) { return true }
    let head = address.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return !head.contains(":") && !address.hasPrefix("//")
  }
}

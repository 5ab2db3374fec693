/// Which link targets a report may carry: a config or record must not be able to plant a script.
enum Address {
  /// Web and mail addresses, and paths relative to the report, without spaces, quotes or brackets.
  static func isSafe(_ address: String) -> Bool {
    let isClean = address.unicodeScalars.allSatisfy { scalar in
      scalar.value > 0x20 && scalar.value != 0x7F && !"<>\"'`\\{}|^".unicodeScalars.contains(scalar)
    }
    guard !address.isEmpty, isClean else { return false }
    let lower = address.lowercased()
    if ["https://", "http://", "mailto:"].contains(where: { lower.hasPrefix($0) }) { return true }
    let head = address.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return !head.contains(":") && !address.hasPrefix("//")
  }
}

/// Threads that a rule cites.
public enum RuleReference {
  /// The address of `owner/name#number`; nil for references in words.
  public static func address(_ reference: String) -> String? {
    let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, parts[1].allSatisfy(\.isNumber),
      parts[0].split(separator: "/").count == 2,
      !reference.contains(" ")
    else { return nil }
    return "https://github.com/\(parts[0])/issues/\(parts[1])"
  }

  static func markdown(_ reference: String) -> String {
    address(reference).map { "[\(reference)](\($0))" } ?? reference
  }
}

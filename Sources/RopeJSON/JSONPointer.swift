import RopeText

/// JSON pointers (RFC 6901): `/rope_scaling/factor`.
public enum JSONPointer {
  /// A key as one step of a pointer: `~` and `/` are written out.
  public static func escaped(_ key: String) -> String {
    Escaping.pointerPart(key)
  }

  /// A pointer, one step longer.
  public static func adding(_ key: String, to pointer: String) -> String { pointer + "/" + escaped(key) }

  /// The keys that a pointer leads along.
  public static func keys(_ pointer: String) -> [String] {
    pointer.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      Escaping.key(ofPointerPart: Substring($0))
    }
  }
}

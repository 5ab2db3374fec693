extension String {
  /// The beginning of a text of unknown length, for messages.
  ///
  /// - Parameter length: in Unicode scalars: a single character may hold any number of them.
  package func excerpt(_ length: Int = 100) -> String {
    guard let end = unicodeScalars.index(startIndex, offsetBy: length, limitedBy: endIndex), end < endIndex else {
      return self
    }
    return String(unicodeScalars[..<end]) + "…"
  }
}

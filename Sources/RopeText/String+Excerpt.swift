extension StringProtocol {
  /// The beginning of a text of unknown length, for messages.
  ///
  /// - Parameter length: in Unicode scalars: a single character may hold any number of them.
  package func excerpt(_ length: Int = 100) -> String {
    let scalars = String(self).unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: length, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return String(self) }
    return String(scalars[..<end]) + "…"
  }
}

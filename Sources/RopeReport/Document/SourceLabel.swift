/// Marks that lead from a number to its source, and from a table's cell to its note.
enum SourceLabel {
  /// a … z, aa, ab … for 1, 2 …: letters, since a raised digit after a number reads as a power.
  static func text(_ number: Int) -> String {
    var rest = number
    var label = ""
    while rest > 0 {
      rest -= 1
      label = String(UnicodeScalar(UInt8(97 + rest % 26))) + label
      rest /= 26
    }
    return label
  }

  /// *, †, ‡, §, ¶, then doubled and so on, for 1, 2 …
  static func noteMark(_ number: Int) -> String {
    let marks = ["*", "†", "‡", "§", "¶"]
    let place = max(number, 1) - 1
    return String(repeating: marks[place % marks.count], count: place / marks.count + 1)
  }
}

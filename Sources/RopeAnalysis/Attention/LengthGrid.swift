/// Context lengths that attention properties are computed at.
enum LengthGrid {
  /// Powers of two from `first` to `last`, with `including` among them, ascending; `first` is lowered to the
  /// smallest of
  /// `including`, and nothing lies beyond `last`.
  static func powersOfTwo(from first: Int, to last: Int, including: [Int]) -> [Int] {
    let start = min(first, including.min() ?? first)
    let powers = (0...40).map { 1 << $0 }.filter { $0 >= start && $0 <= last }
    return Set(powers + including.filter { $0 >= 1 && $0 <= last }).sorted()
  }
}

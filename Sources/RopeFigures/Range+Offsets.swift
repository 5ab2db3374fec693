extension Range<Int> {
  /// Places about the middle, one apart: −1, 0, 1 of three.
  var offsets: [Double] { map { Double($0 - lowerBound) - Double(count - 1) / 2 } }
}

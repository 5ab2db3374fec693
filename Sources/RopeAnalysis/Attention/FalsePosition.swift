/// The root of a function between two places where it has different signs, by false position in the form of Anderson and
/// Björck (BIT 13, 1973): where an end is kept twice its value is made smaller, by how much the new value fell, so that both
/// ends close in.
struct FalsePosition {
  var low: Double
  var lowValue: Double
  var high: Double
  var highValue: Double

  /// - Parameters:
  ///   - width: the bracket that is narrow enough.
  ///   - size: the value that is small enough.
  func root(width: Double, size: Double, of function: (Double) -> Double) -> Double {
    // The newest place is always `b`; the root lies between `a` and `b`.
    var a = low, aValue = lowValue, b = high, bValue = highValue
    if abs(aValue) < size { return a }
    if abs(bValue) < size { return b }
    for _ in 0..<80 where abs(b - a) > width {
      let middle = (a * bValue - b * aValue) / (bValue - aValue)
      let value = function(middle)
      if abs(value) < size { return middle }
      if (value > 0) == (bValue > 0) {
        let left = 1 - value / bValue
        aValue *= left > 0 ? left : 0.5
      } else {
        (a, aValue) = (b, bValue)
      }
      (b, bValue) = (middle, value)
    }
    return (a + b) / 2
  }
}

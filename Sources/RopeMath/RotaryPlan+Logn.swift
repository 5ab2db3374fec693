extension RotaryPlan {
  /// The `logn` key that position methods take: nil leaves queries alone.
  mutating func scaleQueries(lognLength: Double?) {
    if let lognLength { queryScale = .logarithmic(trainedLength: lognLength) }
  }
}

/// Moves intervals on a line so that none overlap, as little as possible.
public enum LabelStack {
  /// New centres of items with the given centres and sizes, in the given order along the line, inside `bounds`.
  ///
  /// Least squares of the displacements (isotonic regression by pooling adjacent violators). Nil where the items
  /// together are longer than the bounds.
  public static func centres(
    _ wanted: [Double], sizes: [Double], gap: Double, bounds: ClosedRange<Double>
  ) -> [Double]? {
    guard wanted.count == sizes.count else { return nil }
    guard !wanted.isEmpty else { return [] }
    let total = sizes.reduce(0, +) + gap * Double(sizes.count - 1)
    guard total <= bounds.upperBound - bounds.lowerBound + 1e-9 else { return nil }

    // Subtracting what lies before each item turns "no overlap" into "ascending".
    var offsets: [Double] = []
    var before = 0.0
    for size in sizes {
      offsets.append(before + size / 2)
      before += size + gap
    }
    var blocks: [(sum: Double, count: Int)] = []
    for (centre, offset) in zip(wanted, offsets) {
      blocks.append((centre - offset, 1))
      while blocks.count > 1 {
        let last = blocks[blocks.count - 1]
        let previous = blocks[blocks.count - 2]
        guard previous.sum / Double(previous.count) > last.sum / Double(last.count) else { break }
        blocks.removeLast(2)
        blocks.append((previous.sum + last.sum, previous.count + last.count))
      }
    }
    let starts = blocks.flatMap { block in
      Array(repeating: block.sum / Double(block.count), count: block.count)
    }
    let highest = bounds.upperBound - total
    return zip(starts, offsets).map { min(max($0, bounds.lowerBound), highest) + $1 }
  }
}

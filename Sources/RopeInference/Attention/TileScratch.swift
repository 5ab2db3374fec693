import CVectorLoops
import RopeMath

/// What one worker needs for a tile of queries: scores, running maxima and sums, and the keys that each row may read.
final class TileScratch {
  enum Coverage {
    case none
    case some
    case all
  }

  /// `[row][key]`, from the first key of a panel on.
  let scores: Buffer<Float>
  /// Scores of a band before they are merged.
  let other: Buffer<Float>
  let result: Buffer<Float>
  let largest: Buffer<Float>
  let sums: Buffer<Float>
  let corrections: Buffer<Float>
  /// Numbers from one row of scores to the next.
  let stride: Int
  /// The keys that scores are of.
  var tile = 0..<0
  private let features: Int
  /// The keys that all rows see, where each sees one run of them.
  private var common = 0..<0
  private var visible: [KeyIntervals] = []
  /// `[band][row]`.
  private var regions: [[Range<Int>]] = []
  private(set) var lowestKey = 0
  private(set) var highestKey = 0

  init(columns: Int, features: Int, bands: Int) {
    let rows = TiledAttention.queryRows
    // Room for whole panels at both ends; no power of two, so that rows lie in different places of the nearest cache.
    let panel = TiledAttention.panel
    stride = (columns + panel - 1) / panel * panel + 2 * panel
    scores = Buffer(rows * stride)
    other = Buffer(bands > 1 ? rows * stride : 0)
    result = Buffer(rows * features)
    largest = Buffer(rows)
    sums = Buffer(rows)
    corrections = Buffer(rows)
    self.features = features
  }

  /// The scores of a row, the tile's first key first.
  func line(_ row: Int) -> UnsafeMutablePointer<Float> { line(row, in: scores) }

  private func line(_ row: Int, in buffer: Buffer<Float>) -> UnsafeMutablePointer<Float> {
    buffer.pointer + row * stride + tile.lowerBound % TiledAttention.panel
  }

  /// Prepares for the queries at `rows`.
  func begin(_ rows: Range<Int>, plan: RotaryPlan, isShifted: Bool, window: Int?, chunk: Int? = nil) {
    visible = rows.map {
      KeyIntervals(visibility: plan.visibility, query: $0, isShifted: isShifted, window: window, chunk: chunk)
    }
    regions =
      plan.bands == [.plain]
      ? [] : plan.bands.map { band in rows.map { band.region.keys(of: $0, below: rows.upperBound) } }
    let last = visible.map { $0.first.lowerBound }.max() ?? 0, end = visible.map { $0.first.upperBound }.min() ?? 0
    common = visible.allSatisfy { $0.second.isEmpty } && last < end ? last..<end : 0..<0
    lowestKey = visible.lazy.filter { !$0.isEmpty }.map { $0.lowest }.min() ?? 0
    highestKey = visible.lazy.filter { !$0.isEmpty }.map { $0.highest }.max() ?? 0
    result.pointer.update(repeating: 0, count: rows.count * features)
    largest.pointer.update(repeating: -.infinity, count: rows.count)
    sums.pointer.update(repeating: 0, count: rows.count)
  }

  private func isCommon(_ keys: Range<Int>) -> Bool { keys.clamped(to: common) == keys }

  /// The smallest range that holds all keys of `tile` that some row sees; nil where none sees any.
  func visibleHull(in tile: Range<Int>) -> Range<Int>? {
    guard !isCommon(tile) else { return tile }
    var low = Int.max, high = 0
    for row in visible {
      let seen = row.clamped(to: tile)
      guard !seen.isEmpty else { continue }
      low = min(low, seen.lowest)
      high = max(high, seen.highest)
    }
    return low < high ? low..<high : nil
  }

  /// How many of the pairs that are seen a band's region holds.
  func coverage(of band: Int, in tile: Range<Int>) -> Coverage {
    guard !regions.isEmpty else { return .all }
    var holdsSome = false, missesSome = false
    for (row, intervals) in visible.enumerated() {
      let seen = intervals.clamped(to: tile)
      guard !seen.isEmpty else { continue }
      let held = seen.clamped(to: regions[band][row]).count
      holdsSome = holdsSome || held > 0
      missesSome = missesSome || held < seen.count
      if holdsSome && missesSome { return .some }
    }
    return holdsSome ? .all : .none
  }

  /// Takes a band's scores over, or adds them, where its region holds.
  func place(_ band: Int, _ tile: Range<Int>, adds: Bool) {
    for row in visible.indices {
      let keys = regions[band][row].clamped(to: tile)
      guard !keys.isEmpty else { continue }
      let target = line(row) + keys.lowerBound - tile.lowerBound
      let source = line(row, in: other) + keys.lowerBound - tile.lowerBound
      if adds {
        vector_add(target, source, keys.count)
      } else {
        target.update(from: source, count: keys.count)
      }
    }
  }

  /// Sets the scores of keys that a row does not see to −∞.
  func hideUnseen(_ tile: Range<Int>) {
    guard !isCommon(tile) else { return }
    for (row, intervals) in visible.enumerated() {
      let seen = intervals.clamped(to: tile)
      guard seen.count < tile.count else { continue }
      let line = line(row) - tile.lowerBound
      func hide(_ keys: Range<Int>) {
        (line + keys.lowerBound).update(repeating: -.infinity, count: keys.count)
      }
      let middle = seen.first.isEmpty ? tile.lowerBound : seen.first.upperBound
      if !seen.first.isEmpty { hide(tile.lowerBound..<seen.first.lowerBound) }
      if seen.second.isEmpty {
        hide(middle..<tile.upperBound)
      } else {
        hide(middle..<seen.second.lowerBound)
        hide(seen.second.upperBound..<tile.upperBound)
      }
    }
  }

  /// A step of landmark attention's two softmaxes; see `Normalisation.landmark`. `tile` begins with a block.
  func landmarkStep(_ tile: Range<Int>, _ rows: Range<Int>, blockLength: Int) {
    for (row, p) in rows.enumerated() {
      let line = line(row) - tile.lowerBound
      let ownStart = p / blockLength * blockLength
      var top = largest.pointer[row]
      var blocks: [Range<Int>] = []  // ordinary keys of earlier blocks of which the row sees some
      for start in Swift.stride(from: tile.lowerBound, to: min(tile.upperBound, ownStart), by: blockLength) {
        let ordinary = start..<start + blockLength - 1
        guard ordinary.contains(where: { line[$0] > -.infinity }) else { continue }
        blocks.append(ordinary)
        top = max(top, line[ordinary.upperBound])
      }
      let own =
        ownStart >= tile.upperBound || ownStart < tile.lowerBound
        ? 0..<0 : ownStart..<max(ownStart, min(p + 1, ownStart + blockLength - 1))
      for key in own { top = max(top, line[key]) }
      guard top > -.infinity else {
        (line + tile.lowerBound).update(repeating: 0, count: tile.count)
        corrections.pointer[row] = 1
        continue
      }
      let correction = VectorLoops.exp([largest.pointer[row] - top])[0]
      var sum = sums.pointer[row] * correction
      // Rows of weights: the shifted exponentials of own keys, those of landmarks spread over their blocks.
      var weights = [Float](repeating: 0, count: tile.count)
      for block in blocks {
        let gate = VectorLoops.exp([line[block.upperBound] - top])[0]
        sum += gate
        var inner = Array(UnsafeBufferPointer(start: line + block.lowerBound, count: block.count))
        var innerTop = -Float.infinity, innerSum: Float = 0
        _ = VectorLoops.softmaxStep(&inner, largest: &innerTop, sum: &innerSum)
        for (i, value) in inner.enumerated() {
          weights[block.lowerBound - tile.lowerBound + i] = gate * value / innerSum
        }
      }
      if !own.isEmpty {
        let shifted = VectorLoops.exp(own.map { line[$0] - top })
        for (i, value) in shifted.enumerated() {
          weights[own.lowerBound - tile.lowerBound + i] = value
          sum += value
        }
      }
      (line + tile.lowerBound).update(from: weights, count: tile.count)
      corrections.pointer[row] = correction
      sums.pointer[row] = sum
      largest.pointer[row] = top
    }
  }
}

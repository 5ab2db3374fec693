import RopeMath
import RopeTensors

/// The numbers of one dumped tensor, in the arrangement that they turn out to have.
struct DumpedTable {
  private let rows: Int
  private let width: Int
  private let values: [Double]
  /// Relative error that the storage itself makes.
  private let storage: Double

  /// Whether a tensor of this shape can hold one number a pair, or rows of them, of at most 2^24 positions.
  static func fits(_ shape: [Int], pairs: Int) -> Bool {
    let extents = shape.filter { $0 != 1 }
    guard let width = extents.last, pairs > 0, width == pairs || width == 2 * pairs else { return false }
    guard extents.count <= 2 else { return false }
    return extents.count == 1 || (1...1 << 24).contains(extents[0])
  }

  init(_ tensor: Tensor<Double>, type: ElementType) {
    let shape = tensor.shape.filter { $0 != 1 }
    let last = shape.last ?? 1
    width = last
    rows = last == 0 ? 0 : tensor.values.count / last
    values = tensor.values
    storage =
      switch type {
      case .bfloat16: 0x1p-8
      case .float16: 0x1p-11
      default: 0
      }
  }

  /// Kind, error in units of tolerance, and largest difference; nil where the sizes do not fit the layer.
  func compare(with layer: RuntimeLayer) -> (kind: TensorMatch.Kind, error: Double, difference: Double)? {
    let pairs = layer.plan.pairCount
    guard pairs > 0, rows > 0 else { return nil }
    if rows == 1 { return width == pairs ? frequencies(layer) : nil }
    if width == pairs { return table(layer, column: { $0 }, isSine: isZeroRow) }
    guard width == 2 * pairs else { return nil }
    if isDuplicated({ $0 + pairs }, pairs) { return table(layer, column: { $0 }, isSine: isZeroRow) }
    if isDuplicated({ 2 * $0 + 1 }, pairs, first: { 2 * $0 }) {
      return table(layer, column: { 2 * $0 }, isSine: isZeroRow)
    }
    let cosines = table(layer, column: { $0 }, isSine: false)
    let sines = table(layer, column: { $0 + pairs }, isSine: true)
    return (.cosinesAndSines, max(cosines.error, sines.error), max(cosines.difference, sines.difference))
  }

  private func value(_ row: Int, _ column: Int) -> Double { values[row * width + column] }

  /// The first row is position 0: all sines are 0 there.
  private var isZeroRow: Bool { (0..<width).allSatisfy { value(0, $0) == 0 } }

  private func isDuplicated(_ second: (Int) -> Int, _ pairs: Int, first: (Int) -> Int = { $0 }) -> Bool {
    sampledRows.allSatisfy { row in (0..<pairs).allSatisfy { value(row, first($0)) == value(row, second($0)) } }
  }

  /// At most 65 rows, spread evenly, the last among them.
  private var sampledRows: [Int] {
    let step = max(1, rows / 64)
    return Array(stride(from: 0, to: rows, by: step)) + [rows - 1]
  }

  private func frequencies(_ layer: RuntimeLayer) -> (kind: TensorMatch.Kind, error: Double, difference: Double) {
    // Frequencies never exceed their first one; reciprocals grow.
    let isReciprocal = values[width - 1] > values[0]
    let expected = layer.plan.inverseFrequencies.map { isReciprocal ? 1 / $0 : $0 }
    let difference = zip(values, expected).map { PlanComparison.relative($0, $1) }.max() ?? 0
    let tolerance = 16 * 0x1p-23 + storage
    return (
      isReciprocal ? .reciprocals : .inverseFrequencies, difference.isNaN ? .infinity : difference / tolerance,
      difference
    )
  }

  private func table(
    _ layer: RuntimeLayer, column: (Int) -> Int, isSine: Bool
  ) -> (kind: TensorMatch.Kind, error: Double, difference: Double) {
    let factor = max(1, abs(layer.plan.attentionFactor))
    var error = 0.0
    var largest = 0.0
    for row in sampledRows {
      let own = layer.table(at: row)
      for (i, expected) in (isSine ? own.sines : own.cosines).enumerated() {
        let difference = abs(value(row, column(i)) - Double(expected))
        let tolerance = factor * (3e-7 + 6e-7 * Double(row) * abs(layer.plan.inverseFrequencies[i]) + storage)
        error = max(error, difference.isNaN ? .infinity : difference / tolerance)
        largest = max(largest, difference)
      }
    }
    return (isSine ? .sines : .cosines, error, largest)
  }
}

import CVectorLoops
import RopeInference
import RopeMath
import Testing

/// Matrix products by every path of this processor, against loops over each number.
@Suite struct ProductTests {
  /// Rows, outputs, inputs: around the sizes of tiles, panels and blocks of sums, and odd ones.
  static let shapes = [
    [1, 1, 1], [1, 33, 7], [2, 16, 2], [3, 17, 5], [4, 15, 255], [5, 32, 256], [13, 31, 257], [14, 48, 64],
    [15, 49, 512], [28, 64, 513], [57, 80, 96], [257, 35, 300], [19, 20, 1024], [6, 5, 2048],
  ]
  static let paths = ProductPath.allCases.filter(\.runsHere)

  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float(generator.nextUniform() * 2 - 1) }
  }

  /// In float64, with what a sum of magnitudes may be off by beside it.
  private func exact(_ x: [Float], _ weights: [Float], _ shape: [Int]) -> (values: [Double], magnitudes: [Double]) {
    var values: [Double] = [], magnitudes: [Double] = []
    for row in 0..<shape[0] {
      for output in 0..<shape[1] {
        var sum = 0.0, magnitude = 0.0
        for i in 0..<shape[2] {
          let term = Double(x[row * shape[2] + i]) * Double(weights[output * shape[2] + i])
          sum += term
          magnitude += abs(term)
        }
        values.append(sum)
        magnitudes.append(magnitude)
      }
    }
    return (values, magnitudes)
  }

  /// The nearest bfloat16 number as its definition has it: of the two neighbours the nearer one, of equals the even one.
  private func nearest(_ x: Float) -> Float {
    let below = Float(bitPattern: x.bitPattern & 0xFFFF_0000)
    let above = Float(bitPattern: (x.bitPattern & 0xFFFF_0000) &+ 0x1_0000)
    let down = abs(x - below), up = abs(above - x)
    return down < up || down == up && below.bitPattern & 0x1_0000 == 0 ? below : above
  }

  @Test func pathsEqualTheLoopBitForBit() {
    // All of them add in one order with one rounding a term, where the processor can.
    for (seed, shape) in Self.shapes.enumerated() {
      let x = numbers(shape[0] * shape[2], seed: UInt64(seed))
      let weights = numbers(shape[1] * shape[2], seed: 50 + UInt64(seed))
      for precision in [ProductPrecision.full, .bfloat16] {
        let plain = Products.multiply(x, by: weights, inputs: shape[2], precision: precision, path: PRODUCT_PLAIN)
        for path in [ProductPath.avx2, .avx512] where path.runsHere {
          let fast = Products.multiply(x, by: weights, inputs: shape[2], precision: precision, path: path.code)
          #expect(fast == plain, "\(shape), \(precision), \(path.rawValue)")
        }
      }
    }
  }

  @Test(arguments: paths) func productsAreNearTheExactOnes(_ path: ProductPath) {
    var worst = [ProductPrecision.full: 0.0, .bfloat16: 0.0]
    for (seed, shape) in Self.shapes.enumerated() {
      let x = numbers(shape[0] * shape[2], seed: UInt64(seed))
      let weights = numbers(shape[1] * shape[2], seed: 50 + UInt64(seed))
      for precision in path == .pairs || path == .tiles ? [ProductPrecision.bfloat16] : [.full, .bfloat16] {
        let isRounded = precision == .bfloat16
        let truth = exact(isRounded ? x.map(nearest) : x, isRounded ? weights.map(nearest) : weights, shape)
        let fast = Products.multiply(x, by: weights, inputs: shape[2], precision: precision, path: path.code)
        guard fast.count == truth.values.count else {
          Issue.record("\(shape): \(fast.count) numbers")
          return
        }
        for i in fast.indices {
          let error = abs(Double(fast[i]) - truth.values[i]) / truth.magnitudes[i]
          worst[precision] = max(worst[precision] ?? 0, error)
        }
      }
    }
    print("products, \(path.rawValue): off by at most \(worst) of the sum of magnitudes")
    #expect(worst.values.allSatisfy { $0 <= 5e-7 })
  }

  @Test func roundingIsToTheNearestTiesToEven() {
    var values =
      numbers(4000, seed: 3) + [
        0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, .leastNormalMagnitude / 4, -3e38,
      ]
    // Ties, and what lies beside them.
    for bits in [0x3F80_8000, 0x3F81_8000, 0x3F80_8001, 0x3F80_7FFF, 0xC001_8000, 0x7F7F_8000, 0x7F7F_7FFF] as [UInt32]
    {
      values.append(Float(bitPattern: bits))
    }
    let rounded = Products.roundedToBFloat16(values)
    for (value, result) in zip(values, rounded) {
      let expected = value.isFinite && abs(value) < 3.39e38 ? nearest(value) : value
      if abs(value) >= 3.39e38, value.isFinite { continue }
      #expect(result.bitPattern == expected.bitPattern, "\(value) gives \(result)")
    }
    #expect(Products.roundedToBFloat16([Float(bitPattern: 0x7F7F_8000)]) == [.infinity])
    #expect(Products.roundedToBFloat16([Float(bitPattern: 0x7F80_0001)])[0].isNaN)
  }

  @Test func float64ProductsAreExactToRounding() {
    for (seed, shape) in Self.shapes.enumerated() {
      let x = numbers(shape[0] * shape[2], seed: UInt64(seed))
      let weights = numbers(shape[1] * shape[2], seed: 50 + UInt64(seed))
      let truth = exact(x, weights, shape)
      let fast = Products.multiply(x.map { Double($0) }, by: weights.map { Double($0) }, inputs: shape[2])
      for i in truth.values.indices {
        #expect(abs(fast[i] - truth.values[i]) <= 1e-14 * truth.magnitudes[i], "\(shape)")
      }
    }
  }
}

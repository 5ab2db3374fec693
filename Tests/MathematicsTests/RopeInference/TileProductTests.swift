import CVectorLoops
import RopeInference
import RopeMath
import Testing

/// Products on tiles with the instructions written out in C, and on AMX where it is, against the plain path.
@Suite struct TileProductTests {
  static let paths = [PRODUCT_TILES_EMULATED] + (ProductPath.tiles.runsHere ? [PRODUCT_TILES] : [])
  /// Around one and two tiles of rows and of outputs, and of terms; around a block of each, and odd counts.
  static let rows = [1, 16, 17, 32, 33, 257]
  static let outputs = [1, 15, 16, 17, 33, 80]
  static let inputs = [1, 2, 31, 32, 33, 64, 255, 257]

  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float(generator.nextUniform() * 2 - 1) }
  }

  @Test(arguments: rows) func tilesGiveThePlainPathsSumsButForRounding(_ rows: Int) {
    var seed: UInt64 = 0
    for outputs in Self.outputs {
      for inputs in Self.inputs {
        seed += 1
        let x = numbers(rows * inputs, seed: seed), weights = numbers(outputs * inputs, seed: 1000 + seed)
        let start = seed % 2 == 0 ? numbers(rows * outputs, seed: 2000 + seed) : nil
        let plain = Products.multiplyApart(
          x, by: weights, inputs: inputs, addedTo: start, margin: 3, path: PRODUCT_PLAIN)
        for path in Self.paths {
          let tiles = Products.multiplyApart(x, by: weights, inputs: inputs, addedTo: start, margin: 3, path: path)
          let context = Comment("\(rows), \(outputs), \(inputs), path \(path.rawValue)")
          let bound = 5e-7 * Float(1 + inputs / 4)
          let areNear = zip(tiles.results, plain.results).allSatisfy { abs($0 - $1) <= bound }
          #expect(areNear, context)
          let areLeft = tiles.behind.allSatisfy { $0.isNaN }
          #expect(areLeft, context)
        }
      }
    }
  }

  @Test func tilesSumEvenAndOddTermsApart() {
    // One after another, the large numbers swallow the first 1.
    let x: [Float] = [0x1p30, 1, -0x1p30, 1], ones = [Float](repeating: 1, count: 4)
    for path in Self.paths {
      #expect(Products.multiply(x, by: ones, inputs: 4, precision: .bfloat16, path: path) == [2])
    }
    #expect(Products.multiply(x, by: ones, inputs: 4, precision: .bfloat16, path: PRODUCT_PLAIN) == [1])
  }

  @Test func tilesTakeNumbersBelowTheNormalOnesForZero() {
    for path in Self.paths {
      let product = Products.multiply(
        [0x1p-130], by: [0x1p100], inputs: 1, precision: .bfloat16, path: path)
      #expect(product == [0])
    }
  }

  @Test func pathsAgreeWithThePlainOne() {
    for path in ProductPath.allCases where path.runsHere { #expect(product_path_agrees(path.code) != 0, "\(path)") }
    #expect(product_path_agrees(PRODUCT_TILES_EMULATED) != 0)
  }

  @Test func tilesAreTakenWhereTheyRun() {
    #expect((ProductPath.bfloat16 == .tiles) == ProductPath.tiles.runsHere)
  }
}

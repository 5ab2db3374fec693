import Foundation
import RopeTensors
import RopeTestSupport
import Testing

@Suite struct BlockFormatTests {
  private struct Expected: Decodable {
    struct Block: Decodable {
      let bytes: String
      let numbers: [Float]
    }

    struct Row: Decodable {
      let tensor: String
      let type: String
      let shape: [Int]
      let row: Int
      let first: [Float]
      let sum: Double
      let absolute_sum: Double
    }

    let blocks: [String: Block]
    let models: [String: [Row]]
  }

  private static func expected() throws -> Expected {
    try JSONDecoder().decode(Expected.self, from: Fixtures.data("gguf/blocks.json"))
  }

  private func bytes(hexadecimal: String) throws -> [UInt8] {
    let digits = Array(hexadecimal)
    return try stride(from: 0, to: digits.count, by: 2).map {
      try #require(UInt8(String(digits[$0...$0 + 1]), radix: 16))
    }
  }

  /// The types without blocks; `QuantisedBlockTests` has the others.
  @Test func plainNumbersExpandExactly() throws {
    let expected = try Self.expected()
    #expect(expected.blocks.count == 2)
    for (name, block) in expected.blocks.sorted(by: { $0.key < $1.key }) {
      let type = try #require(BlockFormat.table.first { $0.value.name == name }?.key)
      var writer = GGUFWriter()
      writer.tensors = [
        .init("t", shape: [block.numbers.count], type: type, bytes: try bytes(hexadecimal: block.bytes))
      ]
      let values = try GGUF(writer.bytes).float32("t").values
      #expect(values == block.numbers, "\(name)")
    }
  }

  @Test func rowsComeFromTheirPlace() throws {
    var writer = GGUFWriter()
    let numbers = (0..<24).map(Float.init)
    writer.tensors = [
      .init("first", shape: [3], float32: [1, 2, 3]), .init("cube", shape: [2, 3, 4], float32: numbers),
    ]
    let file = try GGUF(writer.bytes)
    #expect(file.tensorNames == ["cube", "first"])
    #expect(try file.shape(of: "cube") == [2, 3, 4])
    #expect(try file.extent(of: "cube") == (6, 4))
    var buffer = [Float](repeating: -1, count: 9)
    try buffer.withUnsafeMutableBufferPointer { try file.readFloat32("cube", rows: 2..<4, into: $0) }
    #expect(buffer == [8, 9, 10, 11, 12, 13, 14, 15, -1])
    #expect(try file.float32("cube").values == numbers)
    for rows in [5..<7, 0..<3] {
      #expect(throws: TensorError.rows(name: "cube", asked: rows, rows: 6, columns: 4, capacity: 9)) {
        try buffer.withUnsafeMutableBufferPointer { try file.readFloat32("cube", rows: rows, into: $0) }
      }
    }
  }

  @Test(.enabled(if: RealModels.smolLM2 != nil && RealModels.gemma3 != nil))
  func publishedModelsExpandAsInGGUFPy() throws {
    for (model, rows) in try Self.expected().models {
      let file = try GGUF(path: try #require(RealModels.path(model)))
      for row in rows {
        let tensor = try file.tensor(row.tensor)
        #expect(tensor.shape == row.shape && tensor.format.name == row.type)
        var values = [Float](repeating: .nan, count: tensor.columns)
        try values.withUnsafeMutableBufferPointer { try file.expand(rows: row.row..<row.row + 1, of: tensor, into: $0) }
        let sum = values.reduce(0) { $0 + Double($1) }
        let absolute = values.reduce(0) { $0 + Double($1.magnitude) }
        print("\(model) \(row.tensor) \(row.type): sum \(sum), expected \(row.sum)")
        #expect(
          abs(sum - row.sum) <= 1e-7 * row.absolute_sum && abs(absolute - row.absolute_sum) <= 1e-7 * row.absolute_sum)
        for (value, first) in zip(values, row.first) { #expect(abs(value - first) <= 0x1p-22 * max(abs(first), 0.01)) }
      }
    }
  }
}

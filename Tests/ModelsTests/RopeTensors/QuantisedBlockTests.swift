import Foundation
import RopeTensors
import RopeTestSupport
import Testing

/// Every quantised type of ggml, bit for bit as gguf-py expands it (Tests/Fixtures/gguf/make-lattices.py).
@Suite struct QuantisedBlockTests {
  private struct Expected: Decodable {
    let blocks: Data
    let first: Data
    let hash: String
  }

  private static func expected() throws -> [String: Expected] {
    try JSONDecoder().decode([String: Expected].self, from: Fixtures.data("gguf/lattices.json"))
  }

  private func file(_ name: String, _ blocks: Data, repeated: Int = 1) throws -> GGUF {
    let (type, format) = try #require(BlockFormat.table.first { $0.value.name == name })
    var writer = GGUFWriter()
    let bytes = Array(repeatElement(Array(blocks), count: repeated).joined())
    let count = bytes.count / format.byteCount
    writer.tensors = [.init("t", shape: [count, format.length], type: type, bytes: bytes)]
    return try GGUF(writer.bytes)
  }

  @Test func everyTypeExpandsBitForBit() throws {
    let expected = try Self.expected()
    let types = Set(BlockFormat.table.values.filter { $0.length > 1 && $0.isReadable }.map(\.name))
    #expect(types == Set(expected.keys))
    for (name, golden) in expected {
      let values = try file(name, golden.blocks).float32("t").values
      let first = golden.first.withUnsafeBytes { bytes in
        stride(from: 0, to: bytes.count, by: 4).map {
          bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self).littleEndian
        }
      }
      for (place, (value, bits)) in zip(values, first).enumerated() where value.bitPattern != bits {
        Issue.record("\(name): number \(place) is \(value), expected \(Float(bitPattern: bits))")
        break
      }
      #expect(FNV.hash(values) == golden.hash, "\(name)")
    }
  }

  /// Blocks expand one by one as they do together: none reads or writes beside its own.
  @Test func blocksAreApart() throws {
    for (name, golden) in try Self.expected() {
      let file = try file(name, golden.blocks)
      let whole = try file.float32("t").values
      let length = whole.count / 64
      var row = [Float](repeating: .nan, count: length + 1)
      for block in [0, 31, 63] {
        try row.withUnsafeMutableBufferPointer { try file.readFloat32("t", rows: block..<block + 1, into: $0) }
        #expect(
          row[..<length].elementsEqual(whole[block * length..<(block + 1) * length]) && row[length].isNaN, "\(name)")
      }
    }
  }

  /// No type expands number by number through a switch or a dictionary.
  @Test func expandingIsQuick() throws {
    var rates: [String: Double] = [:]
    for (name, golden) in try Self.expected() {
      let file = try file(name, golden.blocks, repeated: 200)
      let (rows, columns) = try file.extent(of: "t")
      var numbers = [Float](repeating: 0, count: rows * columns)
      var best = Duration.seconds(100)
      for _ in 0..<3 {
        let time = try ContinuousClock().measure {
          try numbers.withUnsafeMutableBufferPointer { try file.readFloat32("t", rows: 0..<rows, into: $0) }
        }
        best = min(best, time)
      }
      rates[name] = Double(numbers.count) / (best / .seconds(1)) / 1e9
    }
    // In one run, beside a type that is one product a number.
    let plain = try #require(rates["Q8_0"])
    for (name, rate) in rates.sorted(by: { $0.value < $1.value }) {
      print("\(name): \((rate * 100).rounded() / 100) billion numbers a second")
      #expect(rate > plain / 8, "\(name)")
    }
  }
}

/// FNV-1a of 64 bits over the bytes of numbers.
enum FNV {
  static func hash(_ values: [Float]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in values {
      for byte in littleEndian(value.bitPattern) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

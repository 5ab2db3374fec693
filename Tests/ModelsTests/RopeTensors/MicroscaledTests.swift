import Foundation
import RopeTensors
import RopeTestSupport
import Testing

/// MXFP4 in safetensors, by the definition of the format.
@Suite struct MicroscaledTests {
  /// Two experts of three rows of two groups.
  private static let blocks: [UInt8] = (0..<192).map { (index: Int) -> UInt8 in
    UInt8(truncatingIfNeeded: index * 37 + index / 7)
  }
  private static let scales: [UInt8] = [127, 128, 126, 0, 120, 254, 1, 129, 127, 125, 130, 119]

  private func file(_ scaleShape: String = "[2,3,2]", _ names: (String, String) = ("w_blocks", "w_scales")) throws
    -> Safetensors
  {
    let count = Self.blocks.count
    let header =
      #"{"\#(names.0)":{"dtype":"U8","shape":[2,3,2,16],"data_offsets":[0,\#(count)]},"#
      + #""\#(names.1)":{"dtype":"U8","shape":\#(scaleShape),"data_offsets":[\#(count),\#(count + 12)]}}"#
    return try Safetensors(littleEndian(UInt64(header.utf8.count)) + Array(header.utf8) + Self.blocks + Self.scales)
  }

  @Test func numbersAreLevelsTimesPowersOfTwo() throws {
    let file = try file()
    #expect(try file.shape(of: "w_blocks") == [2, 3, 64])
    // E2M1: a sign, two bits of exponent with bias 1, one of mantissa.
    func level(_ q: UInt8) -> Double {
      let exponent = Int(q >> 1 & 3), mantissa = Double(q & 1)
      let magnitude = exponent == 0 ? mantissa / 2 : (1 + mantissa / 2) * pow(2, Double(exponent - 1))
      return q & 8 == 0 ? magnitude : -magnitude
    }
    let values = try file.float32("w_blocks").values
    for (index, value) in values.enumerated() {
      let byte = Self.blocks[index / 2], q = index.isMultiple(of: 2) ? byte & 15 : byte >> 4
      let expected = level(q) * pow(2, Double(Self.scales[index / 32]) - 127)
      #expect(Double(value) == Double(Float(expected)), "\(index)")
    }
    // Some rows are those of the whole.
    var part = [Float](repeating: 0, count: 128)
    try part.withUnsafeMutableBufferPointer { buffer throws(TensorError) in
      try file.readFloat32("w_blocks", rows: 2..<4, into: buffer)
    }
    #expect(part == Array(values[128..<256]))
  }

  @Test func scalesMustBeThereAndFit() throws {
    func message(_ file: Safetensors) -> String {
      do {
        _ = try file.float32("w_blocks")
        return "none"
      } catch { return "\(error)" }
    }
    #expect(try message(file("[2,6]")).contains("U8 of shape [2, 3, 2]"))
    #expect(try message(file("[2,3,2]", ("w_blocks", "v_scales"))).contains("w_scales"))
    #expect(try file("[2,3,2]", ("w", "w_scales")).shape(of: "w") == [2, 3, 2, 16])
  }
}

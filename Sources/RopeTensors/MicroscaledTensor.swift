/// A matrix, or a stack of them, in MXFP4 as gpt-oss has them in safetensors: `…_blocks`, `[…, rows, groups, 16]` bytes of
/// two numbers each, the first in the low half, and `…_scales`, `[…, rows, groups]` exponents:
/// `x = 2^(e − 127) · level(q)` (OCP Microscaling Formats 1.0, E2M1 and E8M0).
///
/// Such a tensor reads as the numbers that it packs, `[…, rows, 32 · groups]`.
struct MicroscaledTensor {
  private let blocks: Safetensors.Entry
  private let scales: Safetensors.Entry
  private let file: Safetensors
  private let scaleFile: Safetensors

  /// The shape of the numbers; nil for a tensor that is none of this kind.
  static func shape(of name: String, _ entry: Safetensors.Entry) -> [Int]? {
    guard name.hasSuffix("_blocks"), entry.type == .uint8, entry.shape.count >= 3, entry.shape.last == 16 else {
      return nil
    }
    return entry.shape.dropLast(2) + [32 * entry.shape[entry.shape.count - 2]]
  }

  /// - Throws: `TensorError.missing` where the scales are, `.type` where they do not fit.
  init(_ name: String, _ entry: Safetensors.Entry, in file: Safetensors, scalesFrom source: some ScaleSource)
    throws(TensorError)
  {
    let own = String(name.dropLast("_blocks".count)) + "_scales"
    guard let holder = source.file(of: own) else { throw .missing(name: own, known: source.tensorNames) }
    let scales = try holder.entry(own)
    guard scales.type == .uint8, scales.shape == entry.shape.dropLast() else {
      throw .type(
        name: own, found: "\(scales.type.rawValue) of shape \(scales.shape)",
        expected: "U8 of shape \(Array(entry.shape.dropLast()))")
    }
    blocks = entry
    self.scales = scales
    self.file = file
    scaleFile = holder
  }

  /// - Parameter target: room for `rows.count` rows.
  func read(rows: Range<Int>, into target: UnsafeMutablePointer<Float>) throws(TensorError) {
    let groups = scales.shape.last ?? 0
    let count = rows.count * groups, first = rows.lowerBound * groups
    let bytes = try file.bytes(blocks.bytes.lowerBound + 16 * first..<blocks.bytes.lowerBound + 16 * (first + count))
    let exponents = try scaleFile.bytes(scales.bytes.lowerBound + first..<scales.bytes.lowerBound + first + count)
    for group in 0..<count {
      let exponent = UInt32(exponents[group])
      // 2^−127 is no normal number.
      let scale = Float(bitPattern: exponent == 0 ? 0x0040_0000 : exponent << 23)
      for i in 0..<16 {
        let byte = Int(bytes[16 * group + i])
        target[32 * group + 2 * i] = Self.levels[byte & 15] * scale
        target[32 * group + 2 * i + 1] = Self.levels[byte >> 4] * scale
      }
    }
  }

  private static let levels: [Float] = [0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6]
}

/// Where the scales of a tensor are: its own file, or any file of the model.
protocol ScaleSource: WeightSource {
  /// The file that holds a tensor; nil where none does.
  func file(of name: String) -> Safetensors?
}

extension Safetensors: ScaleSource {
  func file(of name: String) -> Safetensors? { entries[name] == nil ? nil : self }
}

extension ShardedSafetensors: ScaleSource {
  func file(of name: String) -> Safetensors? { try? shard(of: name) }
}

/// Packs bits from the least significant end, as deflate wants them.
struct BitWriter {
  private var bytes: [UInt8] = []
  private var buffer: UInt64 = 0
  private var held = 0

  /// The lowest `count` bits, at most 32.
  mutating func write(_ value: UInt32, _ count: Int) {
    buffer |= UInt64(value) << UInt64(held)
    held += count
    while held >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: buffer))
      buffer >>= 8
      held -= 8
    }
  }

  /// All bytes, the last one filled with zeros.
  mutating func finished() -> [UInt8] {
    if held > 0 { bytes.append(UInt8(truncatingIfNeeded: buffer)) }
    buffer = 0
    held = 0
    return bytes
  }
}

/// FNV-1a, 64 bits: the same on every machine and in every run, unlike the standard library's. It tells contents apart;
/// it is no protection against somebody who wants two to look alike.
public struct StableHash: Sendable, Hashable {
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  public init() {}

  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var value = value
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    self.value = value
  }

  /// The word's bytes, lowest first.
  public mutating func add(_ word: UInt64) { withUnsafeBytes(of: word.littleEndian) { add($0) } }

  /// The text in UTF-8 and a byte of 0, so that what follows does not run into it.
  public mutating func add(_ text: String) {
    Array(text.utf8).withUnsafeBytes { add($0) }
    withUnsafeBytes(of: UInt8(0)) { add($0) }
  }
}

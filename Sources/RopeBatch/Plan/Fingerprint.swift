/// Tells inputs apart that have changed: FNV-1a over two 64-bit lanes. Not for secrets.
package struct Fingerprint: Sendable {
  private var lanes: (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4)

  package init() {}

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      lanes.0 = (lanes.0 ^ UInt64(byte)) &* 0x100_0000_01B3
      lanes.1 = (lanes.1 ^ UInt64(byte &+ 0x5A)) &* 0x100_0000_01B3
    }
  }

  /// A text with an end mark, so that two texts never read as one.
  package mutating func add(_ text: String) {
    add(text.utf8)
    add([0])
  }

  package var text: String {
    [lanes.0, lanes.1].map { lane in
      let digits = String(lane, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

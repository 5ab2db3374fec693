import RopeMath
import Testing

/// The hash is FNV-1a, whatever it is fed in pieces of.
@Suite struct StableHashTests {
  @Test func knownTextsHaveTheirPublishedHashes() {
    for (text, expected) in [
      ("", 0xCBF2_9CE4_8422_2325 as UInt64), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
    ] {
      var hash = StableHash()
      Array(text.utf8).withUnsafeBytes { hash.add($0) }
      #expect(hash.value == expected, "“\(text)”")
    }
  }

  @Test func wordsAndTextsAreTheirBytes() {
    var hash = StableHash(), bytes = StableHash()
    hash.add("ab")
    hash.add(0x0201 as UInt64)
    ([0x61, 0x62, 0, 1, 2, 0, 0, 0, 0, 0, 0] as [UInt8]).withUnsafeBytes { bytes.add($0) }
    #expect(hash == bytes)
  }
}

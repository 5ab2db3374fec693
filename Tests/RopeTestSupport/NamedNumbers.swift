/// Weights that need no file.
public enum NamedNumbers {
  /// Uniform numbers around a centre, drawn from a name: 64-bit FNV-1a, then SplitMix64.
  public static func drawn(_ name: String, count: Int, around centre: Double, width: Double) -> [Float] {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return (0..<count).map { _ in
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      z ^= z >> 31
      return Float(centre + (Double(z >> 40) / 16_777_216 - 0.5) * width)
    }
  }
}

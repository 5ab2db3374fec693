extension ElementType {
  /// What turns its numbers into float32; nil where they are no floating-point ones.
  var expansion: BlockFormat.Expansion? {
    switch self {
    case .float64: PlainFloats.float64
    case .float32: PlainFloats.float32
    case .float16: PlainFloats.float16
    case .bfloat16: PlainFloats.bfloat16
    case .float8e4m3: EightBitFloats.e4m3
    case .float8e5m2: EightBitFloats.e5m2
    case .float8e8m0: EightBitFloats.exponents
    default: nil
    }
  }

  static let readableNames = "F64, F32, F16, BF16, F8_E4M3 or F8_E5M2"

  /// Numbers so narrow that they are stored divided by scales.
  var isScaled: Bool { self == .float8e4m3 || self == .float8e5m2 }
}

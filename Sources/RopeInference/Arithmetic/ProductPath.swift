import CVectorLoops

/// How products of float32 and of bfloat16 numbers are computed on this processor.
public enum ProductPath: String, Sendable, CaseIterable {
  /// A loop over each number, which defines what the others compute.
  case plain = "one number at a time"
  case lanes = "vectors of the compiler"
  case avx2 = "AVX2"
  case avx512 = "AVX-512"
  /// Pairs of bfloat16 numbers in one instruction.
  case pairs = "AVX512-BF16"
  /// Tiles of such pairs; they run where they also agree with the plain path.
  case tiles = "AMX tiles"
  /// The system's library on Apple's machines.
  case accelerate = "Accelerate (not yet run on a Mac)"

  package var code: product_path {
    switch self {
    case .plain: PRODUCT_PLAIN
    case .lanes: PRODUCT_LANES
    case .avx2: PRODUCT_AVX2
    case .avx512: PRODUCT_AVX512
    case .pairs: PRODUCT_BF16
    case .tiles: PRODUCT_TILES
    case .accelerate: PRODUCT_ACCELERATE
    }
  }

  public var runsHere: Bool { product_path_runs(code) != 0 }

  private init(_ code: product_path) { self = Self.allCases.first { $0.code == code } ?? .plain }

  /// The paths that a forward pass takes here.
  public static let float32 = ProductPath(product_path_float32())
  public static let bfloat16 = ProductPath(product_path_bfloat16())

  /// What `doctor` tells of products in bfloat16.
  public static var bfloat16Summary: String {
    switch bfloat16 {
    case .tiles: return "\(bfloat16.rawValue), tdpbf16ps"
    case .pairs: return "\(bfloat16.rawValue), vdpbf16ps"
    case .plain, .lanes, .avx2, .avx512, .accelerate:
      let unused = ProductPath.pairs.runsHere ? "; vdpbf16ps is there and half as fast on this maker's processors" : ""
      return "\(bfloat16.rawValue), bfloat16 numbers widened to float32\(unused)"
    }
  }
}

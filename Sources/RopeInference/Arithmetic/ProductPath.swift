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

  package var code: product_path {
    switch self {
    case .plain: PRODUCT_PLAIN
    case .lanes: PRODUCT_LANES
    case .avx2: PRODUCT_AVX2
    case .avx512: PRODUCT_AVX512
    case .pairs: PRODUCT_BF16
    }
  }

  public var runsHere: Bool { product_path_runs(code) != 0 }

  private init(_ code: product_path) { self = Self.allCases.first { $0.code == code } ?? .plain }

  /// The paths that a forward pass takes here.
  public static let float32 = ProductPath(product_path_float32())
  public static let bfloat16 = ProductPath(product_path_bfloat16())

  /// What `doctor` tells of products in bfloat16.
  public static var bfloat16Summary: String {
    guard bfloat16 != .pairs else { return "\(bfloat16.rawValue), vdpbf16ps" }
    let unused = ProductPath.pairs.runsHere ? "; vdpbf16ps is there and half as fast on this maker's processors" : ""
    return "\(bfloat16.rawValue), bfloat16 numbers widened to float32\(unused)"
  }
}

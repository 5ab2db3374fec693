/// How ggml stores the numbers of a row: blocks of equal length, and what turns a block into float32.
public struct BlockFormat: Sendable {
  /// Turns `count` blocks, one after another, into float32.
  typealias Expansion = @Sendable (UnsafeRawPointer, _ count: Int, UnsafeMutablePointer<Float>) -> Void

  /// ggml's name, such as `Q4_K`.
  public let name: String
  /// Numbers in a block.
  public let length: Int
  /// Bytes of a block.
  public let byteCount: Int
  let expand: Expansion?

  init(_ name: String, _ length: Int, _ byteCount: Int, _ expand: Expansion? = nil) {
    self.name = name
    self.length = length
    self.byteCount = byteCount
    self.expand = expand
  }

  /// Whether its numbers can be read here.
  public var isReadable: Bool { expand != nil }

  /// Names of the formats that can be read, in the order of their numbers.
  public static var readableNames: [String] {
    table.sorted { $0.key < $1.key }.filter(\.value.isReadable).map(\.value.name)
  }

  /// By the number that a GGUF file gives (ggml.h, `enum ggml_type`; sizes from ggml-common.h). Those without an
  /// expansion are there for their size: a file may hold them beside tensors that are read.
  public static let table: [UInt32: BlockFormat] = [
    0: BlockFormat("F32", 1, 4, PlainFloats.float32),
    1: BlockFormat("F16", 1, 2, PlainFloats.float16),
    2: BlockFormat("Q4_0", 32, 18, FourBitBlocks.symmetric),
    3: BlockFormat("Q4_1", 32, 20, FourBitBlocks.affine),
    6: BlockFormat("Q5_0", 32, 22, FiveBitBlocks.symmetric),
    7: BlockFormat("Q5_1", 32, 24, FiveBitBlocks.affine),
    8: BlockFormat("Q8_0", 32, 34, EightBitBlocks.symmetric),
    9: BlockFormat("Q8_1", 32, 36),
    10: BlockFormat("Q2_K", 256, 84, TwoBitSuperBlocks.expansion),
    11: BlockFormat("Q3_K", 256, 110, ThreeBitSuperBlocks.expansion),
    12: BlockFormat("Q4_K", 256, 144, SuperBlocks.fourBit),
    13: BlockFormat("Q5_K", 256, 176, SuperBlocks.fiveBit),
    14: BlockFormat("Q6_K", 256, 210, SuperBlocks.sixBit),
    15: BlockFormat("Q8_K", 256, 292),
    16: BlockFormat("IQ2_XXS", 256, 66, TwoBitLattices.smallest),
    17: BlockFormat("IQ2_XS", 256, 74, TwoBitLattices.small),
    18: BlockFormat("IQ3_XXS", 256, 98, ThreeBitLattices.small),
    19: BlockFormat("IQ1_S", 256, 50, OneBitLattices.small),
    20: BlockFormat("IQ4_NL", 32, 18, LevelBlocks.curved),
    21: BlockFormat("IQ3_S", 256, 110, ThreeBitLattices.large),
    22: BlockFormat("IQ2_S", 256, 82, TwoBitLattices.large),
    23: BlockFormat("IQ4_XS", 256, 136, LevelBlocks.curvedSuper),
    24: BlockFormat("I8", 1, 1),
    25: BlockFormat("I16", 1, 2),
    26: BlockFormat("I32", 1, 4),
    27: BlockFormat("I64", 1, 8),
    28: BlockFormat("F64", 1, 8, PlainFloats.float64),
    29: BlockFormat("IQ1_M", 256, 56, OneBitLattices.large),
    30: BlockFormat("BF16", 1, 2, PlainFloats.bfloat16),
    34: BlockFormat("TQ1_0", 256, 54, TernaryBlocks.baseThree),
    35: BlockFormat("TQ2_0", 256, 66, TernaryBlocks.quarters),
    39: BlockFormat("MXFP4", 32, 17, LevelBlocks.microscaled), 40: BlockFormat("NVFP4", 64, 36, LevelBlocks.nvidia),
    41: BlockFormat("Q1_0", 128, 18),
  ]
}

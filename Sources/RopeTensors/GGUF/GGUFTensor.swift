/// A tensor of a GGUF file: where it lies and how it is stored.
public struct GGUFTensor: Sendable {
  public let name: String
  /// Row-major, the last axis contiguous: the reverse of the file's own order.
  public let shape: [Int]
  public let format: BlockFormat
  /// Where its bytes lie in the file.
  public let bytes: Range<Int>
  /// Which of the files of a split model that is, from 0.
  public internal(set) var part = 0

  public var columns: Int { shape.last ?? 1 }
  public var rows: Int { shape.dropLast().reduce(1, *) }
  var bytesPerRow: Int { columns / format.length * format.byteCount }
}

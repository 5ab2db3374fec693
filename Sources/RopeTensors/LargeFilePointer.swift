/// What a clone without Git LFS leaves in place of a large file: three lines of text (git-lfs, docs/spec.md).
public struct LargeFilePointer: Sendable {
  /// Size of the file that it points to.
  public let byteCount: Int?

  /// Bytes of a pointer at most.
  public static let largest = 1024

  /// - Parameter beginning: the file's first bytes.
  /// - Returns: nil for anything else.
  public init?(_ beginning: [UInt8]) {
    guard beginning.starts(with: "version https://git-lfs.github.com/spec/".utf8) else { return nil }
    let lines = String(decoding: beginning.prefix(Self.largest), as: UTF8.self).split(separator: "\n")
    byteCount = lines.lazy.compactMap { $0.hasPrefix("size ") ? Int($0.dropFirst(5)) : nil }.first
  }

  public var error: TensorError { .pointer(byteCount: byteCount) }
}

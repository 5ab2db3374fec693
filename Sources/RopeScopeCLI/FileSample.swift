import Foundation
import RopeMath

/// A file's size and a hash of samples of its bytes: another model of the same name and shape has other weights
/// everywhere, so that a few hundred kilobytes tell them apart without reading all.
struct FileSample: CustomStringConvertible {
  private static let samples = 64
  private static let sampleSize = 4096

  let size: UInt64
  /// Of up to 64 samples of 4 KiB, evenly over the file; 0 where it cannot be read.
  let hash: UInt64

  init(path: String) {
    guard let handle = FileHandle(forReadingAtPath: path), let end = try? handle.seekToEnd() else {
      size = 0
      hash = 0
      return
    }
    defer { try? handle.close() }
    size = end
    var hash = StableHash()
    for sample in 0..<UInt64(Self.samples) {
      guard (try? handle.seek(toOffset: end / UInt64(Self.samples) * sample)) != nil,
        let data = try? handle.read(upToCount: Self.sampleSize)
      else { break }
      data.withUnsafeBytes { hash.add($0) }
    }
    self.hash = hash.value
  }

  var description: String { "\(size) \(String(hash, radix: 16))" }
}

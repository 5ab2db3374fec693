import Foundation

/// A file's size and a hash of samples of its bytes: another model of the same name and shape has other weights
/// everywhere, so that a few hundred kilobytes tell them apart without reading all.
struct FileSample: CustomStringConvertible {
  private static let samples = 64
  private static let sampleSize = 4096

  let size: UInt64
  /// FNV-1a of up to 64 samples of 4 KiB, evenly over the file; 0 where it cannot be read.
  let hash: UInt64

  init(path: String) {
    guard let handle = FileHandle(forReadingAtPath: path), let end = try? handle.seekToEnd() else {
      size = 0
      hash = 0
      return
    }
    defer { try? handle.close() }
    size = end
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for sample in 0..<UInt64(Self.samples) {
      guard (try? handle.seek(toOffset: end / UInt64(Self.samples) * sample)) != nil,
        let data = try? handle.read(upToCount: Self.sampleSize)
      else { break }
      for byte in data { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    self.hash = hash
  }

  var description: String { "\(size) \(String(hash, radix: 16))" }
}

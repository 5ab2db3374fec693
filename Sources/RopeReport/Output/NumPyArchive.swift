/// Writes arrays as a NumPy `.npz`: an uncompressed zip of `.npy` files of format 1.0, without times.
public enum NumPyArchive {
  public static func bytes(_ arrays: [ExportedArray]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for array in arrays {
      let name = Array((array.name + ".npy").utf8)
      let content = member(array)
      let offset = archive.count
      // Version needed, flags, method "stored", time and date (1980-01-01), checksum, sizes, name length, no extra field.
      let fields =
        little(20, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
        + little(Int(CyclicChecksum.crc32(content)), 4) + little(content.count, 4) + little(content.count, 4)
        + little(name.count, 2) + little(0, 2)
      archive += little(0x0403_4B50, 4) + fields + name + content
      directory +=
        little(0x0201_4B50, 4) + little(20, 2) + fields + little(0, 2) + little(0, 2) + little(0, 2)
        + little(0, 4) + little(offset, 4) + name
    }
    let end =
      little(0x0605_4B50, 4) + little(0, 4) + little(arrays.count, 2) + little(arrays.count, 2)
      + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
    return archive + directory + end
  }

  private static func member(_ array: ExportedArray) -> [UInt8] {
    let element = array.element == .float32 ? "<f4" : "<f8"
    let shape = array.shape.map(String.init).joined(separator: ", ") + (array.shape.count == 1 ? "," : "")
    var header = "{'descr': '\(element)', 'fortran_order': False, 'shape': (\(shape)), }"
    // The data begin at a multiple of 64 bytes; the header ends with a line feed.
    let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
    header += String(repeating: " ", count: padding) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + little(header.utf8.count, 2) + Array(header.utf8) + array.bytes
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

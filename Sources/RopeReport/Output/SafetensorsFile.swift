/// Writes arrays as a safetensors file: an 8-byte length, a JSON header, the data.
public enum SafetensorsFile {
  public static func bytes(_ arrays: [ExportedArray]) -> [UInt8] {
    var entries: [String] = []
    var offset = 0
    for array in arrays {
      let element = array.element == .float32 ? "F32" : "F64"
      let shape = array.shape.map(String.init).joined(separator: ",")
      let end = offset + array.bytes.count
      entries.append(
        "\"\(array.name)\":{\"dtype\":\"\(element)\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = "{" + entries.joined(separator: ",") + "}"
    // The data begin at a multiple of 8 bytes.
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    return length + Array(header.utf8) + arrays.flatMap(\.bytes)
  }
}

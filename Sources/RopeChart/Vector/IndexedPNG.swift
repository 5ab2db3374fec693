/// Writes small images of few colours as PNG, stored without compression, in plain Swift.
enum IndexedPNG {
  /// Bytes of an 8-bit palette image; nil where there are more than 256 colours (transparent counts as one).
  static func bytes(_ image: DrawOperation.Image) -> [UInt8]? {
    var palette: [UInt32?: UInt8] = [:]
    var colours: [UInt32?] = []
    var rows: [UInt8] = []
    rows.reserveCapacity((image.columns + 1) * image.rows)
    for row in 0..<image.rows {
      rows.append(0)
      for pixel in image.pixels[(row * image.columns)..<((row + 1) * image.columns)] {
        if palette[pixel] == nil {
          guard colours.count < 256 else { return nil }
          palette[pixel] = UInt8(colours.count)
          colours.append(pixel)
        }
        rows.append(palette[pixel] ?? 0)
      }
    }
    var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    append("IHDR", bigEndian(UInt32(image.columns)) + bigEndian(UInt32(image.rows)) + [8, 3, 0, 0, 0], to: &png)
    append("PLTE", colours.flatMap { [UInt8](bigEndian($0 ?? 0).dropFirst()) }, to: &png)
    if colours.contains(nil) { append("tRNS", colours.map { $0 == nil ? 0 : 255 }, to: &png) }
    append("IDAT", zlibStored(rows), to: &png)
    append("IEND", [], to: &png)
    return png
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[Int(word >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(_ type: String, _ data: [UInt8], to png: inout [UInt8]) {
    let body = Array(type.utf8) + data
    png += bigEndian(UInt32(data.count)) + body + bigEndian(checksum(body))
  }

  /// A zlib stream (RFC 1950) of stored deflate blocks (RFC 1951 §3.2.4).
  private static func zlibStored(_ data: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65_535, data.count)
      let size = UInt16(end - start)
      stream.append(end == data.count ? 1 : 0)
      stream += [UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8)]
      stream += data[start..<end]
      start = end
    } while start < data.count
    var a: UInt32 = 1
    var b: UInt32 = 0
    for byte in data {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return stream + bigEndian(b << 16 | a)
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  /// CRC-32 as PNG wants it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { table[Int(($0 ^ UInt32($1)) & 255)] ^ $0 >> 8 }
  }

  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
  }
}

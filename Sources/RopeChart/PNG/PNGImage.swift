/// Writes pictures as PNG in memory: few bytes for charts, in milliseconds, the same on every machine.
public enum PNGImage {
  /// 8-bit RGB from rows of 32-bit pixels 0x00RRGGBB (the upper byte is ignored); `stride` is a row's length in pixels.
  /// Nil where the sizes do not agree. `dotsPerInch` is written down, so that other programs place it at its size.
  public static func rgb(
    width: Int, height: Int, stride: Int, pixels: UnsafeBufferPointer<UInt32>, dotsPerInch: Double? = nil
  ) -> [UInt8]? {
    guard width > 0, height > 0, stride >= width, pixels.count >= stride * (height - 1) + width else { return nil }
    let rowLength = width * 3 + 1
    let rows = [UInt8](unsafeUninitializedCapacity: rowLength * height) { buffer, count in
      for row in 0..<height {
        var out = row * rowLength
        buffer[out] = 0
        for column in 0..<width {
          let pixel = pixels[row * stride + column]
          buffer[out + 1] = UInt8(truncatingIfNeeded: pixel >> 16)
          buffer[out + 2] = UInt8(truncatingIfNeeded: pixel >> 8)
          buffer[out + 3] = UInt8(truncatingIfNeeded: pixel)
          out += 3
        }
      }
      count = rowLength * height
    }
    return file(
      width: width, height: height, colourType: 2, palette: [], rows: rows, distances: [3, rowLength],
      dotsPerInch: dotsPerInch)
  }

  /// One byte a cell with a palette; nil where there are more than 256 colours (transparent counts as one).
  static func indexed(_ image: DrawOperation.Image) -> [UInt8]? {
    var places: [UInt32?: UInt8] = [:]
    var colours: [UInt32?] = []
    var rows: [UInt8] = []
    rows.reserveCapacity((image.columns + 1) * image.rows)
    // Neighbours are mostly alike, and looking a colour up takes longer than comparing it.
    var last: (pixel: UInt32?, place: UInt8)?
    for row in 0..<image.rows {
      rows.append(0)
      for pixel in image.pixels[(row * image.columns)..<((row + 1) * image.columns)] {
        if let last, last.pixel == pixel {
          rows.append(last.place)
          continue
        }
        var place = places[pixel]
        if place == nil {
          guard colours.count < 256 else { return nil }
          place = UInt8(colours.count)
          places[pixel] = place
          colours.append(pixel)
        }
        rows.append(place ?? 0)
        last = (pixel, place ?? 0)
      }
    }
    return file(
      width: image.columns, height: image.rows, colourType: 3, palette: colours, rows: rows,
      distances: [1, image.columns + 1, image.columns + 2, image.columns])
  }

  private static func file(
    width: Int, height: Int, colourType: UInt8, palette: [UInt32?], rows: [UInt8], distances: [Int],
    dotsPerInch: Double? = nil
  ) -> [UInt8] {
    var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let size = bigEndian(UInt32(width)) + bigEndian(UInt32(height))
    append("IHDR", size + [8, colourType, 0, 0, 0], to: &png)
    if let dotsPerInch, dotsPerInch > 0, dotsPerInch < 1e6 {
      let perMetre = bigEndian(UInt32((dotsPerInch / 0.0254).rounded()))
      append("pHYs", perMetre + perMetre + [1], to: &png)
    }
    if !palette.isEmpty { append("PLTE", palette.flatMap { [UInt8](bigEndian($0 ?? 0).dropFirst()) }, to: &png) }
    if palette.contains(nil) { append("tRNS", palette.map { $0 == nil ? 0 : 255 }, to: &png) }
    append("IDAT", Deflate.zlibStream(rows, distances: distances), to: &png)
    append("IEND", [], to: &png)
    return png
  }

  private static func append(_ type: String, _ data: [UInt8], to png: inout [UInt8]) {
    let body = Array(type.utf8) + data
    png += bigEndian(UInt32(data.count)) + body + bigEndian(checksum(body))
  }

  static func bigEndian(_ value: UInt32) -> [UInt8] {
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

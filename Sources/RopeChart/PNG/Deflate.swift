/// Deflate (RFC 1951) for pictures: repeats are looked for at a few known distances, such as the pixel to the left and
/// the one above, which is where charts repeat, then where the same six bytes last stood; all is coded with one dynamic
/// Huffman table.
enum Deflate {
  private static let shortest = 4
  private static let longest = 258
  private static let window = 32_768
  private static let hashBits = 15

  /// A zlib stream (RFC 1950). `distances` are in bytes, each at most 32 768; others are left out.
  static func zlibStream(_ data: [UInt8], distances: [Int]) -> [UInt8] {
    let usable = distances.filter { (1...window).contains($0) }
    var bits = BitWriter()
    bits.write(0x78, 8)
    bits.write(0x9C, 8)
    write(tokens(data, usable), to: &bits)
    return bits.finished() + PNGImage.bigEndian(checksum(data))
  }

  /// Bytes below 256, or 1 << 31 | length << 16 | distance − 1.
  private static func tokens(_ data: [UInt8], _ distances: [Int]) -> [UInt32] {
    var tokens: [UInt32] = []
    tokens.reserveCapacity(data.count / 16)
    var lastPlaces = [Int32](repeating: -1, count: 1 << hashBits)
    data.withUnsafeBytes { bytes in
      var place = 0
      while place < bytes.count {
        var best = (length: 0, distance: 0)
        for distance in distances where distance <= place {
          let length = matchLength(bytes, at: place, distance: distance)
          if length > best.length { best = (length, distance) }
          if length == longest { break }
        }
        if best.length < 32, place + 8 <= bytes.count {
          let key = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian << 16
          let hash = Int((key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - hashBits))
          let last = Int(lastPlaces[hash])
          lastPlaces[hash] = Int32(truncatingIfNeeded: place)
          if last >= 0, place - last <= window {
            let length = matchLength(bytes, at: place, distance: place - last)
            if length > best.length + 1 { best = (length, place - last) }
          }
        }
        if best.length >= shortest {
          tokens.append(1 << 31 | UInt32(best.length) << 16 | UInt32(best.distance - 1))
          place += best.length
        } else {
          tokens.append(UInt32(bytes[place]))
          place += 1
        }
      }
    }
    return tokens
  }

  private static func matchLength(_ bytes: UnsafeRawBufferPointer, at place: Int, distance: Int) -> Int {
    let limit = min(longest, bytes.count - place)
    var length = 0
    while length + 8 <= limit {
      let here = bytes.loadUnaligned(fromByteOffset: place + length, as: UInt64.self)
      let there = bytes.loadUnaligned(fromByteOffset: place + length - distance, as: UInt64.self)
      if here != there { return length + (here.littleEndian ^ there.littleEndian).trailingZeroBitCount / 8 }
      length += 8
    }
    while length < limit, bytes[place + length] == bytes[place + length - distance] { length += 1 }
    return length
  }

  // MARK: One dynamic block

  private static func write(_ tokens: [UInt32], to bits: inout BitWriter) {
    var literalCounts = [Int](repeating: 0, count: 286)
    var distanceCounts = [Int](repeating: 0, count: 30)
    literalCounts[256] = 1
    for token in tokens {
      if token < 256 {
        literalCounts[Int(token)] += 1
      } else {
        literalCounts[lengthCode(Int(token >> 16 & 0x7FFF)).symbol] += 1
        distanceCounts[distanceCode(Int(token & 0xFFFF) + 1).symbol] += 1
      }
    }
    let literals = HuffmanCode(counts: literalCounts, longest: 15)
    let distances = HuffmanCode(counts: distanceCounts, longest: 15)
    bits.write(1, 1)
    bits.write(2, 2)
    writeLengths(literals, distances, to: &bits)
    for token in tokens {
      if token < 256 {
        literals.write(Int(token), to: &bits)
      } else {
        let length = lengthCode(Int(token >> 16 & 0x7FFF))
        literals.write(length.symbol, to: &bits)
        bits.write(UInt32(length.extra), length.bits)
        let distance = distanceCode(Int(token & 0xFFFF) + 1)
        distances.write(distance.symbol, to: &bits)
        bits.write(UInt32(distance.extra), distance.bits)
      }
    }
    literals.write(256, to: &bits)
  }

  /// The code lengths of both tables, runs of zeros shortened (RFC 1951 §3.2.7).
  private static func writeLengths(_ literals: HuffmanCode, _ distances: HuffmanCode, to bits: inout BitWriter) {
    let all = literals.lengths + distances.lengths
    var symbols: [(symbol: Int, extra: Int, bits: Int)] = []
    var place = 0
    while place < all.count {
      var zeros = 0
      while place + zeros < all.count, all[place + zeros] == 0, zeros < 138 { zeros += 1 }
      if zeros >= 11 {
        symbols.append((18, zeros - 11, 7))
      } else if zeros >= 3 {
        symbols.append((17, zeros - 3, 3))
      } else {
        zeros = 0
        symbols.append((all[place], 0, 0))
      }
      place += max(zeros, 1)
    }
    var counts = [Int](repeating: 0, count: 19)
    for symbol in symbols { counts[symbol.symbol] += 1 }
    let code = HuffmanCode(counts: counts, longest: 7)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    bits.write(UInt32(literals.lengths.count - 257), 5)
    bits.write(UInt32(distances.lengths.count - 1), 5)
    bits.write(15, 4)
    for symbol in order { bits.write(UInt32(code.lengths[symbol]), 3) }
    for symbol in symbols {
      code.write(symbol.symbol, to: &bits)
      bits.write(UInt32(symbol.extra), symbol.bits)
    }
  }

  private static func lengthCode(_ length: Int) -> (symbol: Int, extra: Int, bits: Int) {
    if length == longest { return (285, 0, 0) }
    let value = length - 3
    guard value >= 8 else { return (257 + value, 0, 0) }
    let bits = 63 - value.leadingZeroBitCount - 2
    return (257 + 4 * bits + 4 + (value >> bits & 3), value & (1 << bits - 1), bits)
  }

  private static func distanceCode(_ distance: Int) -> (symbol: Int, extra: Int, bits: Int) {
    let value = distance - 1
    guard value >= 4 else { return (value, 0, 0) }
    let bits = 63 - value.leadingZeroBitCount - 1
    return (2 * bits + 2 + (value >> bits & 1), value & (1 << bits - 1), bits)
  }

  /// Adler-32, in blocks that the compiler can turn into vector code.
  private static func checksum(_ data: [UInt8]) -> UInt32 {
    var a: UInt32 = 1
    var b: UInt32 = 0
    data.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let end = min(start + 256, bytes.count)
        var sum: UInt32 = 0
        var weighted: UInt32 = 0
        for place in start..<end {
          sum &+= UInt32(bytes[place])
          weighted &+= UInt32(bytes[place]) &* UInt32(truncatingIfNeeded: end &- place)
        }
        b = (b + a * UInt32(end - start) + weighted) % 65_521
        a = (a + sum) % 65_521
        start = end
      }
    }
    return b << 16 | a
  }
}

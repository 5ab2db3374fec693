import RopeConfig
import RopeJSON

/// A line of CSV (RFC 4180) with the places of its cells; blanks about a cell that is not quoted fall away.
struct CommaSeparatedRow {
  struct Cell {
    let text: String
    /// Of its first byte in the file.
    let offset: Int
  }

  let cells: [Cell]
  var offset: Int { cells.first?.offset ?? 0 }

  /// All rows but blank ones and lines that begin with #.
  ///
  /// - Throws: `ConfigurationError` for a quote that does not end, for text after one, and for too many rows.
  static func rows(of source: SourceText) throws(ConfigurationError) -> [CommaSeparatedRow] {
    var reader = Reader(source: source, place: source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    var rows: [CommaSeparatedRow] = []
    while let row = try reader.row() {
      let isBlank = row.cells.count == 1 && row.cells[0].text.isEmpty
      guard !isBlank, row.cells.first?.text.hasPrefix("#") != true else { continue }
      guard rows.count <= MeasuredFile.mostEntries else {
        throw source.error(
          .invalid, "the table has more than \(MeasuredFile.mostEntries) rows, fewer are expected", at: row.offset)
      }
      rows.append(row)
    }
    return rows
  }

  private struct Reader {
    let source: SourceText
    var place: Int

    private var bytes: [UInt8] { source.bytes }

    mutating func row() throws(ConfigurationError) -> CommaSeparatedRow? {
      guard place < bytes.count else { return nil }
      var cells: [Cell] = []
      while true {
        cells.append(try cell())
        guard place < bytes.count else { break }
        let separator = bytes[place]
        place += 1
        if separator == UInt8(ascii: "\n") { break }
        if separator == UInt8(ascii: "\r") {
          if place < bytes.count, bytes[place] == UInt8(ascii: "\n") { place += 1 }
          break
        }
      }
      return CommaSeparatedRow(cells: cells)
    }

    private func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D }

    private mutating func cell() throws(ConfigurationError) -> Cell {
      while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
      let start = place
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        while place < bytes.count, !isEnd(bytes[place]) { place += 1 }
        var end = place
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return Cell(text: String(decoding: bytes[start..<end], as: UTF8.self), offset: start)
      }
      place += 1
      var text: [UInt8] = []
      while true {
        guard place < bytes.count else { throw source.error(.malformed, "the quote does not end", at: start) }
        let byte = bytes[place]
        place += 1
        guard byte == UInt8(ascii: "\"") else {
          text.append(byte)
          continue
        }
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { break }
        text.append(byte)
        place += 1
      }
      while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
      guard place == bytes.count || isEnd(bytes[place]) else {
        throw source.error(.malformed, "a comma is expected after the quote", at: place)
      }
      return Cell(text: String(decoding: text, as: UTF8.self), offset: start)
    }
  }
}

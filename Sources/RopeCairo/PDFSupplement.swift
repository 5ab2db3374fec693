import Foundation
import RopeText

/// What Cairo 1.16 leaves out of a tagged document, added as an incremental update: language, the title in the viewer's
/// frame, XMP metadata, the text that stands for figures and formulas, the direction of a table's heads.
///
/// ISO 32000-1 §7.5.6 (incremental updates), §14.3.2 (metadata streams), §14.9 (language, alternate descriptions).
enum PDFSupplement {
  /// - Parameter elements: of the structure; nil for an untagged file.
  /// - Returns: the file as it is where its objects are not what Cairo 1.16 writes: one table of places, objects in the clear.
  static func added(
    to pdf: [UInt8], _ metadata: PDFMetadata, language: String, elements: [StructureTags.Element]?
  ) -> [UInt8] {
    guard let file = PlainFile(pdf), let catalogue = file.object(file.root) else { return pdf }
    var update = Update(file)
    let stream = update.add(xmp(metadata, language: language))
    let mark = elements == nil || catalogue.contains("/MarkInfo") ? "" : " /MarkInfo << /Marked true >>"
    let own = "\(mark) /Lang (\(language)) /ViewerPreferences << /DisplayDocTitle true >> /Metadata \(stream) 0 R"
    guard let extended = PlainFile.extended(catalogue, by: own) else { return pdf }
    update.replace(file.root, with: extended)
    let found = file.structure
    if let elements, found.map(\.kind) == elements.map(\.kind) {
      for (place, element) in zip(found, elements) where !element.entries.isEmpty {
        if let object = file.object(place.number), let extended = PlainFile.extended(object, by: element.entries) {
          update.replace(place.number, with: extended)
        }
      }
    }
    return update.bytes
  }

  private static func xmp(_ metadata: PDFMetadata, language: String) -> String {
    let date = metadata.createdText
    let title = "<rdf:Alt><rdf:li xml:lang=\"x-default\">\(Escaping.xml(metadata.title))</rdf:li></rdf:Alt>"
    let about =
      metadata.subject.isEmpty
      ? ""
      : """
      <dc:description><rdf:Alt><rdf:li xml:lang="x-default">\(Escaping.xml(metadata.subject))</rdf:li></rdf:Alt></dc:description>

      """
    let packet = """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      <dc:format>application/pdf</dc:format>
      <dc:title>\(title)</dc:title>
      \(about)<dc:language><rdf:Bag><rdf:li>\(language)</rdf:li></rdf:Bag></dc:language>
      <xmp:CreatorTool>\(Escaping.xml(metadata.creator))</xmp:CreatorTool>
      <xmp:CreateDate>\(date)</xmp:CreateDate><xmp:ModifyDate>\(date)</xmp:ModifyDate>
      </rdf:Description></rdf:RDF></x:xmpmeta>
      <?xpacket end="r"?>
      """
    return "<< /Type /Metadata /Subtype /XML /Length \(packet.utf8.count) >>\nstream\n\(packet)\nendstream"
  }
}

/// A PDF with one table of places and objects in the clear.
private struct PlainFile {
  let bytes: [UInt8]
  /// Of the table of places.
  let table: Int
  /// How many numbers of objects are given away.
  let size: Int
  /// Number of the catalogue.
  let root: Int
  let information: Int?
  private let places: [Int: Int]

  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    let tail = String(decoding: bytes.suffix(400), as: UTF8.self)
    guard let start = tail.range(of: "startxref", options: .backwards),
      let table = Int(tail[start.upperBound...].split(whereSeparator: \.isWhitespace).first ?? ""),
      table > 0, table < bytes.count,
      let trailer = tail.range(of: "trailer"), let size = Self.number(after: "/Size", in: tail[trailer.upperBound...]),
      let root = Self.number(after: "/Root", in: tail[trailer.upperBound...])
    else { return nil }
    self.table = table
    self.size = size
    self.root = root
    information = Self.number(after: "/Info", in: tail[trailer.upperBound...])
    // `xref`, the range, then a line of 20 bytes for each object.
    let lines = String(decoding: bytes[table...], as: UTF8.self).split(separator: "\n", maxSplits: size + 2)
    guard lines.count > size + 1, lines[0] == "xref", lines[1] == "0 \(size)" else { return nil }
    var places: [Int: Int] = [:]
    for number in 1..<max(size, 2) where number < size {
      let fields = lines[2 + number].split(separator: " ")
      if fields.count == 3, fields[2] == "n", let place = Int(fields[0]), place < bytes.count { places[number] = place }
    }
    self.places = places
  }

  private static func number(after key: String, in text: Substring) -> Int? {
    guard let place = text.range(of: key) else { return nil }
    return Int(text[place.upperBound...].drop(while: \.isWhitespace).prefix(while: \.isNumber))
  }

  /// The dictionary of an object that is one; nil for streams and what does not look like an object.
  func object(_ number: Int) -> String? {
    guard let place = places[number] else { return nil }
    let head = Array("\(number) 0 obj\n".utf8)
    guard bytes[place...].starts(with: head) else { return nil }
    let start = place + head.count
    guard let stop = first("endobj", in: start..<bytes.count) else { return nil }
    let text = String(decoding: bytes[start..<stop], as: UTF8.self)
    return text.hasPrefix("<<") && !text.contains("stream") ? text : nil
  }

  /// Elements of the structure by their number, which is the order in which they began.
  var structure: [(number: Int, kind: String)] {
    places.keys.sorted().compactMap { number in
      guard let place = places[number] else { return nil }
      let beginning = place..<min(place + 80, bytes.count)
      guard first("/Type /StructElem", in: beginning) != nil, let key = first("/S /", in: beginning) else { return nil }
      let kind = bytes[(key + 4)..<beginning.upperBound].prefix { $0 > 0x20 }
      return (number, String(decoding: kind, as: UTF8.self))
    }
  }

  /// Where a word first stands.
  private func first(_ word: StaticString, in range: Range<Int>) -> Int? {
    let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    return range.dropLast(word.count - 1).first { place in
      word.indices.allSatisfy { bytes[place + $0] == word[$0] }
    }
  }

  /// A dictionary with more entries.
  static func extended(_ object: String, by entries: String) -> String? {
    guard let end = object.range(of: ">>", options: .backwards) else { return nil }
    return object[..<end.lowerBound] + entries + " >>\n"
  }
}

/// Objects that take the place of earlier ones, or are new, after the end of a file.
private struct Update {
  private let file: PlainFile
  private var objects: [Int: String] = [:]
  private var next: Int

  init(_ file: PlainFile) {
    self.file = file
    next = file.size
  }

  mutating func replace(_ number: Int, with object: String) { objects[number] = object }

  /// The new object's number.
  mutating func add(_ object: String) -> Int {
    objects[next] = object
    next += 1
    return next - 1
  }

  var bytes: [UInt8] {
    var bytes = file.bytes
    if bytes.last != 0x0A { bytes.append(0x0A) }
    var table = "xref\n"
    for number in objects.keys.sorted() {
      let place = String(bytes.count)
      table += "\(number) 1\n\(String(repeating: "0", count: max(10 - place.count, 0)))\(place) 00000 n \n"
      bytes += Array("\(number) 0 obj\n\(objects[number] ?? "")\nendobj\n".utf8)
    }
    let information = file.information.map { " /Info \($0) 0 R" } ?? ""
    let trailer =
      "trailer\n<< /Size \(next) /Root \(file.root) 0 R\(information) /Prev \(file.table) >>\nstartxref\n\(bytes.count)\n%%EOF\n"
    return bytes + Array((table + trailer).utf8)
  }
}

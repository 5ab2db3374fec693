/// Finds one text near the root of a JSON document without reading it whole: `schema`, or one within one object. Takes
/// any bytes; what is no JSON gives nil or a text that stands there by chance.
enum SchemaLook {
  /// - Parameter path: one or two keys.
  static func text(at path: [String], in bytes: some RandomAccessCollection<UInt8>) -> String? {
    var depth = 0
    var isObject = [false, false, false]
    var keys = ["", "", ""]
    var expectsKey = false
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      place = bytes.index(after: place)
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        if depth < 3 { isObject[depth] = byte == UInt8(ascii: "{") }
        expectsKey = byte == UInt8(ascii: "{")
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        guard depth > 0 else { return nil }
        expectsKey = false
      case UInt8(ascii: ","): expectsKey = depth < 3 && isObject[depth]
      case UInt8(ascii: ":"): expectsKey = false
      case UInt8(ascii: "\""):
        let start = place
        while place < bytes.endIndex, bytes[place] != UInt8(ascii: "\"") {
          if bytes[place] == UInt8(ascii: "\\"), bytes.index(after: place) < bytes.endIndex {
            place = bytes.index(after: place)
          }
          place = bytes.index(after: place)
        }
        let end = place
        if place < bytes.endIndex { place = bytes.index(after: place) }
        guard depth > 0, depth < 3, isObject[depth], bytes.distance(from: start, to: end) < 256 else { continue }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        if expectsKey {
          keys[depth] = text
        } else if depth == path.count, Array(keys[1...depth]) == path {
          return text
        }
      default: break
      }
    }
    return nil
  }
}

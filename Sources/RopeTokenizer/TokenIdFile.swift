import Foundation
import RopeJSON
import RopeText

/// A file of token ids: a JSON list of them, or an object with one under `ids`.
public enum TokenIdFile {
  /// - Throws: `TokenizerError.tokenIDs` with the entry or the byte at fault.
  public static func ids(_ data: Data) throws(TokenizerError) -> [Int] {
    var reader = JSONReader([UInt8](data))
    var ids: [Int]?
    do throws(JSONFault) {
      switch reader.peek() {
      case "[": ids = try list(&reader)
      case "{":
        try reader.object { (reader, key) throws(JSONFault) in
          guard key == "ids", reader.peek() == "[" else { return try reader.skipValue() }
          ids = try list(&reader)
        }
      default: break
      }
      if ids != nil { try reader.end() }
    } catch { throw .tokenIDs(error.sentence("the file")) }
    guard let ids else {
      throw .tokenIDs("the file is neither a JSON list of token ids nor an object with a list “ids”")
    }
    return ids
  }

  private static func list(_ reader: inout JSONReader) throws(JSONFault) -> [Int] {
    var ids: [Int] = []
    try reader.list { (reader) throws(JSONFault) in
      guard let first = reader.peek(), first == "-" || ("0"..."9").contains(first) else {
        throw JSONFault("entry \(ids.count + 1) of the token ids is no number")
      }
      let text = try reader.numberText()
      guard let id = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }), id >= 0 else {
        throw JSONFault(
          "entry \(ids.count + 1) of the token ids is \(text.excerpt(40)), expected a whole number of 0 or more")
      }
      ids.append(id)
    }
    return ids
  }
}

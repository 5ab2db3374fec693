import Foundation
import RopeTensors

/// A file of token ids: a JSON list of them, or an object with one under `ids`.
public enum TokenIdFile {
  /// - Throws: `TokenizerError.tokenIDs` with the entry or the byte at fault.
  public static func ids(_ data: Data) throws(TokenizerError) -> [Int] {
    var scanner = JSONScanner([UInt8](data)) { .json("the file is no JSON: it has \($0) at byte \($1)") }
    var ids: [Int]?
    do throws(TensorError) {
      switch scanner.peek() {
      case "[": ids = try list(&scanner)
      case "{":
        try scanner.object { (scanner, key) throws(TensorError) in
          guard key == "ids", scanner.peek() == "[" else { return try scanner.skipValue() }
          ids = try list(&scanner)
        }
      default: break
      }
      if ids != nil { try scanner.end() }
    } catch { throw .tokenIDs(error.description) }
    guard let ids else {
      throw .tokenIDs("the file is neither a JSON list of token ids nor an object with a list “ids”")
    }
    return ids
  }

  private static func list(_ scanner: inout JSONScanner) throws(TensorError) -> [Int] {
    var ids: [Int] = []
    try scanner.list { (scanner) throws(TensorError) in
      guard let first = scanner.peek(), first == "-" || ("0"..."9").contains(first) else {
        throw TensorError.json("entry \(ids.count + 1) of the token ids is no number")
      }
      let text = try scanner.numberText()
      guard let id = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }), id >= 0 else {
        throw TensorError.json(
          "entry \(ids.count + 1) of the token ids is \(text.prefix(40)), expected a whole number of 0 or more")
      }
      ids.append(id)
    }
    return ids
  }
}

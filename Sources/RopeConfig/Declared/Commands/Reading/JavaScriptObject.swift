import RopeJSON

/// The object that a JavaScript file exports, as JSON: names without quotes, quotes of other kinds, comments and commas
/// before an end are what it adds. Of a value that only runs its first part is kept, as a text.
enum JavaScriptObject {
  /// The tree behind `module.exports =` or `export default`, with the places of the file; nil where there is none.
  static func exported(_ code: PlacedText) -> JSONNode? {
    let text = code.text
    guard
      let start = ["module.exports", "export default"].lazy.compactMap({ text.firstRange(of: $0)?.upperBound }).first,
      let open = code.bytes[text[..<start].utf8.count...].firstIndex(of: UInt8(ascii: "{"))
    else { return nil }
    let json = rewritten(code, from: open)
    return (try? JSONParser.parse(SourceText(bytes: json.bytes))).map(json.placed)
  }

  private static func rewritten(_ code: PlacedText, from open: Int) -> PlacedText {
    var result = PlacedText(), index = open, depth = 0
    let bytes = code.bytes
    repeat {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "/") where index + 1 < bytes.count && bytes[index + 1] == byte:
        index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      case UInt8(ascii: "/") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "*"):
        index = bytes.indices[(index + 2)...].first { bytes[$0] == byte && bytes[$0 - 1] == UInt8(ascii: "*") } ?? index
        index += 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): quote(code, &index, &result)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if let last = result.bytes.lastIndex(where: { $0 > 0x20 }), result.bytes[last] == UInt8(ascii: ",") {
          result.removeLast(result.bytes.count - last)
        }
        result.append(byte, from: code.origins[index])
        depth -= 1
        index += 1
      case _ where PythonScanner.isName(byte) || byte == UInt8(ascii: "-"): word(code, &index, &result)
      case _ where "+?|&=<>*%!".utf8.contains(byte): index = endOfExpression(bytes, index)
      case UInt8(ascii: "("):
        result.append(PlacedText("\"\"", at: code.origins[index]))
        index = endOfExpression(bytes, index)
      case UInt8(ascii: "."):
        // What another object brings along, with the comma behind it.
        index = min(bytes.count, endOfExpression(bytes, index) + 1)
        if index <= bytes.count, "}]".utf8.contains(bytes[index - 1]) { index -= 1 }
      default:
        if "{[".utf8.contains(byte) { depth += 1 }
        result.append(byte, from: code.origins[index])
        index += 1
      }
    } while depth > 0 && index < bytes.count
    return result
  }

  /// Where the comma or bracket stands that ends an expression.
  private static func endOfExpression(_ bytes: [UInt8], _ start: Int) -> Int {
    var index = start, depth = 0, mark: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      if let open = mark {
        if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { mark = nil }
      } else if "'\"`".utf8.contains(byte) {
        mark = byte
      } else if "([{".utf8.contains(byte) {
        depth += 1
      } else if ")]}".utf8.contains(byte) {
        if depth == 0 { return index }
        depth -= 1
      } else if byte == UInt8(ascii: ","), depth == 0 {
        return index
      }
      index += 1
    }
    return bytes.count
  }

  private static func quote(_ code: PlacedText, _ index: inout Int, _ result: inout PlacedText) {
    let mark = code.bytes[index], place = code.origins[index]
    result.append(UInt8(ascii: "\""), from: place)
    index += 1
    while index < code.bytes.count, code.bytes[index] != mark {
      let byte = code.bytes[index]
      switch byte {
      case UInt8(ascii: "\\") where index + 1 < code.bytes.count && code.bytes[index + 1] == mark && mark != 0x22:
        index += 1
        continue
      case UInt8(ascii: "\\") where index + 1 < code.bytes.count:
        result.append(byte, from: code.origins[index])
        index += 1
        result.append(code.bytes[index], from: code.origins[index])
      case UInt8(ascii: "\""): result.append(PlacedText("\\\"", at: code.origins[index]))
      case 0x00..<0x20: result.append(0x20, from: code.origins[index])
      default: result.append(byte, from: code.origins[index])
      }
      index += 1
    }
    result.append(UInt8(ascii: "\""), from: code.origins[min(index, code.origins.count - 1)])
    index += 1
  }

  /// A number or constant as it is; a name, and what is called or read of it, as a text.
  private static func word(_ code: PlacedText, _ index: inout Int, _ result: inout PlacedText) {
    let start = index
    var depth = 0
    while index < code.bytes.count {
      let byte = code.bytes[index]
      if "([".utf8.contains(byte) { depth += 1 }
      if ")]".utf8.contains(byte) { depth -= 1 }
      guard depth > 0 || PythonScanner.isName(byte) || "-.)]".utf8.contains(byte) && depth >= 0 else { break }
      index += 1
    }
    let part = code.part(start..<max(index, start + 1))
    index = max(index, start + 1)
    let text = part.text
    let isValue = ["true", "false", "null"].contains(text) || Double(text) != nil
    let place = code.origins[start]
    result.append(
      isValue ? part : PlacedText("\"" + text.filter { $0 != "\"" && $0 != "\\" && !$0.isNewline } + "\"", at: place))
  }
}

import RopeJSON

/// Values as Python's `json.dumps` writes them, which transformers puts in place of Jinja's own filter.
struct TemplateJSON {
  private let isASCII: Bool
  /// What a line begins with for each level; nil for one line.
  private let indent: String?
  private let betweenEntries: String
  private let afterKey: String
  private let sortsKeys: Bool
  private let call: TemplateCall

  init(_ call: TemplateCall) throws(ChatTemplateError) {
    self.call = call
    isASCII = call.value(0, "ensure_ascii")?.isTrue ?? false
    switch call.value(1, "indent") {
    case .text(let text)?: indent = text
    case let value?:
      indent = value.asInteger.map { String(repeating: " ", count: min(max($0, 0), 100)) }
    case nil: indent = nil
    }
    if case .list(let pair)? = call.value(2, "separators"), pair.count == 2 {
      (betweenEntries, afterKey) = (pair[0].string, pair[1].string)
    } else {
      (betweenEntries, afterKey) = (indent == nil ? ", " : ",", ": ")
    }
    sortsKeys = call.value(3, "sort_keys")?.isTrue ?? false
  }

  func text(of value: TemplateValue, depth: Int = 0) throws(ChatTemplateError) -> String {
    guard depth < 100 else { throw call.fail("the value is too deep to be written as JSON") }
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .integer(let value): return "\(value)"
    case .number(let value):
      return value.isNaN
        ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : TemplateValue.text(of: value)
    case .text(let text): return quoted(text)
    case .list(let entries):
      var parts: [String] = []
      for entry in entries { parts.append(try text(of: entry, depth: depth + 1)) }
      return enclosed("[", parts, "]", depth)
    case .mapping(let mapping):
      var parts: [String] = []
      let keys =
        sortsKeys
        ? mapping.keys.sorted {
          $0.value.string.unicodeScalars.lexicographicallyPrecedes($1.value.string.unicodeScalars)
        } : mapping.keys
      for key in keys {
        parts.append(quoted(key.value.string) + afterKey + (try text(of: mapping[key] ?? .null, depth: depth + 1)))
      }
      return enclosed("{", parts, "}", depth)
    case .undefined, .namespace, .loop, .function:
      throw call.fail("\(value.kind) cannot be written as JSON")
    }
  }

  private func enclosed(_ open: String, _ parts: [String], _ close: String, _ depth: Int) -> String {
    guard let indent, !parts.isEmpty else { return open + parts.joined(separator: betweenEntries) + close }
    let outer = "\n" + String(repeating: indent, count: depth)
    return open + outer + indent + parts.joined(separator: betweenEntries + outer + indent) + outer + close
  }

  private func quoted(_ text: String) -> String {
    let text = JSONWriter.quoted(text)
    guard isASCII else { return text }
    return text.unicodeScalars.map { scalar in
      guard scalar.value > 0x7E else { return String(scalar) }
      return String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }.joined()
  }
}

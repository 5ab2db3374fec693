extension TemplateInterpreter {
  static let mappingMethods: Set = ["items", "keys", "values", "get"]

  /// What a value does under a name; nil where it has no such method.
  func method(
    _ name: String, of value: TemplateValue, _ call: TemplateCall
  ) throws(ChatTemplateError) -> TemplateValue? {
    switch value {
    case .text(let text):
      try read(text, call.line)
      return try method(name, of: text, call)
    case .mapping(let mapping):
      switch name {
      case "items": return .list(mapping.keys.map { .list([$0.value, mapping[$0] ?? .null]) })
      case "keys": return .list(mapping.keys.map(\.value))
      case "values": return .list(mapping.keys.map { mapping[$0] ?? .null })
      case "get":
        return call.value(0, "key").flatMap { TemplateMapping.Key($0) }.flatMap { mapping[$0] }
          ?? call.value(1, "default") ?? .null
      case "update", "pop", "setdefault", "clear", "popitem": throw changes(name, call)
      default: return nil
      }
    case .list(let entries):
      switch name {
      case "index":
        guard let wanted = call.plain.first, let place = entries.firstIndex(where: { $0.equals(wanted) }) else {
          throw call.fail("the list does not hold what “index” looks for")
        }
        return .integer(place)
      case "count": return .integer(entries.count { entry in call.plain.first.map { entry.equals($0) } ?? false })
      case "append", "extend", "insert", "pop", "remove", "sort", "reverse", "clear": throw changes(name, call)
      default: return nil
      }
    case .loop(let state):
      switch name {
      case "cycle":
        guard !call.plain.isEmpty else { throw call.fail("“cycle” needs values") }
        return call.plain[state.index % call.plain.count]
      case "changed":
        let isSame = state.last.map { $0.count == call.plain.count && zip($0, call.plain).allSatisfy { $0.equals($1) } }
        state.last = call.plain
        return .bool(isSame != true)
      default: return nil
      }
    default: return nil
    }
  }

  private func changes(_ name: String, _ call: TemplateCall) -> ChatTemplateError {
    call.fail("“\(name)” would change a value; templates may not")
  }

  private func method(
    _ name: String, of text: String, _ call: TemplateCall
  ) throws(ChatTemplateError) -> TemplateValue? {
    func set() throws(ChatTemplateError) -> String? {
      switch call.plain.first {
      case nil, TemplateValue.null?: return nil
      case .text(let set)?: return set
      default: throw call.fail("“\(name)” wants a text of characters")
      }
    }
    /// A text or any of several.
    func parts() throws(ChatTemplateError) -> [String] {
      switch call.plain.first {
      case .text(let part)?: return [part]
      case .list(let entries)?: return entries.map(\.string)
      default: throw call.fail("“\(name)” wants a text")
      }
    }
    func scalars(_ test: (Unicode.Scalar) -> Bool) -> TemplateValue {
      .bool(!text.isEmpty && text.unicodeScalars.allSatisfy(test))
    }
    switch name {
    case "strip": return .text(TemplateText.stripped(text, of: try set()))
    case "lstrip": return .text(TemplateText.stripped(text, of: try set(), right: false))
    case "rstrip": return .text(TemplateText.stripped(text, of: try set(), left: false))
    case "startswith":
      return .bool(try parts().contains { text.unicodeScalars.starts(with: $0.unicodeScalars) })
    case "endswith":
      return .bool(try parts().contains { text.unicodeScalars.reversed().starts(with: $0.unicodeScalars.reversed()) })
    case "removeprefix", "removesuffix":
      let part = try call.text(0, "affix").unicodeScalars, all = text.unicodeScalars
      if name == "removeprefix" {
        return .text(all.starts(with: part) ? String(all.dropFirst(part.count)) : text)
      }
      return .text(all.reversed().starts(with: part.reversed()) ? String(all.dropLast(part.count)) : text)
    case "split", "rsplit":
      let limit = try call.integer(1, "maxsplit", or: -1), most = limit < 0 ? Int.max : limit
      switch call.value(0, "sep") {
      case .text(let separator)?:
        guard !separator.isEmpty else { throw call.fail("“\(name)” wants a separator that is not empty") }
        return .list(TemplateText.split(text, by: separator, most: most, fromRight: name == "rsplit").map { .text($0) })
      default:
        guard name == "split" || most == .max else {
          throw ChatTemplateError(.unsupported, "“rsplit” at blanks with a limit is not done here", line: call.line)
        }
        return .list(TemplateText.words(text, most: most).map { .text($0) })
      }
    case "splitlines": return .list(TemplateText.lines(text).map { .text($0) })
    case "partition", "rpartition":
      let separator = try call.text(0, "sep")
      guard let place = TemplateText.place(of: separator, in: text, last: name == "rpartition") else {
        return .list((name == "partition" ? [text, "", ""] : ["", "", text]).map { .text($0) })
      }
      let all = text.unicodeScalars
      return .list(
        [
          String(all.prefix(place)), separator, String(all.dropFirst(place + separator.unicodeScalars.count)),
        ].map { .text($0) })
    case "replace":
      let limit = try call.integer(2, "count", or: -1)
      let old = try call.text(0, "old"), new = try call.text(1, "new")
      return .text(try made(TemplateText.replaced(text, old, with: new, most: limit < 0 ? .max : limit), call.line))
    case "join":
      guard let list = call.plain.first else { throw call.fail("“join” wants a list") }
      let texts = try entries(of: list, call.line).map(\.string)
      return .text(try made(texts.joined(separator: text), call.line))
    case "find": return .integer(TemplateText.place(of: try call.text(0, "sub"), in: text) ?? -1)
    case "rfind": return .integer(TemplateText.place(of: try call.text(0, "sub"), in: text, last: true) ?? -1)
    case "index":
      guard let place = TemplateText.place(of: try call.text(0, "sub"), in: text) else {
        throw call.fail("the text does not hold what “index” looks for")
      }
      return .integer(place)
    case "count":
      let part = try call.text(0, "sub")
      return .integer(part.isEmpty ? text.unicodeScalars.count + 1 : TemplateText.split(text, by: part).count - 1)
    case "lower": return .text(text.lowercased())
    case "upper": return .text(text.uppercased())
    case "title": return .text(TemplateText.titled(text))
    case "capitalize": return .text(TemplateText.capitalised(text))
    case "isdigit": return scalars { $0.properties.numericType == .decimal || $0.properties.numericType == .digit }
    case "isalpha": return scalars { $0.properties.isAlphabetic }
    case "isalnum": return scalars { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    case "isspace": return scalars(TemplateText.isSpace)
    case "isupper": return .bool(text != text.lowercased() && text == text.uppercased())
    case "islower": return .bool(text != text.uppercased() && text == text.lowercased())
    case "format": return .text(try made(try formatted(text, call), call.line))
    case "encode", "zfill", "center", "ljust", "rjust", "translate", "expandtabs", "casefold", "swapcase":
      throw ChatTemplateError(.unsupported, "the method “\(name)” of texts is not done here", line: call.line)
    default: return nil
    }
  }

  /// `{}`, `{0}` and `{name}` filled in; what else may stand in the braces is not done.
  private func formatted(_ text: String, _ call: TemplateCall) throws(ChatTemplateError) -> String {
    var result = "", rest = text.unicodeScalars[...], next = 0
    while let scalar = rest.popFirst() {
      guard scalar == "{" || scalar == "}" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      if rest.first == scalar {
        rest.removeFirst()
        result.unicodeScalars.append(scalar)
        continue
      }
      guard scalar == "{", let end = rest.firstIndex(of: "}") else { throw call.fail("a brace is alone in the format") }
      let field = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      let value: TemplateValue?
      if field.isEmpty {
        value = call.plain.indices.contains(next) ? call.plain[next] : nil
        next += 1
      } else if let place = Int(field) {
        value = call.plain.indices.contains(place) ? call.plain[place] : nil
      } else {
        value = call.named.last { $0.name == field }?.value
      }
      guard let value else { throw call.fail("“format” has no value for “{\(field.prefix(40))}”") }
      result += value.string
    }
    return result
  }
}

extension TemplateInterpreter {
  func filter(_ name: String, _ value: TemplateValue, _ call: TemplateCall) throws(ChatTemplateError) -> TemplateValue {
    let line = call.line
    if case .text(let text) = value { try read(text, line) }
    switch name {
    // MARK: Texts
    case "trim":
      return .text(
        TemplateText.stripped(value.string, of: call.value(0, "chars").map(\.string)))
    case "upper": return .text(value.string.uppercased())
    case "lower": return .text(value.string.lowercased())
    case "title":
      return .text(
        value.string.isEmpty ? "" : Self.filterTitle(value.string))
    case "capitalize": return .text(TemplateText.capitalised(value.string))
    case "string": return .text(value.string)
    case "safe": return value
    case "escape", "e": return .text(Self.escaped(value.string))
    case "replace":
      let most = try call.integer(2, "count", or: -1)
      guard let old = call.value(0, "old"), let new = call.value(1, "new") else {
        throw call.fail("“replace” wants an old and a new text")
      }
      return .text(
        try made(TemplateText.replaced(value.string, old.string, with: new.string, most: most < 0 ? .max : most), line))
    case "indent": return .text(try made(try indented(value.string, call), line))
    case "wordcount": return .integer(TemplateText.words(value.string).count)
    case "tojson": return .text(try made(try TemplateJSON(call).text(of: value), line))
    // MARK: Numbers
    case "abs":
      if let integer = value.asInteger, integer != .min { return .integer(abs(integer)) }
      guard let number = value.asNumber else { throw call.fail("“abs” wants a number, not \(value.kind)") }
      return .number(abs(number))
    case "int": return try integer(value, call)
    case "float":
      if let number = value.asNumber { return .number(number) }
      if case .text(let text) = value, let number = Double(TemplateText.stripped(text)) { return .number(number) }
      return call.value(0, "default") ?? .number(0)
    case "round":
      guard let number = value.asNumber else { throw call.fail("“round” wants a number, not \(value.kind)") }
      let places = try call.integer(0, "precision", or: 0), method = call.value(1, "method")?.string ?? "common"
      guard (-300...300).contains(places) else { throw call.fail("“round” wants fewer places than \(places)") }
      var power = 1.0
      for _ in 0..<abs(places) { power *= 10 }
      let scaled = places < 0 ? number / power : number * power
      let whole = scaled.rounded(method == "ceil" ? .up : method == "floor" ? .down : .toNearestOrEven)
      return .number(places < 0 ? whole * power : whole / power)
    // MARK: Any value
    case "default", "d":
      let other = call.value(0, "default_value") ?? .text(""), isBoolean = call.value(1, "boolean")?.isTrue ?? false
      return value.isUndefined || (isBoolean && !value.isTrue) ? other : value
    case "length", "count":
      switch value {
      case .text(let text): return .integer(text.unicodeScalars.count)
      case .undefined, .list, .mapping: return .integer(try entries(of: value, line).count)
      default: throw call.fail("\(value.kind) has no length")
      }
    default: return try listFilter(name, value, call)
    }
  }

  // MARK: Lists

  private func listFilter(
    _ name: String, _ value: TemplateValue, _ call: TemplateCall
  ) throws(ChatTemplateError) -> TemplateValue {
    let line = call.line
    /// What chooses or turns entries takes nothing for none.
    let isLenient = ["map", "select", "reject", "selectattr", "rejectattr"].contains(name) && !value.isTrue
    func all() throws(ChatTemplateError) -> [TemplateValue] { isLenient ? [] : try entries(of: value, line) }
    switch name {
    case "list": return .list(try all())
    case "first": return try all().first ?? .undefined("first")
    case "last": return try all().last ?? .undefined("last")
    case "reverse":
      if case .text(let text) = value { return .text(TemplateText.string(text.unicodeScalars.reversed())) }
      return .list(try all().reversed())
    case "items", "dictsort":
      if value.isUndefined, name == "items" { return .list([]) }
      guard case .mapping(let mapping) = value else {
        throw call.fail("“\(name)” wants a dict, not \(value.kind)")
      }
      let keys =
        name == "items"
        ? mapping.keys
        : mapping.keys.sorted { $0.value.string.lowercased() < $1.value.string.lowercased() }
      return .list(keys.map { .list([$0.value, mapping[$0] ?? .null]) })
    case "join":
      let separator = call.value(0, "d")?.string ?? ""
      let texts = try projected(try all(), call.value(1, "attribute"), line).map(\.string)
      return .text(try made(texts.joined(separator: separator), line))
    case "sum":
      var sum = call.value(1, "start") ?? .integer(0)
      for entry in try projected(try all(), call.value(0, "attribute"), line) {
        guard let a = sum.asNumber, let b = entry.asNumber else { throw call.fail("“sum” wants numbers") }
        if let x = sum.asInteger, let y = entry.asInteger, !x.addingReportingOverflow(y).overflow {
          sum = .integer(x + y)
        } else {
          sum = .number(a + b)
        }
      }
      return sum
    case "min", "max", "sort":
      let entries = try sorted(try all(), by: call.named.last { $0.name == "attribute" }?.value, call)
      if name == "min" { return entries.first ?? .undefined("min") }
      if name == "max" { return entries.last ?? .undefined("max") }
      let isReversed = call.value(0, "reverse")?.isTrue ?? false
      return .list(isReversed ? entries.reversed() : entries)
    case "unique":
      var kept: [TemplateValue] = []
      for entry in try all() {
        try step(line, count: kept.count / 8)
        if !kept.contains(where: { $0.equals(entry) }) { kept.append(entry) }
      }
      return .list(kept)
    case "map":
      if let attribute = call.named.last(where: { $0.name == "attribute" })?.value {
        let other = call.named.last { $0.name == "default" }?.value
        return .list(
          try projected(try all(), attribute, line).map { entry in entry.isUndefined ? other ?? entry : entry })
      }
      guard case .text(let filter)? = call.plain.first else { throw call.fail("“map” wants a filter's name") }
      let rest = TemplateCall(plain: Array(call.plain.dropFirst()), named: call.named, line: line)
      var values: [TemplateValue] = []
      for entry in try all() { values.append(try self.filter(filter, entry, rest)) }
      return .list(values)
    case "select", "reject", "selectattr", "rejectattr":
      return .list(try selected(name, try all(), call))
    default: throw ChatTemplateError(.unsupported, "the filter “\(name)” is not known here", line: line)
    }
  }

  private func selected(
    _ name: String, _ entries: [TemplateValue], _ call: TemplateCall
  ) throws(ChatTemplateError) -> [TemplateValue] {
    let byAttribute = name.hasSuffix("attr"), isSelected = name.hasPrefix("select")
    let rest = Array(call.plain.dropFirst(byAttribute ? 1 : 0))
    if byAttribute, call.plain.isEmpty { throw call.fail("“\(name)” wants an attribute's name") }
    var kept: [TemplateValue] = []
    for entry in entries {
      try step(call.line)
      let value = byAttribute ? try projected([entry], call.plain[0], call.line)[0] : entry
      var isFound = value.isTrue
      if let test = rest.first {
        isFound = try self.test(
          test.string, value, TemplateCall(plain: Array(rest.dropFirst()), named: call.named, line: call.line))
      }
      if isFound == isSelected { kept.append(entry) }
    }
    return kept
  }

  /// An attribute of each entry, `a.b` that of an attribute; the entries where there is none.
  private func projected(
    _ entries: [TemplateValue], _ attribute: TemplateValue?, _ line: Int
  ) throws(ChatTemplateError) -> [TemplateValue] {
    guard let attribute else { return entries }
    var values: [TemplateValue] = []
    for entry in entries {
      try step(line)
      var value = entry
      for part in TemplateText.split(attribute.string, by: ".") {
        switch value {
        case .mapping(let mapping): value = mapping[part] ?? .undefined(part)
        case .list(let list):
          value = Int(part).flatMap { list.indices.contains($0) ? list[$0] : nil } ?? .undefined(part)
        default: value = try self.attribute(part, of: value, line)
        }
      }
      values.append(value)
    }
    return values
  }

  private func sorted(
    _ entries: [TemplateValue], by attribute: TemplateValue?, _ call: TemplateCall
  ) throws(ChatTemplateError) -> [TemplateValue] {
    let isExact = call.value(1, "case_sensitive")?.isTrue ?? false
    var keyed: [(key: TemplateValue, value: TemplateValue)] = []
    for (key, entry) in zip(try projected(entries, attribute, call.line), entries) {
      if case .text(let text) = key, !isExact {
        keyed.append((.text(text.lowercased()), entry))
      } else {
        keyed.append((key, entry))
      }
    }
    // By insertion, so that equal ones keep their order and errors can be thrown.
    var sorted: [(key: TemplateValue, value: TemplateValue)] = []
    for entry in keyed {
      try step(call.line)
      var place = sorted.count
      while place > 0, try compare("<", entry.key, sorted[place - 1].key, call.line) {
        try step(call.line)
        place -= 1
      }
      sorted.insert(entry, at: place)
    }
    return sorted.map(\.value)
  }

  // MARK: Texts

  private func integer(_ value: TemplateValue, _ call: TemplateCall) throws(ChatTemplateError) -> TemplateValue {
    if let integer = value.asInteger { return .integer(integer) }
    let other = call.value(0, "default") ?? .integer(0)
    switch value {
    case .number(let number): return Int(exactly: number.rounded(.towardZero)).map { .integer($0) } ?? other
    case .text(let text):
      let plain = TemplateText.stripped(text)
      if let integer = Int(plain, radix: min(max(try call.integer(1, "base", or: 10), 2), 36)) {
        return .integer(integer)
      }
      return Double(plain).flatMap { Int(exactly: $0.rounded(.towardZero)) }.map { .integer($0) } ?? other
    default: return other
    }
  }

  private func indented(_ text: String, _ call: TemplateCall) throws(ChatTemplateError) -> String {
    let margin: String
    if case .text(let given)? = call.value(0, "width") {
      margin = given
    } else {
      margin = String(repeating: " ", count: min(max(try call.integer(0, "width", or: 4), 0), 1_000))
    }
    let isFirst = call.value(1, "first")?.isTrue ?? false, isBlank = call.value(2, "blank")?.isTrue ?? false
    let lines = TemplateText.split(text, by: "\n").enumerated().map { place, line in
      place == 0 ? line : line.isEmpty && !isBlank ? line : margin + line
    }
    return (isFirst ? margin : "") + lines.joined(separator: "\n")
  }

  /// Words between blanks, hyphens and opening brackets, each with a large first letter.
  private static func filterTitle(_ text: String) -> String {
    var result = "", isInWord = false
    for scalar in text.unicodeScalars {
      let isBetween = TemplateText.isSpace(scalar) || "-({[<".unicodeScalars.contains(scalar)
      result +=
        isBetween
        ? String(scalar) : isInWord ? scalar.properties.lowercaseMapping : scalar.properties.uppercaseMapping
      isInWord = !isBetween
    }
    return result
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&#34;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

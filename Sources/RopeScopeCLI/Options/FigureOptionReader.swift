import RopeChart
import RopeFigures
import RopeMath
import RopeText

/// Reads the values of `FigureOptions`.
struct FigureOptionReader {
  func length(_ text: String, of option: String, atLeast least: Double) throws -> Double {
    guard let points = FigureStyles.points(parsing: text, atLeast: least) else {
      let inches = NumberText.compact(least / 72)
      throw Failure.usage("--\(option) “\(text)”: write 3.25in, 8.2cm or 234pt, between \(inches) and 40 inches")
    }
    return points
  }

  func number(_ value: Double, of option: String, in range: ClosedRange<Double>) throws -> Double {
    guard range.contains(value) else {
      throw Failure.usage(
        "--\(option) is \(NumberText.compact(value, digits: 6)); it must lie in \(NumberText.compact(range.lowerBound)) … \(NumberText.compact(range.upperBound))"
      )
    }
    return value
  }

  /// `yarn=Ours`; the name may be a SPEC, whose own `=` belong to it: `yarn:beta_fast=16=Ours`.
  func assignment(_ text: String, of option: String, _ example: String) throws -> (key: String, value: String) {
    var places = text.indices.filter { text[$0] == "=" && $0 != text.startIndex }
    if let first = places.first, text[..<first].contains(":") {
      places = places.filter { (try? MethodSpecification.parse(String(text[..<$0]))) != nil } + places.suffix(1)
    }
    guard let place = places.first else {
      throw Failure.usage("--\(option) “\(text.excerpt(60))”: write \(example)")
    }
    return (String(text[..<place]).trimmed, String(text[text.index(after: place)...]).trimmed)
  }

  func colour(_ text: String) throws -> String {
    let digits = (text.hasPrefix("#") ? String(text.dropFirst()) : text).uppercased()
    guard digits.utf8.count == 6, UInt32(digits, radix: 16) != nil else {
      throw Failure.usage("the colour “\(text.excerpt(40))” is not of the form #0072B2, six hexadecimal digits")
    }
    return digits
  }

  func dash(_ text: String) throws -> [Double] {
    let names: [String: [Double]] = [
      "solid": [], "dashed": [5, 2], "dotted": [1, 1.5], "dashdot": [5, 1.5, 1, 1.5],
    ]
    if let known = names[text.lowercased()] { return known }
    let parts = text.split { "-: ".contains($0) }.map { Double($0) ?? .nan }
    guard parts.count >= 2, parts.count.isMultiple(of: 2), parts.count <= 12, parts.allSatisfy({ $0 > 0 && $0 <= 100 })
    else {
      throw Failure.usage(
        "the dash “\(text.excerpt(40))” is none of solid, dashed, dotted, dashdot, and no even count of lengths such as 5-2"
      )
    }
    return parts
  }

  func marker(_ text: String) throws -> SeriesStyle.Marker {
    let all = SeriesStyle.Marker.allCases
    if let known = all.first(where: { FigureOptions.name($0) == text.lowercased() }) { return known }
    let names = all.map(FigureOptions.name)
    throw Failure.usage(
      "no marker is called “\(text.excerpt(40))”\(Nearest.hint(text, in: names)); there are \(names.joined(separator: ", "))"
    )
  }

  /// Names with commas between them; a token with `=` before any `:` continues the SPEC before it.
  func list(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0).trimmed }.reduce(into: []) { names, token in
      let equals = token.firstIndex(of: "=")
      let continues = equals.map { place in token.firstIndex(of: ":").map { place < $0 } ?? true } ?? false
      if continues, let last = names.popLast() { names.append(last + "," + token) } else { names.append(token) }
    }
  }

  func limits(_ text: String, of option: String) throws -> AxisLimits {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { String($0).trimmed }
    let values = ends.map { $0.isEmpty ? nil : value($0) }
    guard ends.count == 2, zip(ends, values).allSatisfy({ $0.isEmpty || $1 != nil }),
      values.contains(where: { $0 != nil })
    else {
      throw Failure.usage(
        "--\(option) “\(text.excerpt(40))”: write two numbers, 0:63, one of which may be left out, 4k:")
    }
    return AxisLimits(lower: values[0], upper: values[1])
  }

  func scale(_ text: String, of option: String) throws -> Axis.Scale {
    switch text.lowercased() {
    case "linear": .linear
    case "log", "log10": .log10
    case "log2": .log2
    default: throw Failure.usage("--\(option) “\(text.excerpt(40))”: it is linear, log or log2")
    }
  }

  func pairs(_ text: String) throws -> ClosedRange<Int> {
    let ends = text.split(separator: "-").map { Int(String($0).trimmed) ?? -1 }
    guard ends.count == 2, ends[0] >= 0, ends[0] < ends[1], ends[1] < 65_536 else {
      throw Failure.usage("--pairs “\(text.excerpt(40))”: write the first and the last pair, 32-63")
    }
    return ends[0]...ends[1]
  }

  /// `X:Y=TEXT` or `X=TEXT`, after `b@` for panel b.
  func annotation(_ text: String) throws -> AuthorStyle.Scoped<AuthorStyle.Annotation> {
    var rest = Substring(text)
    var panel: Int?
    if let place = rest.firstIndex(of: "@"), let letter = panelIndex(rest[..<place]) {
      panel = letter
      rest = rest[rest.index(after: place)...]
    }
    guard let equals = rest.firstIndex(of: "="), rest.index(after: equals) != rest.endIndex else {
      throw Failure.usage("--annotate “\(text.excerpt(60))”: write X:Y=TEXT or X=TEXT, as 48:32k=never turn")
    }
    let values = rest[..<equals].split(separator: ":", omittingEmptySubsequences: false).map {
      value(String($0).trimmed)
    }
    guard (1...2).contains(values.count), let x = values[0], values.allSatisfy({ $0 != nil }) else {
      throw Failure.usage("--annotate “\(text.excerpt(60))”: “\(rest[..<equals])” is no point X:Y and no place X")
    }
    let words = String(rest[rest.index(after: equals)...]).trimmed
    return .init(.init(x: x, y: values.count == 2 ? values[1] : nil, text: words), panel: panel)
  }

  /// Values with the panel that they are for: `b=VALUE`.
  func add<Value>(
    _ texts: [String], to wishes: inout [AuthorStyle.Scoped<Value>], _ read: (String) throws -> Value
  ) throws {
    for text in texts {
      if let equals = text.firstIndex(of: "="), let panel = panelIndex(text[..<equals]) {
        wishes.append(.init(try read(String(text[text.index(after: equals)...])), panel: panel))
      } else {
        wishes.append(.init(try read(text)))
      }
    }
  }

  private func panelIndex(_ text: Substring) -> Int? {
    guard text.utf8.count == 1, let byte = text.utf8.first, (97...122).contains(byte) else { return nil }
    return Int(byte) - 97
  }

  /// A number or a length.
  private func value(_ text: String) -> Double? {
    if let number = Double(text) { return number.isFinite ? number : nil }
    return TokenCount.parse(text).map(Double.init)
  }
}

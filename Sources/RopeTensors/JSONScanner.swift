/// Walks through JSON whose shape is known, building nothing: the caller says what it expects, entry by entry. Meant
/// for large machine-written files: safetensors headers, shard indices, tokenizers.
package struct JSONScanner {
  package typealias Fault = @Sendable (_ problem: String, _ place: Int) -> TensorError

  private let bytes: [UInt8]
  private var place = 0
  private let fault: Fault
  private static let deepestSkip = 64

  /// - Parameter fault: the error for what is wrong at a byte.
  package init(_ bytes: [UInt8], fault: @escaping Fault) {
    self.bytes = bytes
    self.fault = fault
  }

  /// One entry after another of an object, its key handed to `entry`, which reads the value.
  package mutating func object(
    _ entry: (inout JSONScanner, String) throws(TensorError) -> Void
  ) throws(TensorError) {
    try expect("{")
    if skip("}") { return }
    repeat {
      let key = try text()
      try expect(":")
      try entry(&self, key)
    } while skip(",")
    try expect("}")
  }

  /// One entry after another of a list, each read by `entry`.
  package mutating func list(_ entry: (inout JSONScanner) throws(TensorError) -> Void) throws(TensorError) {
    try expect("[")
    if skip("]") { return }
    repeat { try entry(&self) } while skip(",")
    try expect("]")
  }

  /// A list of whole numbers, each in 0 … Int.max.
  mutating func wholeNumbers() throws(TensorError) -> [Int] {
    var numbers: [Int] = []
    try list { (scanner) throws(TensorError) in numbers.append(try scanner.wholeNumber()) }
    return numbers
  }

  package mutating func text() throws(TensorError) -> String {
    guard let text = String(validating: try textBytes(), as: UTF8.self) else {
      throw problem("a text that is not UTF-8")
    }
    return text
  }

  /// The UTF-8 of a text, not validated.
  package mutating func textBytes() throws(TensorError) -> [UInt8] {
    try expect("\"")
    var units: [UInt8] = []
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""): return units
      case UInt8(ascii: "\\"): units += Array(String(try escaped()).utf8)
      case 0..<0x20: throw problem("a control character inside a text")
      default: units.append(byte)
      }
    }
    throw problem("a text that does not end")
  }

  /// The first byte of the value that follows: `"`, `{`, `[`, a digit, `t`, `f` or `n` tell its kind.
  package mutating func peek() -> Unicode.Scalar? {
    skipSpace()
    return place < bytes.count ? Unicode.Scalar(bytes[place]) : nil
  }

  /// Moves over `null`, if it stands here.
  package mutating func skipNull() throws(TensorError) -> Bool {
    guard peek() == "n" else { return false }
    try word("null")
    return true
  }

  package mutating func flag() throws(TensorError) -> Bool {
    let value = peek() == "t"
    try word(value ? "true" : "false")
    return value
  }

  /// Moves over a value of any kind.
  package mutating func skipValue() throws(TensorError) { try skipValue(depth: 0) }

  private mutating func skipValue(depth: Int) throws(TensorError) {
    guard depth < Self.deepestSkip else { throw problem("lists and objects more than \(Self.deepestSkip) deep") }
    switch peek() {
    case "{": try object { (scanner, _) throws(TensorError) in try scanner.skipValue(depth: depth + 1) }
    case "[": try list { (scanner) throws(TensorError) in try scanner.skipValue(depth: depth + 1) }
    case "\"": _ = try textBytes()
    case "t": try word("true")
    case "f": try word("false")
    case "n": try word("null")
    default: try skipNumber()
    }
  }

  private mutating func skipNumber() throws(TensorError) {
    let start = place
    while place < bytes.count, Self.numeric.contains(bytes[place]) { place += 1 }
    guard place > start else { throw problem("something that is no value") }
  }

  private static let numeric = Set("+-.0123456789eE".utf8)

  private mutating func word(_ word: String) throws(TensorError) {
    skipSpace()
    for unit in word.utf8 {
      guard next() == unit else { throw problem("something else where “\(word)” belongs") }
    }
  }

  /// Only white space may follow.
  package mutating func end() throws(TensorError) {
    skipSpace()
    guard place == bytes.count else { throw problem("something after its end") }
  }

  package func problem(_ what: String) -> TensorError { fault(what, place) }

  /// A number in 0 … Int.max.
  package mutating func wholeNumber() throws(TensorError) -> Int {
    skipSpace()
    var value = 0
    var digits = 0
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      let (tens, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = tens.addingReportingOverflow(Int(bytes[place] - UInt8(ascii: "0")))
      guard !first, !second else { throw problem("a number that is too large") }
      value = sum
      digits += 1
      place += 1
    }
    guard digits > 0 else { throw problem("something that is not a whole number of 0 or more") }
    return value
  }

  /// A number of any kind as it is written.
  package mutating func numberText() throws(TensorError) -> String {
    skipSpace()
    let start = place
    while place < bytes.count, Self.numeric.contains(bytes[place]) { place += 1 }
    guard place > start else { throw problem("something that is no number") }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func escaped() throws(TensorError) -> Unicode.Scalar {
    guard let byte = next() else { throw problem("a text that does not end") }
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"):
      let first = try hexadecimal()
      guard (0xD800..<0xDC00).contains(first) else {
        guard let scalar = Unicode.Scalar(first) else { throw problem("half of a character") }
        return scalar
      }
      guard next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u") else { throw problem("half of a character") }
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
      else { throw problem("half of a character") }
      return scalar
    default: throw problem("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(TensorError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw problem("an escape that is not four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(TensorError) {
    guard skip(character) else { throw problem("no “\(character)” where one belongs") }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func next() -> UInt8? {
    guard place < bytes.count else { return nil }
    defer { place += 1 }
    return bytes[place]
  }

  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return
      }
    }
  }
}

/// Reads the JSON of a safetensors header and nothing else: objects, texts, and lists of whole numbers, no deeper than
/// the format goes.
struct HeaderScanner {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// One entry after another of an object, its key handed to `entry`, which reads the value.
  mutating func object(
    _ entry: (inout HeaderScanner, String) throws(TensorError) -> Void
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

  /// A list of whole numbers, each in 0 … Int.max.
  mutating func wholeNumbers() throws(TensorError) -> [Int] {
    try expect("[")
    var numbers: [Int] = []
    if skip("]") { return numbers }
    repeat { numbers.append(try wholeNumber()) } while skip(",")
    try expect("]")
    return numbers
  }

  mutating func text() throws(TensorError) -> String {
    try expect("\"")
    var units: [UInt8] = []
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else { throw problem("a text that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"): units += Array(String(try escaped()).utf8)
      case 0..<0x20: throw problem("a control character inside a text")
      default: units.append(byte)
      }
    }
    throw problem("a text that does not end")
  }

  /// Only white space may follow.
  mutating func end() throws(TensorError) {
    skipSpace()
    guard place == bytes.count else { throw problem("something after its end") }
  }

  func problem(_ what: String) -> TensorError { .header("its header has \(what) at byte \(8 + place)") }

  private mutating func wholeNumber() throws(TensorError) -> Int {
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
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }
}

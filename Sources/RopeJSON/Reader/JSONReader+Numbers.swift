extension JSONReader {
  /// A number in 0 … Int.max, written in digits alone.
  public mutating func wholeNumber() throws(JSONFault) -> Int {
    _ = peek()
    var value = 0
    let start = offset
    while offset < bytes.count, case let digit = bytes[offset] &- UInt8(ascii: "0"), digit < 10 {
      let (tens, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = tens.addingReportingOverflow(Int(digit))
      guard !first, !second else { throw problem("a number that is too large") }
      value = sum
      offset += 1
    }
    guard offset > start else { throw problem("something that is not a whole number of 0 or more") }
    return value
  }

  /// A list of whole numbers, each in 0 … Int.max.
  public mutating func wholeNumbers() throws(JSONFault) -> [Int] {
    var numbers: [Int] = []
    try list { (reader) throws(JSONFault) in numbers.append(try reader.wholeNumber()) }
    return numbers
  }

  /// A number as it is written.
  public mutating func numberText() throws(JSONFault) -> String { try number().literal }

  /// A number and how it is spelled.
  public mutating func number() throws(JSONFault) -> (value: Double, literal: String) {
    let first = peek()
    let start = offset
    if options.acceptsPythonNumbers, let special = try pythonNumber(first) { return special }
    guard let first, first == "-" || ("0"..."9").contains(first) else {
      guard offset < bytes.count else {
        throw fault(bytes.isEmpty ? "the file is empty" : "the file ends where a value should stand")
      }
      throw fault("a value cannot begin with “\(JSONReader.printable(bytes[offset]))”")
    }
    while offset < bytes.count, Self.isNumeric(bytes[offset]) { offset += 1 }
    let literal = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard JSONNumber.isValid(literal), let value = Double(literal) else {
      throw fault("“\(literal.prefix(40))” is not a number", at: start)
    }
    return (value, literal)
  }

  private mutating func pythonNumber(_ first: Unicode.Scalar?) throws(JSONFault) -> (Double, String)? {
    switch first {
    case "N":
      try word("NaN")
      return (.nan, "NaN")
    case "I":
      try word("Infinity")
      return (.infinity, "Infinity")
    case "-" where bytes[offset...].starts(with: "-Infinity".utf8):
      try word("-Infinity")
      return (-.infinity, "-Infinity")
    default: return nil
    }
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}

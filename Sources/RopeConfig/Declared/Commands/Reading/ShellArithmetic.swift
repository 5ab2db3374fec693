/// Whole numbers, `+ - * / %`, `**` and brackets, with variables that hold whole numbers.
struct ShellArithmetic {
  private var rest: ArraySlice<UInt8>
  private let variables: [String: ShellWord]
  private var depth = 0

  static func value(of text: ArraySlice<UInt8>, variables: [String: ShellWord]) -> Int? {
    var reader = ShellArithmetic(rest: text, variables: variables)
    guard let value = reader.sum(), reader.peek() == nil else { return nil }
    return value
  }

  private init(rest: ArraySlice<UInt8>, variables: [String: ShellWord]) {
    self.rest = rest
    self.variables = variables
  }

  private mutating func peek() -> UInt8? {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
    return rest.first
  }

  private mutating func skip(_ text: String) -> Bool {
    _ = peek()
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private mutating func sum() -> Int? {
    guard var value = product() else { return nil }
    while let next = peek(), next == UInt8(ascii: "+") || next == UInt8(ascii: "-") {
      rest = rest.dropFirst()
      guard let other = product() else { return nil }
      let (result, overflow) =
        next == UInt8(ascii: "+") ? value.addingReportingOverflow(other) : value.subtractingReportingOverflow(other)
      guard !overflow else { return nil }
      value = result
    }
    return value
  }

  private mutating func product() -> Int? {
    guard var value = power() else { return nil }
    while let next = peek(), "*/%".utf8.contains(next) {
      rest = rest.dropFirst()
      guard let other = power() else { return nil }
      let (result, overflow) =
        switch next {
        case UInt8(ascii: "*"): value.multipliedReportingOverflow(by: other)
        case UInt8(ascii: "/"): value.dividedReportingOverflow(by: other)
        default: value.remainderReportingOverflow(dividingBy: other)
        }
      guard !overflow else { return nil }
      value = result
    }
    return value
  }

  private mutating func power() -> Int? {
    guard let value = atom() else { return nil }
    guard skip("**") else { return value }
    guard let exponent = power(), (0...62).contains(exponent) else { return nil }
    var result = 1
    for _ in 0..<exponent {
      let (next, overflow) = result.multipliedReportingOverflow(by: value)
      guard !overflow else { return nil }
      result = next
    }
    return result
  }

  private mutating func atom() -> Int? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 64 else { return nil }
    if skip("(") {
      guard let value = sum(), skip(")") else { return nil }
      return value
    }
    if skip("-") { return atom().flatMap { $0 == .min ? nil : -$0 } }
    let hasSign = skip("${") || skip("$")
    _ = peek()
    let name = rest.prefix {
      $0 == UInt8(ascii: "_") || $0 < 0x80 && (UnicodeScalar($0).properties.isAlphabetic || (0x30...0x39).contains($0))
    }
    guard !name.isEmpty else { return nil }
    rest = rest.dropFirst(name.count)
    if hasSign { _ = skip("}") }
    let text = String(decoding: name, as: UTF8.self)
    return Int(text) ?? variables[text].flatMap { $0.isUnknown ? nil : Int($0.text) }
  }
}

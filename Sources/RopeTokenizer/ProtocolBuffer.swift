/// Walks through a message of Google's Protocol Buffers, never beyond its end (protobuf.dev, Encoding).
struct ProtocolBuffer {
  enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next field; nil at the end.
  ///
  /// - Throws: `TokenizerError.invalid` where the message is cut short or has a kind of field that is long out of use.
  mutating func next() throws(TokenizerError) -> (field: Int, value: Value)? {
    guard !rest.isEmpty else { return nil }
    let key = try number()
    guard key >> 3 <= 0x1FFF_FFFF else { throw fault() }
    let field = Int(key >> 3)
    switch key & 7 {
    case 0: return (field, .number(try number()))
    case 1: return (field, .number(try word(8)))
    case 2:
      let count = try number()
      guard count <= UInt64(rest.count) else { throw fault() }
      defer { rest = rest.dropFirst(Int(count)) }
      return (field, .bytes(rest.prefix(Int(count))))
    case 5: return (field, .number(try word(4)))
    default: throw fault()
    }
  }

  /// Seven bits a byte, the lowest first.
  private mutating func number() throws(TokenizerError) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw fault() }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    throw fault()
  }

  private mutating func word(_ count: Int) throws(TokenizerError) -> UInt64 {
    guard rest.count >= count else { throw fault() }
    let number = rest.prefix(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(count)
    return number
  }

  private func fault() -> TokenizerError { .invalid("it is no SentencePiece model: the message breaks off") }
}

/// The bytes of every token, in one block.
struct TokenTexts: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]

  var count: Int { starts.count - 1 }

  mutating func append(_ text: some Collection<UInt8>) {
    bytes.append(contentsOf: text)
    starts.append(bytes.count)
  }

  subscript(id: Int) -> ArraySlice<UInt8> { bytes[starts[id]..<starts[id + 1]] }

  func length(of id: Int) -> Int { starts[id + 1] - starts[id] }

  func withText<Result>(of id: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[starts[id]..<starts[id + 1]])) }
  }

  func isEqual(_ id: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard length(of: id) == text.count else { return false }
    let start = starts[id]
    for offset in 0..<text.count where bytes[start + offset] != text[offset] { return false }
    return true
  }
}

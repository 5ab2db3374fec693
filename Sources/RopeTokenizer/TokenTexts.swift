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

  func byte(_ place: Int, of id: Int) -> UInt8 { bytes[starts[id] + place] }

  /// Tokens in the order of their bytes, those of the same text in their own.
  func sorted(_ ids: [Int]) -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      ids.sorted { left, right in
        let (a, b) = (starts[left]..<starts[left + 1], starts[right]..<starts[right + 1])
        for offset in 0..<min(a.count, b.count) {
          let (x, y) = (bytes[a.lowerBound + offset], bytes[b.lowerBound + offset])
          if x != y { return x < y }
        }
        return a.count != b.count ? a.count < b.count : left < right
      }
    }
  }

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

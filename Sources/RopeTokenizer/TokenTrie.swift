/// Finds the tokens that a text begins with: a tree of bytes, the children of a node side by side in order.
struct TokenTrie: Sendable {
  private var labels: [UInt8] = [0]
  private var children: [Range<Int32>] = [0..<0]
  private var tokens: [Int32] = [-1]

  /// Bytes of one token at most: what a text is compared with at each of its places.
  static let longest = 4096
  /// Bytes of all tokens at most; the largest published vocabularies have some five million.
  static let mostBytes = 1 << 24

  /// - Parameter isMember: which tokens are found. Of tokens with the same text the last is found; one without a text
  ///   never.
  /// - Throws: `TokenizerError.unsupported` for tokens that are too long.
  init(_ texts: TokenTexts, where isMember: (Int) -> Bool = { _ in true }) throws(TokenizerError) {
    let members = (0..<texts.count).filter { texts.length(of: $0) > 0 && isMember($0) }
    let size = members.reduce(0) { $0 + texts.length(of: $1) }
    if let id = members.first(where: { texts.length(of: $0) > Self.longest }) {
      throw .unsupported("token \(id) has \(texts.length(of: id)) bytes, expected at most \(Self.longest)")
    }
    guard size <= Self.mostBytes else {
      throw .unsupported("the tokens have \(size) bytes together, expected at most \(Self.mostBytes)")
    }
    let sorted = texts.sorted(members)
    var waiting: [(node: Int, ids: Range<Int>, depth: Int)] = [(0, 0..<sorted.count, 0)]
    var next = 0
    while next < waiting.count {
      let (node, ids, depth) = waiting[next]
      next += 1
      var place = ids.lowerBound
      while place < ids.upperBound, texts.length(of: sorted[place]) == depth {
        tokens[node] = Int32(truncatingIfNeeded: sorted[place])
        place += 1
      }
      let first = Int32(truncatingIfNeeded: labels.count)
      while place < ids.upperBound {
        let label = texts.byte(depth, of: sorted[place])
        let start = place
        while place < ids.upperBound, texts.byte(depth, of: sorted[place]) == label { place += 1 }
        waiting.append((labels.count, start..<place, depth + 1))
        labels.append(label)
        children.append(0..<0)
        tokens.append(-1)
      }
      children[node] = first..<Int32(truncatingIfNeeded: labels.count)
    }
  }

  static let root: Int32 = 0

  /// The node that a byte leads to.
  func child(of node: Int32, _ byte: UInt8) -> Int32? {
    var (low, high) = (children[Int(node)].lowerBound, children[Int(node)].upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if labels[Int(middle)] < byte { low = middle + 1 } else { high = middle }
    }
    return low < children[Int(node)].upperBound && labels[Int(low)] == byte ? low : nil
  }

  /// The token that ends at a node.
  func token(at node: Int32) -> Int32? { tokens[Int(node)] < 0 ? nil : tokens[Int(node)] }

  func node(of text: some Sequence<UInt8>) -> Int32? {
    var node = Self.root
    for byte in text {
      guard let next = child(of: node, byte) else { return nil }
      node = next
    }
    return node
  }

  /// The longest token that stands at a place, and where it ends.
  func longest(
    in text: UnsafeBufferPointer<UInt8>, at start: Int, from node: Int32 = root
  ) -> (token: Int32, end: Int)? {
    var node = node
    var place = start
    var found: (Int32, Int)?
    while place < text.count, let next = child(of: node, text[place]) {
      node = next
      place += 1
      if let token = token(at: node) { found = (token, place) }
    }
    return found
  }
}

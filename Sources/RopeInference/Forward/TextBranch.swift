/// A text of several that are read together under the same plans.
///
/// What it shares with the text before it is not read again: keys and values depend on earlier tokens only, and those of
/// the text before it are still there. It goes on where a tile of queries begins, so that every number is the one that
/// the text has when it is read alone.
struct TextBranch<Scalar: ForwardScalar> {
  /// Tokens that are not read again.
  let first: Int
  let count: Int
  /// Positions whose states are asked for.
  let needed: Range<Int>
  /// `[token][feature]` from `first` on.
  let states: Buffer<Scalar>
  /// The rows of its own that each token has for each layer.
  var inputs: Buffer<Scalar>?

  /// - Parameters:
  ///   - previous: tokens of the text that is read before it.
  ///   - chunk: tokens that go through a layer together.
  init(_ text: AskedText, after previous: [Int], chunk: Int, hidden: Int) {
    count = text.tokens.count
    needed = text.positions
    let common = zip(text.tokens, previous).prefix { $0 == $1 }.count
    // The last token is always read: states need not be asked for, but a text has some.
    let shared = min(common, text.positions.isEmpty ? count - 1 : text.positions.lowerBound)
    let start = shared / chunk * chunk
    first = start + (shared - start) / TiledAttention.queryRows * TiledAttention.queryRows
    states = Buffer((count - first) * hidden)
  }

  /// The states from a token on.
  func row(_ token: Int, of hidden: Int) -> UnsafeMutablePointer<Scalar> {
    states.pointer + (max(token, first) - first) * hidden
  }

  /// What is read, in chunks that begin where those of every text do.
  func parts(of chunk: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = [], start = first
    while start < count {
      let end = min((start / chunk + 1) * chunk, count)
      parts.append(start..<end)
      start = end
    }
    return parts
  }
}

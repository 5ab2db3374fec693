/// The likeliest way to cut a text into tokens with a score each (SentencePiece's Unigram): Viterbi over the places
/// between characters, in time proportional to the text and the longest token.
struct UnigramModel: Sendable {
  let trie: TokenTrie
  /// By token: log-likelihoods.
  let scores: [Double]
  let unknown: Int32
  let unknownScore: Double
  /// The tokens of single bytes; −1 where the vocabulary has none.
  let byteTokens: [Int32]
  /// Sums of scores are rounded to single precision, as SentencePiece does; Hugging Face's program does not.
  let roundsSums: Bool

  /// How much less an unknown character scores than the least likely token (SentencePiece, unigram_model.cc).
  static let unknownPenalty = 10.0

  private struct Step {
    var score = 0.0
    var start = -1
    var id: Int32 = -1
  }

  func encode(_ text: UnsafeBufferPointer<UInt8>, into ids: inout [Int]) {
    guard text.count > 0 else { return }
    var best = [Step](repeating: Step(), count: text.count + 1)
    var start = 0
    while start < text.count {
      extend(&best, text, from: start)
      start += UTF8Character.length(text[start], room: text.count - start)
    }
    append(best, text, to: &ids)
  }

  private func extend(_ best: inout [Step], _ text: UnsafeBufferPointer<UInt8>, from start: Int) {
    let length = UTF8Character.length(text[start], room: text.count - start)
    let score = best[start].score
    var hasCharacter = false
    var node = TokenTrie.root
    var place = start
    while place < text.count, let next = trie.child(of: node, text[place]) {
      node = next
      place += 1
      guard let token = trie.token(at: node) else { continue }
      improve(&best[place], score + scores[Int(token)], start, token)
      hasCharacter = hasCharacter || place - start == length
    }
    if !hasCharacter { improve(&best[start + length], score + unknownScore, start, unknown) }
  }

  private func improve(_ step: inout Step, _ score: Double, _ start: Int, _ id: Int32) {
    let score = roundsSums ? Double(Float(score)) : score
    guard step.start < 0 || score > step.score else { return }
    step = Step(score: score, start: start, id: id)
  }

  /// The tokens of the best path; unknown ones in a row are one, or their bytes.
  private func append(_ best: [Step], _ text: UnsafeBufferPointer<UInt8>, to ids: inout [Int]) {
    var parts: [(range: Range<Int>, id: Int32)] = []
    var end = text.count
    while end > 0 {
      let step = best[end]
      if step.id == unknown, let last = parts.last, last.id == unknown {
        parts[parts.count - 1].range = step.start..<last.range.upperBound
      } else {
        parts.append((step.start..<end, step.id))
      }
      end = step.start
    }
    for (range, id) in parts.reversed() {
      let bytes = text[range]
      if id == unknown, let known = trie.node(of: bytes).flatMap({ trie.token(at: $0) }) {
        ids.append(Int(known))
      } else if id == unknown, bytes.allSatisfy({ byteTokens[Int($0)] >= 0 }) {
        for byte in bytes { ids.append(Int(byteTokens[Int(byte)])) }
      } else {
        ids.append(Int(id))
      }
    }
  }
}

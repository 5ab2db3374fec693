import RopeText

/// A vocabulary on its way to a tokenizer: what GGUF files and `tokenizer.json` have in common.
struct TokenizerBuilder {
  /// Tokens as the file writes them.
  var written = TokenTexts()
  var kinds: [TokenKind] = []
  /// Pairs as the file writes them, the first to merge first.
  var merges: [(left: [UInt8], right: [UInt8])] = []
  var special = SpecialTokens()
  /// Those that are looked for in the normalised text.
  var normalisedSpecial = SpecialTokens()
  var beginningOfText: Int?
  var endOfText: Int?
  var endsOfText: Set<Int> = []
  var addsBeginningOfText = false
  var leading: [Int]?
  var ending: [Int] = []
  var normaliser = Normaliser()

  /// Tokens at most: they are counted in 32 bits.
  static let largestVocabulary = 1 << 30

  // MARK: Byte-level

  func byteLevel(_ preTokenizer: PreTokenizer, prefixesSpace: Bool) throws(TokenizerError) -> Tokenizer {
    let index = TokenIndex(written)
    var plain = TokenTexts()
    for id in 0..<written.count {
      // Markers are written as they are, the others in the alphabet of bytes.
      let isPlain = [.control, .userDefined, .unknown].contains(kinds[id])
      let bytes = isPlain ? nil : written.withText(of: id) { ByteAlphabet.bytes(of: $0) }
      plain.append(bytes ?? Array(written[id]))
    }
    let model = ByteLevelModel(
      preTokenizer: preTokenizer, merges: try ranks(index),
      byteTokens: (0..<256).map { index.id(of: ByteAlphabet.text(of: UInt8($0))) ?? -1 },
      wholePieces: preTokenizer.ignoresMerges ? TokenIndex(plain) : nil, prefixesSpace: prefixesSpace)
    return finished(.byteLevel(model), texts: plain)
  }

  // MARK: Over characters

  /// - Parameters:
  ///   - scores: one a token; without them the merges decide.
  ///   - isMerged: which kinds of tokens a text is made of.
  func pieces(
    scores: [Float]?, unknown: Int?, fusesUnknown: Bool, byteFallback: Bool, prefix: PieceModel.Prefix,
    prefixesSpaced: Bool = true, merges isMerged: (TokenKind) -> Bool = { _ in true }
  ) throws(TokenizerError) -> Tokenizer {
    let index = TokenIndex(mergeable(isMerged))
    let merges: PieceModel.Merges
    if let scores {
      merges = .scored(ScoredMerges(index, scores: scores))
    } else {
      merges = .ranked(try ranks(index))
    }
    let (plain, byteTokens) = plainTexts(byteFallback: byteFallback)
    let model = PieceModel(
      index: index, merges: merges, byteTokens: byteTokens, unknown: unknown.map { Int32(truncatingIfNeeded: $0) },
      fusesUnknown: fusesUnknown, prefix: prefix, prefixesSpaced: prefixesSpaced)
    return finished(.pieces(model), texts: plain)
  }

  /// The tokens' texts without those of other kinds.
  private func mergeable(_ isMerged: (TokenKind) -> Bool) -> TokenTexts {
    guard kinds.contains(where: { !isMerged($0) }) else { return written }
    var texts = TokenTexts()
    for (id, kind) in kinds.enumerated() { texts.append(isMerged(kind) ? written[id] : []) }
    return texts
  }

  /// What tokens stand for, with spaces for their marks, and the tokens of single bytes.
  private func plainTexts(byteFallback: Bool) -> (texts: TokenTexts, byteTokens: [Int32]) {
    var plain = TokenTexts()
    var byteTokens = [Int32](repeating: -1, count: 256)
    for id in 0..<written.count {
      if byteFallback, let byte = Self.byte(written[id]) {
        byteTokens[Int(byte)] = Int32(truncatingIfNeeded: id)
        plain.append([byte])
      } else {
        plain.append(Self.withSpaces(written[id]))
      }
    }
    return (plain, byteTokens)
  }

  // MARK: Unigram and WordPiece

  func unigram(
    trie: TokenTrie, scores: [Double], unknown: Int, unknownScore: Double, byteFallback: Bool, roundsSums: Bool,
    splitter: WordSplitter
  ) -> Tokenizer {
    let (plain, byteTokens) = plainTexts(byteFallback: byteFallback)
    let model = UnigramModel(
      trie: trie, scores: scores, unknown: Int32(truncatingIfNeeded: unknown), unknownScore: unknownScore,
      byteTokens: byteTokens, roundsSums: roundsSums)
    return finished(.unigram(model, splitter), texts: plain)
  }

  /// - Parameter prefix: how tokens within a word are written, such as `##`.
  func wordPiece(prefix: String, unknown: Int, longestWord: Int, splitter: WordSplitter) throws(TokenizerError)
    -> Tokenizer
  {
    let trie = try TokenTrie(written)
    var plain = TokenTexts()
    for id in 0..<written.count {
      let isInner = !prefix.isEmpty && kinds[id] == .normal && written[id].starts(with: prefix.utf8)
      plain.append(
        kinds[id] != .normal || isInner ? written[id].dropFirst(isInner ? prefix.utf8.count : 0) : [0x20] + written[id])
    }
    let model = WordPieceModel(
      trie: trie, inner: trie.node(of: prefix.utf8), unknown: unknown, longestWord: longestWord)
    return finished(.wordPiece(model, splitter), texts: plain)
  }

  /// The byte of a token written `<0x0A>`.
  private static func byte(_ text: ArraySlice<UInt8>) -> UInt8? {
    guard text.count == 6, text.starts(with: "<0x".utf8), text.last == UInt8(ascii: ">") else { return nil }
    return UInt8(String(decoding: text.dropFirst(3).dropLast(), as: UTF8.self), radix: 16)
  }

  /// Spaces in place of their marks.
  private static func withSpaces(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.contains(PieceModel.mark[0]) else { return Array(text) }
    var result: [UInt8] = []
    var rest = text
    while let first = rest.first {
      if rest.starts(with: PieceModel.mark) {
        result.append(0x20)
        rest = rest.dropFirst(PieceModel.mark.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  // MARK: Both

  private func ranks(_ index: TokenIndex) throws(TokenizerError) -> RankedMerges {
    var ranked = RankedMerges(reservingCapacity: merges.count)
    for (rank, merge) in merges.enumerated() {
      guard let left = index.id(of: merge.left), let right = index.id(of: merge.right),
        let joined = index.id(of: merge.left + merge.right)
      else {
        let pair = String(decoding: merge.left + [0x20] + merge.right, as: UTF8.self)
        throw .invalid("merge \(rank) (“\(pair.excerpt(60))”) has a part or a result that is not in the vocabulary")
      }
      ranked.insert(left, right, Merge(priority: UInt32(truncatingIfNeeded: rank), id: joined))
    }
    return ranked
  }

  private func finished(_ model: Tokenizer.Model, texts: TokenTexts) -> Tokenizer {
    var tokenizer = Tokenizer(model: model, special: special, texts: texts, kinds: kinds)
    tokenizer.beginningOfText = beginningOfText
    tokenizer.endOfText = endOfText
    tokenizer.endsOfText = endsOfText
    tokenizer.addsBeginningOfText = addsBeginningOfText
    tokenizer.leading = leading
    tokenizer.ending = ending
    tokenizer.normaliser = normaliser
    tokenizer.normalisedSpecial = normalisedSpecial.isEmpty ? nil : normalisedSpecial
    return tokenizer
  }
}

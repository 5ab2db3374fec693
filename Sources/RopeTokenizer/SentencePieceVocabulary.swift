/// Understands a SentencePiece model.
struct SentencePieceVocabulary {
  private let file: SentencePieceFile
  private var builder = TokenizerBuilder()

  init(_ file: SentencePieceFile) throws(TokenizerError) {
    self.file = file
    builder.written = file.texts
    builder.kinds = file.kinds
    guard file.marksSpaces, !file.marksSpacesBehind else {
      throw .unsupported("a SentencePiece model that does not write “▁” before words is not read")
    }
    for (id, kind) in file.kinds.enumerated() where kind == .control {
      try builder.special.insert(
        file.texts[id], SpecialTokens.Token(id: Int32(truncatingIfNeeded: id), isControl: true))
    }
    builder.beginningOfText = token(file.beginningOfText)
    builder.endOfText = token(file.endOfText)
    builder.endsOfText = Set([builder.endOfText].compactMap { $0 })
  }

  private func token(_ id: Int) -> Int? { file.kinds.indices.contains(id) ? id : nil }

  func tokenizer() throws(TokenizerError) -> Tokenizer {
    var vocabulary = self
    let kept = try TokenTrie(file.texts) { file.kinds[$0] == .userDefined }
    vocabulary.builder.normaliser.steps = [
      .sentencePiece(
        SentencePieceNormaliser(
          map: file.map, addsPrefix: file.addsPrefix, removesExtraSpaces: file.removesExtraSpaces, kept: kept))
    ]
    guard let unknown = file.kinds.firstIndex(of: .unknown) else { throw .invalid("it has no unknown token") }
    switch file.model {
    case 1: return try vocabulary.unigram(unknown)
    case 2: return try vocabulary.pairs(unknown)
    default:
      throw .unsupported("a SentencePiece model of kind \(file.model) is not read, expected 1 (Unigram) or 2 (BPE)")
    }
  }

  private func unigram(_ unknown: Int) throws(TokenizerError) -> Tokenizer {
    let normal = file.kinds.indices.filter { file.kinds[$0] == .normal }
    let least = normal.map { file.scores[$0] }.min() ?? 0
    let largest = normal.map { file.scores[$0] }.max() ?? 0
    var scores = file.scores.map { Double($0) }
    // Texts that are always kept whole score more the longer they are.
    for id in scores.indices where file.kinds[id] == .userDefined {
      scores[id] = Double(Float(file.texts.length(of: id)) * largest) - 0.1
    }
    let trie = try TokenTrie(file.texts) { file.kinds[$0] == .normal || file.kinds[$0] == .userDefined }
    return builder.unigram(
      trie: trie, scores: scores, unknown: unknown, unknownScore: Double(least - Float(UnigramModel.unknownPenalty)),
      byteFallback: file.byteFallback, roundsSums: true, splitter: WordSplitter(steps: []))
  }

  private mutating func pairs(_ unknown: Int) throws(TokenizerError) -> Tokenizer {
    guard !file.kinds.contains(.unused) else {
      throw .unsupported("a SentencePiece model of kind BPE with unused pieces is not read")
    }
    for (id, kind) in file.kinds.enumerated() where kind == .userDefined {
      try builder.normalisedSpecial.insert(
        file.texts[id], SpecialTokens.Token(id: Int32(truncatingIfNeeded: id), isControl: false))
    }
    return try builder.pieces(
      scores: file.scores, unknown: unknown, fusesUnknown: true, byteFallback: file.byteFallback, prefix: .never,
      merges: { [.normal, .userDefined].contains($0) })
  }
}

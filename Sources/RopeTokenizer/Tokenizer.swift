/// Turns text into a model's tokens and back, exactly as the model's own tokenizer does.
///
/// Read from a GGUF file's metadata, a `tokenizer.json` or a `tokenizer.model`: byte-level byte-pair encoding (GPT-2,
/// SmolLM, Llama 3, Qwen …), SentencePiece-like merging over characters (Llama 2, Gemma), Unigram and WordPiece.
public struct Tokenizer: Sendable {
  enum Model: Sendable {
    case byteLevel(ByteLevelModel)
    case pieces(PieceModel)
    case unigram(UnigramModel, WordSplitter)
    case wordPiece(WordPieceModel, WordSplitter)
  }

  let model: Model
  let special: SpecialTokens
  /// What each token stands for in a text.
  let texts: TokenTexts
  let kinds: [TokenKind]
  /// What happens to the texts between special tokens first.
  var normaliser = Normaliser()
  /// Special tokens that are looked for in what comes of that.
  var normalisedSpecial: SpecialTokens?

  /// Put before a text where the model asks for it.
  public internal(set) var beginningOfText: Int?
  public internal(set) var endOfText: Int?
  /// All tokens that end a text or a turn, `endOfText` among them.
  public internal(set) var endsOfText: Set<Int> = []
  /// Whether the model wants `beginningOfText` before every text.
  public internal(set) var addsBeginningOfText = false

  /// All tokens that the model wants before every text, where it asks for several.
  var leading: [Int]?
  /// Tokens that the model wants after every text, such as an end of text.
  public internal(set) var ending: [Int] = []

  /// Tokens that the model wants before every text: `beginningOfText` where it asks for it, else none.
  public var beginning: [Int] { leading ?? (addsBeginningOfText ? [beginningOfText].compactMap { $0 } : []) }

  init(model: Model, special: SpecialTokens, texts: TokenTexts, kinds: [TokenKind]) {
    self.model = model
    self.special = special
    self.texts = texts
    self.kinds = kinds
  }

  /// Number of tokens: they are 0 ..< this.
  public var vocabularySize: Int { texts.count }

  /// - Parameter id: in 0 ..< `vocabularySize`; nil beyond.
  public func kind(of id: Int) -> TokenKind? { kinds.indices.contains(id) ? kinds[id] : nil }

  // MARK: Text to tokens

  /// The tokens of a text, without a beginning or end of text.
  ///
  /// - Parameter recognisingSpecialTokens: whether `<|im_end|>` and the like, written in the text, become their tokens;
  ///   otherwise they are text like any other. Texts that a vocabulary keeps whole are recognised in either case.
  public func encode(_ text: String, recognisingSpecialTokens: Bool = true) -> [Int] {
    var text = text
    var ids: [Int] = []
    text.withUTF8 { utf8 in
      encode(utf8, special, recognisingSpecialTokens, isFirst: true, follows: false, &ids) {
        part, isFirst, follows, ids in
        guard !normaliser.steps.isEmpty else { return encodeFragment(part, isFirst, follows, &ids) }
        normaliser.apply(Array(part)).withUnsafeBufferPointer { text in
          guard let normalisedSpecial else { return encodeFragment(text, isFirst, follows, &ids) }
          encode(
            text, normalisedSpecial, recognisingSpecialTokens, isFirst: isFirst, follows: follows, &ids, encodeFragment)
        }
      }
    }
    return ids
  }

  /// Takes special tokens as they are, and what stands between them as `body` encodes it.
  ///
  /// - Parameter body: told of each part whether it is the text's first and follows a special token.
  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ special: SpecialTokens, _ recognisingSpecialTokens: Bool, isFirst: Bool,
    follows: Bool, _ ids: inout [Int], _ body: (UnsafeBufferPointer<UInt8>, Bool, Bool, inout [Int]) -> Void
  ) {
    var isFirst = isFirst, follows = follows
    for fragment in special.fragments(of: text, recognisingControl: recognisingSpecialTokens) {
      switch fragment {
      case .token(let id):
        ids.append(Int(id))
        follows = true
      case .text(let range):
        body(UnsafeBufferPointer(rebasing: text[range]), isFirst, follows, &ids)
        follows = false
      }
      isFirst = false
    }
  }

  private func encodeFragment(
    _ text: UnsafeBufferPointer<UInt8>, _ isFirst: Bool, _ followsSpecialToken: Bool, _ ids: inout [Int]
  ) {
    switch model {
    case .byteLevel(let model): model.encode(text, into: &ids)
    case .pieces(let model):
      model.encode(text, isFirst: isFirst, followsSpecialToken: followsSpecialToken, into: &ids)
    case .unigram(let model, let splitter):
      guard !splitter.steps.isEmpty else { return model.encode(text, into: &ids) }
      splitter.forEachWord(text, isFirst: isFirst) { model.encode($0, into: &ids) }
    case .wordPiece(let model, let splitter):
      splitter.forEachWord(text, isFirst: isFirst) { model.encode($0, into: &ids) }
    }
  }

  // MARK: Tokens to text

  /// The bytes that a token stands for. A character may be spread over several tokens.
  ///
  /// - Throws: `TokenizerError.unknownToken`.
  public func bytes(of id: Int) throws(TokenizerError) -> [UInt8] {
    guard kinds.indices.contains(id) else { throw .unknownToken(id, count: kinds.count) }
    return Array(texts[id])
  }

  /// The text of tokens; bytes that make no character become U+FFFD. A space that encoding puts before a text is taken
  /// away again.
  ///
  /// - Parameter includingSpecialTokens: whether markers are written out or left out.
  /// - Throws: `TokenizerError.unknownToken`.
  public func decode(_ ids: [Int], includingSpecialTokens: Bool = true) throws(TokenizerError) -> String {
    var bytes: [UInt8] = []
    var isText = false
    for id in ids {
      let text = try self.bytes(of: id)
      let isMarker = kinds[id] == .control || kinds[id] == .unknown
      if isMarker, !includingSpecialTokens { continue }
      let dropsSpace = hasPrefix && !isText && !isMarker && text.first == 0x20
      bytes += dropsSpace ? text.dropFirst() : text[...]
      isText = isText || !isMarker
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private var hasPrefix: Bool {
    if normaliser.prefixesSpace { return true }
    return switch model {
    case .byteLevel(let model): model.prefixesSpace
    case .pieces(let model): model.prefix != .never
    case .unigram(_, let splitter), .wordPiece(_, let splitter):
      splitter.steps.contains { if case .marks(let prefix, _) = $0 { prefix != .never } else { false } }
    }
  }
}

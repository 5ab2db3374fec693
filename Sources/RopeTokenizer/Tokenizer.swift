import Foundation

/// Turns text into a model's tokens and back, exactly as the model's own tokenizer does.
///
/// Read from a GGUF file's metadata or a `tokenizer.json`: byte-level byte-pair encoding (GPT-2, SmolLM, Llama 3, Qwen
/// …) and SentencePiece-like merging over characters (Llama 2, Gemma).
public struct Tokenizer: Sendable {
  enum Model: Sendable {
    case byteLevel(ByteLevelModel)
    case pieces(PieceModel)
  }

  let model: Model
  let special: SpecialTokens
  /// What each token stands for in a text.
  let texts: TokenTexts
  let kinds: [TokenKind]
  /// Text is brought to Unicode's normalisation form C first.
  var composes = false

  /// Put before a text where the model asks for it.
  public internal(set) var beginningOfText: Int?
  public internal(set) var endOfText: Int?
  /// All tokens that end a text or a turn, `endOfText` among them.
  public internal(set) var endsOfText: Set<Int> = []
  /// Whether the model wants `beginningOfText` before every text.
  public internal(set) var addsBeginningOfText = false

  /// Tokens that the model wants before every text: `beginningOfText` where it asks for it, else none.
  public var beginning: [Int] { addsBeginningOfText ? [beginningOfText].compactMap { $0 } : [] }

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
      var isFirst = true
      var followsSpecialToken = false
      for fragment in special.fragments(of: utf8, recognisingControl: recognisingSpecialTokens) {
        switch fragment {
        case .token(let id):
          ids.append(Int(id))
          followsSpecialToken = true
        case .text(let range):
          let bytes = UnsafeBufferPointer(rebasing: utf8[range])
          encode(bytes, isFirst: isFirst, followsSpecialToken: followsSpecialToken, into: &ids)
          followsSpecialToken = false
        }
        isFirst = false
      }
    }
    return ids
  }

  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, followsSpecialToken: Bool, into ids: inout [Int]
  ) {
    if composes, text.contains(where: { $0 >= 0x80 }) {
      var composed = String(decoding: text, as: UTF8.self).precomposedStringWithCanonicalMapping
      composed.withUTF8 { encodeFragment($0, isFirst, followsSpecialToken, &ids) }
    } else {
      encodeFragment(text, isFirst, followsSpecialToken, &ids)
    }
  }

  private func encodeFragment(
    _ text: UnsafeBufferPointer<UInt8>, _ isFirst: Bool, _ followsSpecialToken: Bool, _ ids: inout [Int]
  ) {
    switch model {
    case .byteLevel(let model): model.encode(text, into: &ids)
    case .pieces(let model):
      model.encode(text, isFirst: isFirst, followsSpecialToken: followsSpecialToken, into: &ids)
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
    switch model {
    case .byteLevel(let model): model.prefixesSpace
    case .pieces(let model): model.prefix != .never
    }
  }
}

/// What a SentencePiece model says (sentencepiece_model.proto, `ModelProto`), as `tokenizer.model` holds it.
struct SentencePieceFile {
  var texts = TokenTexts()
  var scores: [Float] = []
  var kinds: [TokenKind] = []

  /// `TrainerSpec.model_type`: 1 Unigram, 2 BPE, 3 words, 4 characters.
  private(set) var model = 1
  private(set) var byteFallback = false
  private(set) var marksSpacesBehind = false
  /// −1 for none.
  private(set) var beginningOfText = 1
  private(set) var endOfText = 2

  /// Pieces at most; the largest published models have some 262 thousand.
  private static let mostPieces = 1 << 23

  private(set) var map = CharacterMap()
  private(set) var addsPrefix = true
  private(set) var removesExtraSpaces = true
  private(set) var marksSpaces = true

  /// - Throws: `TokenizerError.invalid` where it does not read.
  init(_ bytes: [UInt8]) throws(TokenizerError) {
    var message = ProtocolBuffer(bytes[...])
    while let (field, value) = try message.next() {
      guard case .bytes(let part) = value else { continue }
      switch field {
      case 1: try readPiece(part)
      case 2: try readTraining(part)
      case 3: try readNormalisation(part)
      default: break
      }
    }
    guard !kinds.isEmpty else { throw .invalid("it is no SentencePiece model: it has no pieces") }
  }

  private mutating func readPiece(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) {
    var message = ProtocolBuffer(bytes)
    var text: ArraySlice<UInt8> = []
    var score: Float = 0
    var kind = TokenKind.normal
    while let (field, value) = try message.next() {
      switch (field, value) {
      case (1, .bytes(let bytes)): text = bytes
      case (2, .number(let bits)): score = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
      case (3, .number(let number)): kind = Int(exactly: number).flatMap(TokenKind.init) ?? .normal
      default: break
      }
    }
    guard !score.isNaN, String(validating: text, as: UTF8.self) != nil else {
      throw .invalid("piece \(kinds.count) is not UTF-8, or its score is not a number")
    }
    guard kinds.count < Self.mostPieces else { throw .invalid("it has more than \(Self.mostPieces) pieces") }
    texts.append(text)
    scores.append(score)
    kinds.append(kind)
  }

  private mutating func readTraining(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) {
    var message = ProtocolBuffer(bytes)
    while let (field, value) = try message.next() {
      guard case .number(let number) = value else { continue }
      // Negative numbers take ten bytes.
      let integer = Int(truncatingIfNeeded: Int64(bitPattern: number))
      switch field {
      case 3: model = integer
      case 24: marksSpacesBehind = number != 0
      case 35: byteFallback = number != 0
      case 41: beginningOfText = integer
      case 42: endOfText = integer
      default: break
      }
    }
  }

  private mutating func readNormalisation(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) {
    var message = ProtocolBuffer(bytes)
    while let (field, value) = try message.next() {
      switch (field, value) {
      case (2, .bytes(let bytes)):
        guard let map = CharacterMap(bytes) else { throw .invalid("its “precompiled_charsmap” does not read") }
        self.map = map
      case (3, .number(let number)): addsPrefix = number != 0
      case (4, .number(let number)): removesExtraSpaces = number != 0
      case (5, .number(let number)): marksSpaces = number != 0
      default: break
      }
    }
  }
}

import RopeTensors
import RopeText

/// Reads the keys of `tokenizer.ggml`.
struct GGUFVocabulary {
  private let metadata: [String: GGUFValue]
  private var builder = TokenizerBuilder()

  init(_ file: GGUF) throws(TokenizerError) {
    metadata = file.metadata
    try readTokens()
  }

  func tokenizer() throws(TokenizerError) -> Tokenizer {
    var vocabulary = self
    switch try text("model") {
    case "gpt2": return try vocabulary.byteLevel()
    case "llama": return try vocabulary.pieces()
    case nil: throw .invalid("the file has no “tokenizer.ggml.model”")
    case let other?:
      throw .unsupported(
        "the tokenizer “\(other.excerpt(40))” (tokenizer.ggml.model) is not read, expected gpt2 or llama")
    }
  }

  // MARK: Kinds

  private mutating func byteLevel() throws(TokenizerError) -> Tokenizer {
    guard let merges = metadata["tokenizer.ggml.merges"]?.list, merges.elementType == .string else {
      throw .invalid("“tokenizer.ggml.merges” is missing or no list of texts")
    }
    builder.merges.reserveCapacity(merges.count)
    try merges.forEachText { (text) throws(TokenizerError) in
      // The first space may be a character of the left part.
      guard let space = text.dropFirst().firstIndex(of: 0x20) else {
        throw .invalid(
          "merge \(builder.merges.count) (“\(String(decoding: text, as: UTF8.self).excerpt(60))”) is no pair")
      }
      builder.merges.append((Array(text[..<space]), Array(text[(space + 1)...])))
    }
    let name = try text("pre") ?? "default"
    guard let preTokenizer = PreTokenizer.named(name) else {
      throw .unsupported(
        "the pre-tokenizer “\(name.excerpt(40))” (tokenizer.ggml.pre) is not known; known are "
          + PreTokenizer.names.joined(separator: ", "))
    }
    // Without a word of its own, a vocabulary of Llama 3's or Tekken's kind begins texts with its marker.
    try readEnds(addsBeginning: preTokenizer.ignoresMerges)
    return try builder.byteLevel(preTokenizer, prefixesSpace: try flag("add_space_prefix") ?? false)
  }

  private mutating func pieces() throws(TokenizerError) -> Tokenizer {
    guard let list = metadata["tokenizer.ggml.scores"]?.list, list.elementType == .float32,
      list.count == builder.written.count, let scores = list.numbers
    else {
      throw .invalid("“tokenizer.ggml.scores” is not a list of \(builder.written.count) numbers, one a token")
    }
    guard scores.allSatisfy({ !$0.isNaN }) else { throw .invalid("“tokenizer.ggml.scores” holds a NaN") }
    try readEnds(addsBeginning: true)
    return try builder.pieces(
      scores: scores.map { Float($0) }, unknown: try token("unknown_token_id"), fusesUnknown: false, byteFallback: true,
      prefix: try flag("add_space_prefix") ?? true ? .afterSpecialTokens : .never)
  }

  // MARK: Keys

  private mutating func readTokens() throws(TokenizerError) {
    guard let tokens = metadata["tokenizer.ggml.tokens"]?.list, tokens.elementType == .string, tokens.count > 0,
      tokens.count <= TokenizerBuilder.largestVocabulary
    else { throw .invalid("“tokenizer.ggml.tokens” is missing or no list of texts") }
    tokens.forEachText { builder.written.append($0) }
    builder.kinds = [TokenKind](repeating: .normal, count: tokens.count)
    if let types = metadata["tokenizer.ggml.token_type"] {
      guard types.list?.count == tokens.count, let numbers = types.list?.integers else {
        throw .invalid("“tokenizer.ggml.token_type” is not a list of \(tokens.count) whole numbers, one a token")
      }
      builder.kinds = numbers.map { TokenKind(rawValue: $0) ?? .normal }
    }
    // Phi-3's markers swallow the white space behind them (llama.cpp knows it by the model's name).
    let name = metadata["general.name"]?.text?.lowercased() ?? ""
    let isPhi3 = name.contains("phi-3") || name.contains("phi3")
    for (id, kind) in builder.kinds.enumerated() where [.control, .userDefined, .unknown].contains(kind) {
      let text = builder.written[id]
      let keepsSpace = ["<unk>", "<s>", "<|endoftext|>"].contains { text.elementsEqual($0.utf8) }
      try builder.special.insert(
        text,
        SpecialTokens.Token(
          id: Int32(truncatingIfNeeded: id), isControl: kind != .userDefined, takesSpaceAfter: isPhi3 && !keepsSpace))
    }
  }

  private mutating func readEnds(addsBeginning: Bool) throws(TokenizerError) {
    builder.beginningOfText = try token("bos_token_id")
    builder.endOfText = try token("eos_token_id")
    let endOfTurn = try token("eot_token_id")
    builder.endsOfText = Set([builder.endOfText, endOfTurn].compactMap { $0 })
    builder.addsBeginningOfText = try flag("add_bos_token") ?? addsBeginning
    if try flag("add_eos_token") ?? false, let end = builder.endOfText { builder.ending = [end] }
  }

  private func token(_ key: String) throws(TokenizerError) -> Int? {
    guard let value = metadata["tokenizer.ggml." + key] else { return nil }
    // −1, in either width, is how files say that there is none.
    if value.integer == -1 || value.integer == 0xFFFF_FFFF { return nil }
    guard let id = value.integer, builder.kinds.indices.contains(id) else {
      throw .invalid("“tokenizer.ggml.\(key)” is \(value.phrase), expected 0 … \(builder.kinds.count - 1)")
    }
    return id
  }

  private func flag(_ key: String) throws(TokenizerError) -> Bool? {
    guard let value = metadata["tokenizer.ggml." + key] else { return nil }
    guard let flag = value.flag else {
      throw .invalid("“tokenizer.ggml.\(key)” is \(value.phrase), expected true or false")
    }
    return flag
  }

  private func text(_ key: String) throws(TokenizerError) -> String? {
    guard let value = metadata["tokenizer.ggml." + key] else { return nil }
    guard let text = value.text else { throw .invalid("“tokenizer.ggml.\(key)” is \(value.phrase), expected a text") }
    return text
  }
}

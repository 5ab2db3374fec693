import RopeJSON
import RopeText

/// Understands a `tokenizer.json`.
struct TokenizerSettings {
  let file: TokenizerFile
  var builder = TokenizerBuilder()

  init(_ file: TokenizerFile) throws(TokenizerError) {
    self.file = file
    guard file.hasModel else { throw .invalid("it has no “model”") }
    guard !file.vocabulary.isEmpty else { throw .invalid("its vocabulary is empty or missing") }
    builder.normaliser = try Normaliser(file.settings["normalizer"])
    try readVocabulary()
    try readTemplate()
  }

  func tokenizer() throws(TokenizerError) -> Tokenizer {
    let parts = file.settings["pre_tokenizer"]?.parts("pretokenizers") ?? []
    guard parts.count <= Normaliser.mostSteps else {
      throw .unsupported("it has \(parts.count) pre-tokenizers, expected at most \(Normaliser.mostSteps)")
    }
    let type = file.model["type"]?.text ?? (file.listsVocabulary ? "Unigram" : "BPE")
    guard file.listsVocabulary == (type == "Unigram") else {
      throw .invalid(
        "its vocabulary is \(file.listsVocabulary ? "a list" : "an object"), which a model “\(type.excerpt(40))” does not have"
      )
    }
    switch type {
    case "BPE": return try pairs(parts)
    case "Unigram": return try unigram(parts)
    case "WordPiece": return try wordPiece(parts)
    default:
      throw .unsupported("the tokenizer model “\(type.excerpt(40))” is not read, expected BPE, Unigram or WordPiece")
    }
  }

  // MARK: Byte-pair encoding

  private func pairs(_ parts: [JSONNode]) throws(TokenizerError) -> Tokenizer {
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] where !(file.model[key]?.text ?? "").isEmpty {
      throw .unsupported("a tokenizer model with “\(key)” is not read")
    }
    var settings = self
    settings.builder.merges = file.merges
    if parts.contains(where: { $0.type == "ByteLevel" }) { return try settings.byteLevel(parts) }
    return try settings.pieces(parts)
  }

  private func byteLevel(_ parts: [JSONNode]) throws(TokenizerError) -> Tokenizer {
    guard !builder.normaliser.marksSpaces else {
      throw .unsupported("a byte-level tokenizer that replaces spaces is not read")
    }
    var preTokenizer = PreTokenizer(steps: [], ignoresMerges: file.model["ignore_merges"]?.flag ?? false)
    var prefixesSpace = false
    var isByteLevel = false
    for part in parts {
      var step: SplitStep?
      if part.type == "ByteLevel" {
        prefixesSpace = prefixesSpace || part["add_prefix_space"]?.flag ?? true
        step = part["use_regex"]?.flag ?? true ? .gpt2 : nil
      } else {
        step = try Self.splitStep(part)
      }
      if let step { if isByteLevel { preTokenizer.byteSteps.append(step) } else { preTokenizer.steps.append(step) } }
      isByteLevel = isByteLevel || part.type == "ByteLevel"
    }
    return try builder.byteLevel(preTokenizer, prefixesSpace: prefixesSpace)
  }

  private func pieces(_ parts: [JSONNode]) throws(TokenizerError) -> Tokenizer {
    var marksSpaces = builder.normaliser.marksSpaces
    var prefix = PieceModel.Prefix.never
    for part in parts {
      switch part.type {
      case "Metaspace":
        prefix = try Self.prefix(part)
        marksSpaces = true
      // Spaces are marks by then: nothing is left to split at.
      case "Split" where part["pattern"]?["String"]?.text == " " && marksSpaces: break
      case let other: throw Self.unread(other)
      }
    }
    guard marksSpaces else {
      throw .unsupported("a tokenizer that is neither byte-level nor marks spaces with “▁” is not read")
    }
    return try builder.pieces(
      scores: nil, unknown: try unknown(), fusesUnknown: file.model["fuse_unk"]?.flag ?? false,
      byteFallback: file.model["byte_fallback"]?.flag ?? false, prefix: prefix, prefixesSpaced: false)
  }

  private func unknown() throws(TokenizerError) -> Int? {
    guard let text = file.model["unk_token"]?.text else { return nil }
    guard let token = file.vocabulary.first(where: { $0.text.elementsEqual(text.utf8) }) else {
      throw .invalid("its unk_token “\(text.excerpt(40))” is not in the vocabulary")
    }
    return token.id
  }

  // MARK: Unigram and WordPiece

  private func unigram(_ parts: [JSONNode]) throws(TokenizerError) -> Tokenizer {
    let byteFallback = file.model["byte_fallback"]?.flag ?? false
    guard let id = file.model["unk_id"]?.integer, file.scores.indices.contains(id) else {
      throw .unsupported("a Unigram model without an unknown token (“unk_id”) is not read")
    }
    var scores = file.scores
    scores += [Double](repeating: 0, count: builder.written.count - scores.count)
    return builder.unigram(
      trie: try TokenTrie(builder.written) { $0 < file.scores.count }, scores: scores, unknown: id,
      unknownScore: (file.scores.min() ?? 0) - UnigramModel.unknownPenalty, byteFallback: byteFallback,
      roundsSums: false, splitter: try splitter(parts))
  }

  private func wordPiece(_ parts: [JSONNode]) throws(TokenizerError) -> Tokenizer {
    guard let unknown = try unknown() else { throw .unsupported("a WordPiece model without “unk_token” is not read") }
    return try builder.wordPiece(
      prefix: file.model["continuing_subword_prefix"]?.text ?? "##", unknown: unknown,
      longestWord: file.model["max_input_chars_per_word"]?.integer ?? 100, splitter: try splitter(parts))
  }

  private func splitter(_ parts: [JSONNode]) throws(TokenizerError) -> WordSplitter {
    var steps: [WordSplitter.Step] = []
    for part in parts {
      switch part.type {
      case "WhitespaceSplit": steps.append(.whiteSpace)
      case "Whitespace": steps.append(.words)
      case "BertPreTokenizer": steps += [.whiteSpace, .signs]
      case "Punctuation" where part["behavior"]?.text ?? "Isolated" == "Isolated": steps.append(.signs)
      case "Metaspace": steps.append(.marks(try Self.prefix(part), splits: part["split"]?.flag ?? true))
      default: steps.append(.split(try Self.splitStep(part)))
      }
    }
    return WordSplitter(steps: steps)
  }
}

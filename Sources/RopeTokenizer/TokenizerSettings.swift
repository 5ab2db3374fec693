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
        "its vocabulary is \(file.listsVocabulary ? "a list" : "an object"), which a model “\(type.excerpt(40))” does not have")
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
      unknownScore: (file.scores.min() ?? 0) - UnigramModel.unknownPenalty, byteFallback: byteFallback, roundsSums: false,
      splitter: try splitter(parts))
  }

  private func wordPiece(_ parts: [JSONNode]) throws(TokenizerError) -> Tokenizer {
    guard let unknown = try unknown() else { throw .unsupported("a WordPiece model without “unk_token” is not read") }
    return try builder.wordPiece(
      prefix: file.model["continuing_subword_prefix"]?.text ?? "##", unknown: unknown, longestWord: file.model["max_input_chars_per_word"]?.integer ?? 100,
      splitter: try splitter(parts))
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

  // MARK: Pre-tokenizers

  private static func prefix(_ part: JSONNode) throws(TokenizerError) -> PieceModel.Prefix {
    guard part["replacement"]?.text ?? "▁" == "▁" else {
      throw .unsupported("a Metaspace mark other than “▁” is not read")
    }
    switch part["prepend_scheme"]?.text ?? (part["add_prefix_space"]?.flag ?? true ? "always" : "never") {
    case "first": return .first
    case "always": return .afterSpecialTokens
    default: return .never
    }
  }

  private static func unread(_ type: String?) -> TokenizerError {
    .unsupported("the pre-tokenizer “\((type ?? "without a type").excerpt(40))” is not read")
  }

  private static func splitStep(_ part: JSONNode) throws(TokenizerError) -> SplitStep {
    switch part.type {
    case "Digits": return .numbers(longest: part["individual_digits"]?.flag == true ? 1 : .max)
    case "Punctuation" where part["behavior"]?.text == "Contiguous": return .run(RunPattern(.signs))
    case "Split": break
    case let other: throw unread(other)
    }
    let pattern = part["pattern"]?["Regex"]?.text ?? ""
    let behaviour = part["behavior"]?.text ?? ""
    // “Removed” with “invert” keeps the matches, which cover everything: the same as isolating them.
    let isolates = behaviour == "Isolated" || behaviour == "Removed" && part["invert"]?.flag == true
    guard isolates, let step = PreTokenizer.step(pattern: pattern) else {
      throw .unsupported("the pre-tokenizer's pattern “\(pattern.excerpt(120))” (\(behaviour.excerpt(20))) is not known")
    }
    return step
  }

  // MARK: Vocabulary

  private mutating func readVocabulary() throws(TokenizerError) {
    let largest = max(file.vocabulary.lazy.map(\.id).max() ?? -1, file.added.lazy.map(\.id).max() ?? -1)
    let size = file.vocabulary.count + file.added.count
    // Numbers may have gaps, but a hole larger than what fills it is a lie.
    guard largest < 2 * size + 1024 else {
      throw .invalid("its token numbers reach \(largest), but it has \(size) tokens")
    }
    let count = largest + 1
    var texts = [[UInt8]?](repeating: nil, count: count)
    builder.kinds = [TokenKind](repeating: .normal, count: count)
    for (text, id) in file.vocabulary {
      guard texts[id] == nil else { throw .invalid("two tokens have the number \(id)") }
      texts[id] = text
    }
    for token in file.added {
      texts[token.id] = Array(token.content.utf8)
      builder.kinds[token.id] = token.flags["special"] ?? false ? .control : .userDefined
      try insert(token)
    }
    for (id, text) in texts.enumerated() {
      builder.written.append(text ?? [])
      if text == nil { builder.kinds[id] = .unused }
    }
  }

  /// A token that asks for it is looked for in the normalised text, itself normalised.
  private mutating func insert(_ token: TokenizerFile.AddedToken) throws(TokenizerError) {
    let found = SpecialTokens.Token(
      id: Int32(truncatingIfNeeded: token.id), isControl: token.flags["special"] ?? false,
      takesSpaceBefore: token.flags["lstrip"] ?? false, takesSpaceAfter: token.flags["rstrip"] ?? false,
      isWholeWord: token.flags["single_word"] ?? false)
    if token.flags["normalized"] ?? false, !builder.normaliser.steps.isEmpty {
      try builder.normalisedSpecial.insert(builder.normaliser.apply(Array(token.content.utf8)), found)
    } else {
      try builder.special.insert(token.content.utf8, found)
    }
  }

  /// The tokens that the post-processor puts before and after a text.
  private mutating func readTemplate() throws(TokenizerError) {
    for part in file.settings["post_processor"]?.parts("processors") ?? [] {
      switch part.type {
      case "TemplateProcessing": try readTemplate(part)
      case "BertProcessing", "RobertaProcessing":
        let ids = ["cls", "sep"].map { key in
          part[key]?.elements?.first?.text.flatMap { text in file.added.first { $0.content.utf8.elementsEqual(text.utf8) }?.id }
        }
        surround([ids[0]].compactMap { $0 }, [ids[1]].compactMap { $0 })
      default: break
      }
    }
    builder.beginningOfText = builder.leading?.first
    builder.addsBeginningOfText = builder.beginningOfText != nil
  }

  private mutating func readTemplate(_ part: JSONNode) throws(TokenizerError) {
    var before: [Int] = []
    var after: [Int] = []
    var isAfter = false
    for entry in part["single"]?.elements ?? [] {
      guard let name = entry["SpecialToken"]?["id"]?.text else {
        isAfter = true
        continue
      }
      var ids = file.added.first { $0.content.utf8.elementsEqual(name.utf8) }.map { [$0.id] } ?? []
      if let written = part["special_tokens"]?[name]?["ids"]?.elements {
        ids = written.compactMap(\.integer)
      }
      guard !ids.isEmpty, ids.allSatisfy(builder.kinds.indices.contains) else {
        throw .invalid("its post-processor names the token “\(name.excerpt(40))”, which it does not have")
      }
      if isAfter { after += ids } else { before += ids }
    }
    surround(before, after)
  }

  private mutating func surround(_ before: [Int], _ after: [Int]) {
    let leading = before + (builder.leading ?? [])
    builder.leading = leading.isEmpty ? nil : leading
    builder.ending += after
  }
}

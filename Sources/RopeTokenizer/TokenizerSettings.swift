import RopeJSON
import RopeText

/// Understands a `tokenizer.json`.
struct TokenizerSettings {
  private let file: TokenizerFile
  private var builder = TokenizerBuilder()

  init(_ file: TokenizerFile) throws(TokenizerError) {
    self.file = file
    try checkModel()
    try readVocabulary()
    readBeginning()
  }

  func tokenizer() throws(TokenizerError) -> Tokenizer {
    var settings = self
    settings.builder.merges = file.merges
    let normaliser = try Normaliser(file.settings["normalizer"])
    settings.builder.composes = normaliser.composes
    let parts = file.settings["pre_tokenizer"]?.parts("pretokenizers") ?? []
    if parts.contains(where: { $0.type == "ByteLevel" }) {
      guard !normaliser.marksSpaces else {
        throw .unsupported("a byte-level tokenizer that replaces spaces is not read")
      }
      return try settings.byteLevel(parts)
    }
    return try settings.pieces(parts, normaliser)
  }

  private func checkModel() throws(TokenizerError) {
    guard file.hasModel else { throw .invalid("it has no “model”") }
    let type = file.model["type"]?.text ?? (file.listsVocabulary ? "Unigram" : "BPE")
    guard type == "BPE" else {
      throw .unsupported("the tokenizer model “\(type.excerpt(40))” is not read, expected BPE")
    }
    guard !file.listsVocabulary else {
      throw .unsupported("a vocabulary that is a list, as of the tokenizer model “Unigram”, is not read, expected BPE's")
    }
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] where !(file.model[key]?.text ?? "").isEmpty {
      throw .unsupported("a tokenizer model with “\(key)” is not read")
    }
    guard !file.vocabulary.isEmpty else { throw .invalid("its vocabulary is empty or missing") }
  }

  // MARK: Kinds

  private func byteLevel(_ parts: [JSONNode]) throws(TokenizerError) -> Tokenizer {
    var steps: [SplitStep] = []
    var prefixesSpace = false
    for part in parts {
      switch part.type {
      case "Digits": steps.append(.numbers(longest: part["individual_digits"]?.flag == true ? 1 : .max))
      case "Split": steps.append(try step(part))
      case "ByteLevel":
        prefixesSpace = prefixesSpace || part["add_prefix_space"]?.flag ?? true
        if part["use_regex"]?.flag ?? true { steps.append(.gpt2) }
      case let other: throw .unsupported("the pre-tokenizer “\((other ?? "without a type").excerpt(40))” is not read")
      }
    }
    let preTokenizer = PreTokenizer(steps: steps, ignoresMerges: file.model["ignore_merges"]?.flag ?? false)
    return try builder.byteLevel(preTokenizer, prefixesSpace: prefixesSpace)
  }

  private func step(_ split: JSONNode) throws(TokenizerError) -> SplitStep {
    let pattern = split["pattern"]?["Regex"]?.text ?? ""
    let behaviour = split["behavior"]?.text ?? ""
    // “Removed” with “invert” keeps the matches, which cover everything: the same as isolating them.
    let isolates = behaviour == "Isolated" || behaviour == "Removed" && split["invert"]?.flag == true
    guard isolates, let step = PreTokenizer.step(pattern: pattern) else {
      throw .unsupported("the pre-tokenizer's pattern “\(pattern.excerpt(120))” (\(behaviour.excerpt(20))) is not known")
    }
    return step
  }

  private func pieces(_ parts: [JSONNode], _ normaliser: Normaliser) throws(TokenizerError) -> Tokenizer {
    var normaliser = normaliser
    for part in parts {
      switch part.type {
      case "Metaspace":
        guard part["replacement"]?.text ?? "▁" == "▁" else {
          throw .unsupported("a Metaspace mark other than “▁” is not read")
        }
        normaliser.marksSpaces = true
        switch part["prepend_scheme"]?.text ?? (part["add_prefix_space"]?.flag ?? true ? "always" : "never") {
        case "first": normaliser.prefix = .first
        case "always": normaliser.prefix = .afterSpecialTokens
        default: break
        }
        normaliser.prefixesSpaced = false
      // Spaces are marks by then: nothing is left to split at.
      case "Split" where part["pattern"]?["String"]?.text == " " && normaliser.marksSpaces: break
      case let other: throw .unsupported("the pre-tokenizer “\((other ?? "without a type").excerpt(40))” is not read")
      }
    }
    guard normaliser.marksSpaces else {
      throw .unsupported("a tokenizer that is neither byte-level nor marks spaces with “▁” is not read")
    }
    var unknown: Int?
    if let text = file.model["unk_token"]?.text {
      unknown = file.vocabulary.first { $0.text.elementsEqual(text.utf8) }?.id
      guard unknown != nil else { throw .invalid("its unk_token “\(text.excerpt(40))” is not in the vocabulary") }
    }
    return try builder.pieces(
      scores: nil, unknown: unknown, fusesUnknown: file.model["fuse_unk"]?.flag ?? false,
      byteFallback: file.model["byte_fallback"]?.flag ?? false, prefix: normaliser.prefix,
      prefixesSpaced: normaliser.prefixesSpaced)
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
      let isSpecial = token.flags["special"] ?? false
      builder.kinds[token.id] = isSpecial ? .control : .userDefined
      try builder.special.insert(
        token.content.utf8,
        SpecialTokens.Token(
          id: Int32(truncatingIfNeeded: token.id), isControl: isSpecial,
          takesSpaceBefore: token.flags["lstrip"] ?? false,
          takesSpaceAfter: token.flags["rstrip"] ?? false, isWholeWord: token.flags["single_word"] ?? false))
    }
    for (id, text) in texts.enumerated() {
      builder.written.append(text ?? [])
      if text == nil { builder.kinds[id] = .unused }
    }
  }

  /// The marker that the post-processor puts before a text.
  private mutating func readBeginning() {
    for part in file.settings["post_processor"]?.parts("processors") ?? [] where part.type == "TemplateProcessing" {
      guard let name = part["single"]?.elements?.first?["SpecialToken"]?["id"]?.text else { continue }
      builder.beginningOfText = file.added.first { $0.content == name }?.id
      builder.addsBeginningOfText = builder.beginningOfText != nil
    }
  }
}

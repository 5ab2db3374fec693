import Foundation
import RopeConfig
import RopeJSON

/// The ends of text that the files beside a `tokenizer.json` name.
struct TokenizerEnds {
  /// The first that is named: the tokenizer's own before the model's.
  let first: Int?
  let all: Set<Int>
  /// Whether a beginning or an end of text belongs to every text; nil where nothing is said.
  let addsBeginning: Bool?
  let addsEnd: Bool?

  /// `eos_token` of `tokenizer_config.json`, and `eos_token_id` of `config.json`, a number or a list. Either file may be
  /// absent; ends that the vocabulary does not have are left out.
  ///
  /// - Throws: `TokenizerError.reading` where one of the files does not read.
  init(folder: String, tokenizer: Tokenizer) throws(TokenizerError) {
    var ids: [Int] = []
    var settings: Declaration?
    do throws(ConfigurationError) {
      settings = try Self.declaration(folder + "/tokenizer_config.json")
      if let settings, let text = try Self.text(settings), let id = Self.id(of: text, in: tokenizer) { ids.append(id) }
      if let model = try Self.declaration(folder + "/config.json") { ids += try Self.ids(model) }
    } catch { throw .reading(error.description) }
    ids = ids.filter { tokenizer.kind(of: $0) != nil }
    addsBeginning = Self.flag("add_bos_token", settings)
    addsEnd = Self.flag("add_eos_token", settings)
    first = ids.first
    all = Set(ids)
  }

  private static func flag(_ key: String, _ settings: Declaration?) -> Bool? {
    if case .bool(let flag)? = settings?.value(anyOf: [key])?.node.value { flag } else { nil }
  }

  private static func declaration(_ path: String) throws(ConfigurationError) -> Declaration? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try Declaration(SourceText(bytes: ModelLoader.bytes(path), path: path))
  }

  private static func text(_ settings: Declaration) throws(ConfigurationError) -> String? {
    guard let value = settings.value(anyOf: ["eos_token"]) else { return nil }
    // A text, or an object that describes the token.
    return try settings.text(value.node.members == nil ? value : value.member("content"))
  }

  private static func ids(_ model: Declaration) throws(ConfigurationError) -> [Int] {
    guard let value = model.value(anyOf: ["eos_token_id"]) else { return [] }
    guard value.node.elements == nil else {
      return (try model.numbers(value) ?? []).compactMap { Int(exactly: $0) }
    }
    // −1 is how some files say that there is none.
    guard let id = try model.integer(value, in: -1...1 << 40) else { return [] }
    return [id]
  }

  /// The token of exactly this text, a marker rather than one that text is made of.
  private static func id(of text: String, in tokenizer: Tokenizer) -> Int? {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return nil }
    let ids = (0..<tokenizer.vocabularySize).filter {
      tokenizer.texts.length(of: $0) == bytes.count && tokenizer.texts[$0].elementsEqual(bytes)
    }
    return ids.first { tokenizer.kind(of: $0) == .control } ?? ids.first
  }
}

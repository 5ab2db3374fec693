import RopeJSON

/// What a `tokenizer.json` says, before it is understood.
struct TokenizerFile {
  struct AddedToken {
    let id: Int
    let content: String
    let flags: [String: Bool]
  }

  var vocabulary: [(text: [UInt8], id: Int)] = []
  var merges: [(left: [UInt8], right: [UInt8])] = []
  var added: [AddedToken] = []
  /// `normalizer`, `pre_tokenizer`, `post_processor`.
  var settings: [String: JSONNode] = [:]
  /// Settings inside `model`: `type`, `byte_fallback`, `ignore_merges` …
  var model: [String: JSONNode] = [:]
  var hasModel = false
  /// The vocabulary is a list, as a Unigram model's.
  var listsVocabulary = false
  /// Of such a list: a score each.
  var scores: [Double] = []

  mutating func read(_ bytes: [UInt8]) throws(JSONFault) {
    var reader = JSONReader(bytes)
    var file = self
    try reader.object { (reader, key) throws(JSONFault) in
      switch key {
      case "normalizer", "pre_tokenizer", "post_processor": file.settings[key] = try JSONNode(&reader)
      case "added_tokens":
        try reader.list { (reader) throws(JSONFault) in file.added.append(try Self.addedToken(&reader)) }
      case "model":
        file.hasModel = true
        try file.readModel(&reader)
      default: try reader.skipValue()
      }
    }
    try reader.end()
    self = file
  }

  private static func addedToken(_ reader: inout JSONReader) throws(JSONFault) -> AddedToken {
    var id: Int?
    var content: String?
    var flags: [String: Bool] = [:]
    try reader.object { (reader, key) throws(JSONFault) in
      switch key {
      case "id": id = try reader.wholeNumber()
      case "content": content = try reader.text()
      case "single_word", "lstrip", "rstrip", "normalized", "special": flags[key] = try reader.flag()
      default: try reader.skipValue()
      }
    }
    guard let id, let content else { throw reader.problem("an added token without “id” or “content”") }
    return AddedToken(id: id, content: content, flags: flags)
  }

  private mutating func readModel(_ reader: inout JSONReader) throws(JSONFault) {
    var file = self
    try reader.object { (reader, key) throws(JSONFault) in
      switch (key, reader.peek()) {
      case ("vocab", "{"):
        try reader.object { (reader, text) throws(JSONFault) in
          file.vocabulary.append((Array(text.utf8), try reader.wholeNumber()))
        }
      case ("vocab", "["):
        file.listsVocabulary = true
        try reader.list { (reader) throws(JSONFault) in
          var text: [UInt8]?
          var score: Double?
          try reader.list { (reader) throws(JSONFault) in
            if text == nil { text = try reader.textBytes() } else { score = try reader.number().value }
          }
          guard let text, let score, score.isFinite else {
            throw reader.problem("an entry of “vocab” that is no text with a score")
          }
          file.vocabulary.append((text, file.vocabulary.count))
          file.scores.append(score)
        }
      case ("vocab", _): throw reader.problem("a “vocab” that is no object")
      case ("merges", _):
        try reader.list { (reader) throws(JSONFault) in file.merges.append(try Self.merge(&reader)) }
      default: file.model[key] = try JSONNode(&reader)
      }
    }
    self = file
  }

  /// A pair: `"a b"` or `["a", "b"]`.
  private static func merge(_ reader: inout JSONReader) throws(JSONFault) -> (left: [UInt8], right: [UInt8]) {
    guard reader.peek() == "[" else {
      let text = try reader.textBytes()
      guard let space = text.dropFirst().firstIndex(of: 0x20) else { throw reader.problem("a merge that is no pair") }
      return (Array(text[..<space]), Array(text[(space + 1)...]))
    }
    var parts: [[UInt8]] = []
    try reader.list { (reader) throws(JSONFault) in parts.append(try reader.textBytes()) }
    guard parts.count == 2 else { throw reader.problem("a merge that is no pair") }
    return (parts[0], parts[1])
  }
}

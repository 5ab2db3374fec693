import RopeTensors

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
  var settings: [String: JSONTree] = [:]
  /// Settings inside `model`: `type`, `byte_fallback`, `ignore_merges` …
  var model: [String: JSONTree] = [:]
  var hasModel = false
  /// The vocabulary is a list, as a Unigram model's.
  var listsVocabulary = false

  mutating func read(_ bytes: [UInt8]) throws(TensorError) {
    var scanner = JSONScanner(bytes) { .json("it has \($0) at byte \($1)") }
    var file = self
    try scanner.object { (scanner, key) throws(TensorError) in
      switch key {
      case "normalizer", "pre_tokenizer", "post_processor": file.settings[key] = try JSONTree(&scanner)
      case "added_tokens":
        try scanner.list { (scanner) throws(TensorError) in file.added.append(try Self.addedToken(&scanner)) }
      case "model":
        file.hasModel = true
        try file.readModel(&scanner)
      default: try scanner.skipValue()
      }
    }
    try scanner.end()
    self = file
  }

  private static func addedToken(_ scanner: inout JSONScanner) throws(TensorError) -> AddedToken {
    var id: Int?
    var content: String?
    var flags: [String: Bool] = [:]
    try scanner.object { (scanner, key) throws(TensorError) in
      switch key {
      case "id": id = try scanner.wholeNumber()
      case "content": content = try scanner.text()
      case "single_word", "lstrip", "rstrip", "normalized", "special": flags[key] = try scanner.flag()
      default: try scanner.skipValue()
      }
    }
    guard let id, let content else { throw scanner.problem("an added token without “id” or “content”") }
    return AddedToken(id: id, content: content, flags: flags)
  }

  private mutating func readModel(_ scanner: inout JSONScanner) throws(TensorError) {
    var file = self
    try scanner.object { (scanner, key) throws(TensorError) in
      switch (key, scanner.peek()) {
      case ("vocab", "{"):
        try scanner.object { (scanner, text) throws(TensorError) in
          file.vocabulary.append((Array(text.utf8), try scanner.wholeNumber()))
        }
      case ("vocab", "["):
        file.listsVocabulary = true
        try scanner.skipValue()
      case ("vocab", _): throw scanner.problem("a “vocab” that is no object")
      case ("merges", _):
        try scanner.list { (scanner) throws(TensorError) in file.merges.append(try Self.merge(&scanner)) }
      default: file.model[key] = try JSONTree(&scanner)
      }
    }
    self = file
  }

  /// A pair: `"a b"` or `["a", "b"]`.
  private static func merge(_ scanner: inout JSONScanner) throws(TensorError) -> (left: [UInt8], right: [UInt8]) {
    guard scanner.peek() == "[" else {
      let text = try scanner.textBytes()
      guard let space = text.dropFirst().firstIndex(of: 0x20) else { throw scanner.problem("a merge that is no pair") }
      return (Array(text[..<space]), Array(text[(space + 1)...]))
    }
    var parts: [[UInt8]] = []
    try scanner.list { (scanner) throws(TensorError) in parts.append(try scanner.textBytes()) }
    guard parts.count == 2 else { throw scanner.problem("a merge that is no pair") }
    return (parts[0], parts[1])
  }
}

import Foundation
import RopeTestSupport

/// The small tokenizers of the fixtures, and what Hugging Face's program makes of some texts under variants of them.
struct SmallTokenizer {
  struct Variant {
    /// In place of the file's own settings.
    let settings: [String: Any]
    let ids: [[Int]]
    let plainIDs: [[Int]]
  }

  let texts: [String]
  /// By names of pre-tokenizers that only GGUF files have: numbers of texts and their tokens, markers as text, cut by
  /// Python's regex with llama.cpp's patterns.
  let patterns: [String: [(text: Int, ids: [Int])]]
  let variants: [String: Variant]
  private let root: [String: Any]

  static func byteLevel() throws -> SmallTokenizer { try SmallTokenizer("byte-level.json", "byte_level") }
  static func pieces() throws -> SmallTokenizer { try SmallTokenizer("pieces.json", "pieces") }

  private init(_ file: String, _ group: String) throws {
    root = try Fixtures.json("tokenizer/" + file) as? [String: Any] ?? [:]
    let goldens = try Fixtures.json("tokenizer/small-goldens.json") as? [String: Any] ?? [:]
    texts = goldens["texts"] as? [String] ?? []
    patterns = (goldens["patterns"] as? [String: [String: Any]] ?? [:]).mapValues { pattern in
      Array(zip(pattern["texts"] as? [Int] ?? [], pattern["ids_no_special"] as? [[Int]] ?? []))
    }
    variants = (goldens[group] as? [String: [String: Any]] ?? [:]).mapValues { variant in
      Variant(
        settings: variant.filter { ["normalizer", "pre_tokenizer"].contains($0.key) },
        ids: variant["ids"] as? [[Int]] ?? [], plainIDs: variant["ids_no_special"] as? [[Int]] ?? [])
    }
  }

  /// The `tokenizer.json` with some settings replaced, inside `model` where the key says so: `model.type`.
  func json(_ settings: [String: Any] = [:]) throws -> [UInt8] { try Self.json(root, settings) }

  static func json(_ file: [String: Any], _ settings: [String: Any]) throws -> [UInt8] {
    var root = file
    for (key, value) in settings {
      let parts = key.split(separator: ".").map(String.init)
      if parts.count == 2, var model = root[parts[0]] as? [String: Any] {
        model[parts[1]] = value
        root[parts[0]] = model
      } else {
        root[key] = value
      }
    }
    return Array(try JSONSerialization.data(withJSONObject: root))
  }

  /// The same vocabulary as a GGUF file: `merges` for byte-level, scores from them for pieces.
  func gguf(model: String, pre: String) throws -> GGUFWriter {
    let content = root["model"] as? [String: Any] ?? [:]
    let merges = (content["merges"] as? [[String]] ?? []).map { ($0[0], $0[1]) }
    var tokens = (content["vocab"] as? [String: Int] ?? [:]).sorted { $0.value < $1.value }.map(\.key)
    var types = [Int32](repeating: 1, count: tokens.count)
    for added in root["added_tokens"] as? [[String: Any]] ?? [] {
      guard let id = added["id"] as? Int, let text = added["content"] as? String else { continue }
      if id == tokens.count {
        tokens.append(text)
        types.append(1)
      }
      types[id] = text == "<unk>" ? 2 : added["special"] as? Bool == true ? 3 : 4
    }
    for (id, token) in tokens.enumerated() where token.hasPrefix("<0x") { types[id] = 6 }
    var scores = [Float](repeating: -1e6, count: tokens.count)
    let ids = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1, $0) })
    for (rank, merge) in merges.enumerated() { if let id = ids[merge.0 + merge.1] { scores[id] = -Float(rank) } }
    var writer = GGUFWriter()
    writer.metadata = [
      ("tokenizer.ggml.model", .text(model)), ("tokenizer.ggml.pre", .text(pre)),
      ("tokenizer.ggml.tokens", .texts(tokens)),
      ("tokenizer.ggml.token_type", .int32s(types)), ("tokenizer.ggml.scores", .float32s(scores)),
      ("tokenizer.ggml.merges", .texts(merges.map { "\($0) \($1)" })),
      ("tokenizer.ggml.add_space_prefix", .flag(false)),
      ("tokenizer.ggml.eos_token_id", .uint32(1)), ("tokenizer.ggml.unknown_token_id", .uint32(3)),
    ]
    return writer
  }
}

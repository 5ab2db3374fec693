import Foundation
import RopeTestSupport

/// A tiny model with a tokenizer of single characters.
enum CharacterModel {
  /// Space, newline and the other printable characters of ASCII in the byte-level alphabet.
  static let printable = ["\u{120}", "\u{10A}"] + (33...126).map { String(UnicodeScalar(UInt8($0))) }

  /// The model's folder.
  static func write(into folder: TemporaryFolder) throws -> String {
    let model = folder.path + "/model"
    try FileManager.default.createDirectory(atPath: model, withIntermediateDirectories: true)
    for name in ["config.json", "model.safetensors"] {
      try FileManager.default.copyItem(
        atPath: Fixtures.folder.appendingPathComponent("golden/models/llama-s1/\(name)").path,
        toPath: "\(model)/\(name)")
    }
    try writeTokenizer(printable, into: model)
    return model
  }

  static func writeTokenizer(_ tokens: [String], into model: String) throws {
    let vocabulary = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1, $0) })
    let document: [String: Any] = [
      "version": "1.0", "added_tokens": [Any](),
      "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true]
        as [String: Any],
      "model": ["type": "BPE", "vocab": vocabulary, "merges": [String]()] as [String: Any],
    ]
    try JSONSerialization.data(withJSONObject: document).write(to: URL(fileURLWithPath: model + "/tokenizer.json"))
  }
}

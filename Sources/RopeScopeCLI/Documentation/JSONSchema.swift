import Foundation
import RopeReport

/// A published schema of what `--format json` prints: a file of `Templates/schemas`.
struct JSONSchema: Sendable {
  /// `check`: the record's schema is `ropescope.check/1`.
  let name: String
  let title: String
  let summary: String
  let bytes: [UInt8]

  /// From the root of the site.
  var path: String { "schemas/\(name).schema.json" }

  static let all: [JSONSchema] = TemplateSource.embedded.names.filter { $0.hasSuffix(".schema.json") }.compactMap {
    file in
    guard let text = try? TemplateSource.embedded.text(file),
      let head = try? JSONDecoder().decode(Head.self, from: Data(text.utf8))
    else { return nil }
    return JSONSchema(
      name: String(file.dropLast(".schema.json".count)), title: head.title, summary: head.description,
      bytes: Array(text.utf8))
  }

  private struct Head: Decodable { let title: String, description: String }
}

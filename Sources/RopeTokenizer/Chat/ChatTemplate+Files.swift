import Foundation
import RopeJSON
import RopeTensors

extension ChatTemplate {
  /// The chat template of a model: of a `.gguf` file its `tokenizer.chat_template`; of a folder or a file in it
  /// `chat_template.jinja`, else `chat_template` of `tokenizer_config.json` (of several the one called `default`), else
  /// of `chat_template.json`. Its tokens are those that the files name, `bos_token` and `eos_token` from the tokenizer
  /// where they do not.
  ///
  /// - Returns: nil where there is none.
  /// - Throws: `TokenizerError.reading` where a file does not read, `.invalid` where the template is not of the language.
  public init?(model path: String, tokenizer: Tokenizer) throws(TokenizerError) {
    var tokens: [String: String] = [:], source: String?
    for (name, id) in [("bos_token", tokenizer.beginningOfText), ("eos_token", tokenizer.endOfText)] {
      if let id, let bytes = try? tokenizer.bytes(of: id) { tokens[name] = String(decoding: bytes, as: UTF8.self) }
    }
    if path.hasSuffix(".gguf") {
      do throws(TensorError) { source = try GGUF(path: path).metadata["tokenizer.chat_template"]?.text } catch {
        throw .reading(error.located(in: path).description)
      }
    } else {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      let folder = exists && isFolder.boolValue ? path : path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      let settings = try Self.json(folder + "/tokenizer_config.json")
      for member in settings?.members ?? [] where member.key.hasSuffix("_token") {
        // A text, or an object that describes the token.
        tokens[member.key] = member.node.string ?? member.node.member("content")?.node.string
      }
      source = try Self.text(folder + "/chat_template.jinja")
      if source == nil { source = Self.template(in: settings) }
      if source == nil { source = Self.template(in: try Self.json(folder + "/chat_template.json")) }
    }
    guard let source else { return nil }
    do throws(ChatTemplateError) { try self.init(source, tokens: tokens) } catch {
      throw .invalid("“\(path)”: \(error)")
    }
  }

  private static func template(in settings: JSONNode?) -> String? {
    guard let node = settings?.member("chat_template")?.node else { return nil }
    if let text = node.string { return text }
    let named = node.elements ?? []
    let chosen = named.first { $0.member("name")?.node.string == "default" } ?? named.first
    return chosen?.member("template")?.node.string
  }

  private static func text(_ path: String) throws(TokenizerError) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    guard let text = String(validating: data, as: UTF8.self) else { throw .reading("“\(path)” is not UTF-8") }
    return text
  }

  private static func json(_ path: String) throws(TokenizerError) -> JSONNode? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    do throws(ConfigurationError) {
      return try JSONParser.parse(SourceText(bytes: [UInt8](data), path: path))
    } catch { throw .reading(error.description) }
  }
}

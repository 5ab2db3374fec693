import Foundation
import RopeConfig

/// Something that a command reads, so that it never writes over it.
enum CommandInput: Equatable {
  case file(String)
  case standardInput
  /// A model as commands name it: a file, a folder, a repository of the cache, or a preset.
  case model(String)
  /// A folder whose files are read.
  case folder(String)

  /// A file, or `-` for standard input.
  static func named(_ path: String) -> CommandInput { path == "-" ? .standardInput : .file(path) }

  /// The file of `@FILE`; nil for a text.
  static func reference(_ text: String?) -> CommandInput? {
    guard let text, text.hasPrefix("@") else { return nil }
    return named(String(text.dropFirst()))
  }

  /// Files that methods name: `key=@FILE` and `weights=FILE`.
  static func methods(_ specifications: [String]) -> [CommandInput] {
    specifications.flatMap { $0.split { ",+:".contains($0) } }.compactMap { part in
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let value = part[part.index(after: equals)...]
      return .file(String(value.hasPrefix("@") ? value.dropFirst() : value))
    }
  }

  var paths: [String] {
    switch self {
    case .file(let path): [path]
    case .standardInput: []
    case .folder(let path): [path] + Self.files(in: path) { _ in true }
    case .model(let name): Self.files(ofModel: name)
    }
  }

  private static func files(ofModel name: String) -> [String] {
    guard name != "-" else { return [] }
    let location = try? ModelFinder().locate(name)
    let folder = location?.path.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    var paths = [name] + (location?.path.map { [$0] } ?? [])
    for folder in Set([name, folder].compactMap { $0 }) { paths += files(in: folder, where: isPart) }
    return paths
  }

  private static func files(in folder: String, where isWanted: (String) -> Bool) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter(isWanted).map { folder + "/" + $0 }
  }

  /// Files that make up a model in a folder, by the names that they have everywhere.
  private static func isPart(_ name: String) -> Bool {
    let name = name.lowercased()
    let starts = [
      "config.json", "params.json", "generation_config", "adapter_", "tokenizer", "special_tokens", "vocab", "merges",
      "model.safetensors", "model-0", "consolidated", "pytorch_model", "preprocessor_config", "chat_template",
    ]
    return name.hasSuffix(".gguf") || name.hasSuffix(".context.json") || starts.contains { name.hasPrefix($0) }
  }
}

import Foundation
import RopeJSON
import RopeMath
import RopeTensors

/// Finds a model by path or name and reads it.
public enum ModelLoader {
  /// A `config.json`, a folder that holds one, a `params.json`, a `.gguf` file, or a preset's name.
  ///
  /// - Throws: `ConfigurationError` with the place of what is wrong.
  public static func load(_ name: String) throws(ConfigurationError) -> Reading {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else {
      if let preset = ModelPresets.named(name) { return try preset.resolved() }
      let hint = Nearest.hint(name, in: ModelPresets.all.map(\.name))
      throw ConfigurationError(
        .unknownModel, "“\(name)” is neither a file nor a preset\(hint) (ropescope models lists the presets)")
    }
    guard isFolder.boolValue else { return try read(name) }
    for candidate in ["config.json", "params.json"] {
      let path = name + "/" + candidate
      if FileManager.default.fileExists(atPath: path) { return try read(path) }
    }
    throw ConfigurationError(.unreadable, "the folder holds no config.json and no params.json", path: name)
  }

  /// A configuration that was read elsewhere, such as from standard input.
  public static func load(bytes: [UInt8], name: String) throws(ConfigurationError) -> Reading {
    try resolve(bytes, path: name, name: name)
  }

  /// What a model's configuration declares, before it is resolved: of a `config.json`, a folder that holds one, a
  /// `params.json` or a preset.
  ///
  /// - Throws: `ConfigurationError`; GGUF files declare no such keys.
  public static func declaration(_ name: String) throws(ConfigurationError) -> Declaration {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else {
      if let preset = ModelPresets.named(name) {
        return try Declaration(SourceText(bytes: Array(preset.configuration.utf8), path: name))
      }
      _ = try load(name)  // says what is wrong
      throw ConfigurationError(.unknownModel, "“\(name)” is neither a file nor a preset")
    }
    if name.hasSuffix(".gguf") {
      throw ConfigurationError(.unsupported, "a GGUF file declares no config keys; give the model's config.json", path: name)
    }
    let candidates = isFolder.boolValue ? ["config.json", "params.json"].map { name + "/" + $0 } : [name]
    guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw ConfigurationError(.unreadable, "the folder holds no config.json and no params.json", path: name)
    }
    return try Declaration(SourceText(bytes: try bytes(path), path: path))
  }

  private static func read(_ path: String) throws(ConfigurationError) -> Reading {
    if path.hasSuffix(".gguf") { return try readGGUF(path) }
    let data = try bytes(path)
    let url = URL(fileURLWithPath: path)
    let file = url.deletingPathExtension().lastPathComponent
    let isGeneric = ["config", "params"].contains(file)
    let folder = url.deletingLastPathComponent().lastPathComponent
    return try resolve(data, path: path, name: isGeneric && folder.count > 1 ? folder : file)
  }

  /// The bytes of a configuration, or the beginning of a file that is too large for one. Of files that are not regular
  /// ones, which may never end or never begin, only the shell's own under `/dev` are read: `<(…)`, `/dev/stdin`.
  ///
  /// - Throws: `ConfigurationError` of the kind `unreadable`.
  package static func bytes(_ path: String) throws(ConfigurationError) -> [UInt8] {
    if path.hasPrefix("/dev/"), let handle = FileHandle(forReadingAtPath: path) {
      defer { try? handle.close() }
      var bytes: [UInt8] = []
      while bytes.count <= JSONParser.sizeLimit, let part = try? handle.read(upToCount: 1 << 16), !part.isEmpty { bytes += part }
      return bytes
    }
    let file: MappedFile
    do throws(TensorError) { file = try MappedFile(path: path) } catch {
      throw ConfigurationError(.unreadable, "the file cannot be read, or is no regular file", path: path)
    }
    // One byte more than the limit is enough to know that the file is too large.
    return file.array(0..<min(file.count, JSONParser.sizeLimit + 1))
  }

  private static func readGGUF(_ path: String) throws(ConfigurationError) -> Reading {
    let file: GGUF
    do throws(TensorError) {
      file = try GGUF(path: path)
    } catch {
      if case .reading = error { throw ConfigurationError(.unreadable, error.description) }
      throw ConfigurationError(.malformed, error.description, path: path)
    }
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return try GGUFModel.load(file, path: path, name: name)
  }

  static func resolve(_ bytes: [UInt8], path: String, name: String) throws(ConfigurationError) -> Reading {
    let declaration = try Declaration(SourceText(bytes: bytes, path: path))
    return try RuntimeCatalogue.reference.read(declaration, source: path, name: name)
  }
}

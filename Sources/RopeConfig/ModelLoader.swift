import Foundation
import RopeJSON
import RopeMath
import RopeTensors

/// Finds a model by path or name and reads it.
public enum ModelLoader {
  /// A `config.json` or `params.json`, a GGUF file, a folder that holds one, a folder of an adapter, a repository of
  /// the Hugging Face Hub that is in the local cache (`ORG/NAME`, its address, or its folder there), or a preset.
  ///
  /// - Throws: `ConfigurationError` with the place of what is wrong.
  public static func load(_ name: String, files: ModelFiles = .disk) throws(ConfigurationError) -> Reading {
    let location = try ModelFinder(files).locate(name)
    var reading = try read(location)
    reading.notes = location.notes + reading.notes
    return reading
  }

  /// The model that a command names; where its file is not at hand, the nearest preset, which the note says.
  ///
  /// - Throws: `ConfigurationError` as `load` where no preset is near.
  public static func load(
    ofCommand name: String, files: ModelFiles = .disk
  ) throws(ConfigurationError) -> (reading: Reading, note: String?) {
    do { return (try load(name, files: files), nil) } catch {
      guard error.kind == .unknownModel, let preset = ModelPresets.closest(to: name) else { throw error }
      return (try preset.resolved(), "the file of \(name) is not at hand; read is the preset \(preset.name)")
    }
  }

  /// A configuration that was read elsewhere, such as from standard input.
  public static func load(bytes: [UInt8], name: String) throws(ConfigurationError) -> Reading {
    try resolve(bytes, path: name, name: name)
  }

  /// What a model's configuration declares, before it is resolved. Takes what `load` takes; a GGUF file's metadata are
  /// said in the keys of a config.json, and `Declaration.writtenKeys` has their own.
  ///
  /// - Throws: `ConfigurationError` with the place of what is wrong.
  public static func declaration(
    _ name: String, files: ModelFiles = .disk
  ) throws(ConfigurationError) -> Declaration {
    try declaration(at: ModelFinder(files).locate(name))
  }

  public static func declaration(at location: ModelLocation) throws(ConfigurationError) -> Declaration {
    switch location.content {
    case .preset(let preset): return try preset.declaration()
    case .file(let path) where isGGUF(path): return try GGUFModel.declaration(openGGUF(path), path: path).declaration
    case .file(let path): return try Declaration(SourceText(bytes: try bytes(path), path: path))
    }
  }

  private static func read(_ location: ModelLocation) throws(ConfigurationError) -> Reading {
    switch location.content {
    case .preset(let preset): return try preset.resolved()
    case .file(let path) where isGGUF(path): return try GGUFModel.load(openGGUF(path), path: path, name: location.name)
    case .file(let path): return try resolve(try bytes(path), path: path, name: location.name)
    }
  }

  /// The bytes of a configuration, or the beginning of a file that is too large for one. Of files that are not regular
  /// ones, which may never end or never begin, only the shell's own under `/dev` are read: `<(…)`, `/dev/stdin`.
  ///
  /// - Throws: `ConfigurationError` of the kind `unreadable`.
  package static func bytes(_ path: String) throws(ConfigurationError) -> [UInt8] {
    if path.hasPrefix("/dev/"), let handle = FileHandle(forReadingAtPath: path) {
      defer { try? handle.close() }
      var bytes: [UInt8] = []
      while bytes.count <= JSONParser.sizeLimit, let part = try? handle.read(upToCount: 1 << 16), !part.isEmpty {
        bytes += part
      }
      return bytes
    }
    let file: MappedFile
    do throws(TensorError) { file = try MappedFile(path: path) } catch {
      throw ConfigurationError(.unreadable, "the file cannot be read, or is no regular file", path: path)
    }
    // One byte more than the limit is enough to know that the file is too large.
    return file.array(0..<min(file.count, JSONParser.sizeLimit + 1))
  }

  private static func isGGUF(_ path: String) -> Bool { path.lowercased().hasSuffix(".gguf") }

  private static func openGGUF(_ path: String) throws(ConfigurationError) -> GGUF {
    do throws(TensorError) { return try GGUF(path: path) } catch {
      if case .reading = error { throw ConfigurationError(.unreadable, error.description) }
      throw ConfigurationError(.malformed, error.description, path: path)
    }
  }

  static func resolve(_ bytes: [UInt8], path: String, name: String) throws(ConfigurationError) -> Reading {
    let declaration = try Declaration(SourceText(bytes: bytes, path: path))
    return try RuntimeCatalogue.reference.read(declaration, source: path, name: name)
  }
}

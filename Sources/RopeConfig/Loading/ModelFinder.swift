import Foundation
import RopeJSON
import RopeMath
import RopeText

/// Finds what a name stands for: a path, a preset, or a repository in the local cache of the Hugging Face Hub.
public struct ModelFinder: Sendable {
  private let files: ModelFiles

  public init(_ files: ModelFiles = .disk) { self.files = files }

  /// - Throws: `ConfigurationError` with one sentence that says what to do.
  public func locate(_ name: String) throws(ConfigurationError) -> ModelLocation {
    if let kind = files.kind(name) { return try located(kind, at: name, depth: 0) }
    if let preset = ModelPresets.named(name) { return ModelLocation(content: .preset(preset), name: preset.name) }
    if let hub = HubName(name) { return try located(hub, depth: 0) }
    if let preset = ModelPresets.published(as: name) {
      return ModelLocation(
        content: .preset(preset), name: preset.name, notes: ["read is the preset \(preset.name) of \(name)"])
    }
    throw unknown(name)
  }

  // MARK: Paths

  private func located(
    _ kind: ModelFiles.Kind, at path: String, depth: Int
  ) throws(ConfigurationError) -> ModelLocation {
    if kind == .file { return ModelLocation(content: .file(path), name: Self.name(ofFile: path)) }
    if let inside = try content(ofFolder: path, depth: depth) { return inside }
    if let snapshot = snapshot(in: path), let inside = try content(ofFolder: snapshot, depth: depth) { return inside }
    if let hub = HubName(inCache: path) {
      throw ConfigurationError(
        .unreadable, "the cache of \(hub) holds no config.json; run: hf download \(hub) config.json", path: path)
    }
    throw ConfigurationError(.unreadable, "the folder holds no config.json and no params.json", path: path)
  }

  /// What a folder holds: a configuration, an adapter that names its base, or GGUF files.
  private func content(ofFolder folder: String, depth: Int) throws(ConfigurationError) -> ModelLocation? {
    for name in ["config.json", "params.json"] {
      let path = folder + "/" + name
      if files.kind(path) == .file { return ModelLocation(content: .file(path), name: Self.name(ofFile: path)) }
    }
    let adapter = folder + "/adapter_config.json"
    if files.kind(adapter) == .file { return try base(ofAdapter: adapter, in: folder, depth: depth) }
    // A part of several holds the metadata in the first; a projector of images is no language model.
    let models = files.entries(folder).filter { name in
      let name = name.lowercased()
      return name.hasSuffix(".gguf") && !name.contains("mmproj")
    }
    guard let first = models.first else { return nil }
    let path = folder + "/" + first
    let others = models.count > 1 ? ["\(models.count) GGUF files in the folder; read is \(first)"] : []
    return ModelLocation(content: .file(path), name: Self.name(ofFile: path), notes: others)
  }

  // MARK: Adapters

  /// The model that a LoRA adapter was trained on: it holds the rotary embedding.
  private func base(
    ofAdapter adapter: String, in folder: String, depth: Int
  ) throws(ConfigurationError) -> ModelLocation {
    let key = "base_model_name_or_path"
    let declaration = try Declaration(SourceText(bytes: try ModelLoader.bytes(adapter), path: adapter))
    guard let value = declaration.root.member(key), let base = try declaration.text(value), !base.isEmpty else {
      throw ConfigurationError(
        .invalid, "the adapter names no base model (\(key)), and its folder holds no config.json", path: adapter)
    }
    guard depth < 4 else { throw declaration.error("“\(key)” leads from adapter to adapter", at: value) }
    let candidates = base.hasPrefix("/") ? [base] : [folder + "/" + base, base]
    for path in candidates {
      guard let kind = files.kind(path) else { continue }
      return noted(try located(kind, at: path, depth: depth + 1), base)
    }
    if let preset = ModelPresets.named(base) {
      return noted(ModelLocation(content: .preset(preset), name: preset.name), base)
    }
    guard let hub = HubName(base) else {
      throw declaration.error("the adapter's base model “\(base)” is not there", at: value)
    }
    do { return noted(try located(hub, depth: depth + 1), base) } catch {
      throw declaration.error("the adapter's base model: \(error.message)", at: value)
    }
  }

  private func noted(_ location: ModelLocation, _ base: String) -> ModelLocation {
    var location = location
    location.notes.insert("the folder is an adapter (LoRA); read is its base model \(base)", at: 0)
    return location
  }

  // MARK: The cache of the Hub

  /// Folders that hold `models--ORG--NAME`, in the order in which they are looked through.
  public var cacheFolders: [String] {
    var folders = ["HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"].compactMap(files.variable)
    if let home = files.variable("HF_HOME") { folders.append(home + "/hub") }
    if let cache = files.variable("XDG_CACHE_HOME") { folders.append(cache + "/huggingface/hub") }
    if let home = files.variable("HOME") { folders.append(home + "/.cache/huggingface/hub") }
    let home = files.variable("HOME")
    return folders.map { folder in folder.hasPrefix("~/") ? (home ?? "~") + folder.dropFirst() : folder }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func located(_ hub: HubName, depth: Int) throws(ConfigurationError) -> ModelLocation {
    for folder in cacheFolders {
      guard let path = entry(hub.cacheFolder, of: folder), let snapshot = snapshot(in: path) else { continue }
      if let inside = try content(ofFolder: snapshot, depth: depth) { return inside }
    }
    if let preset = ModelPresets.published(as: hub.description) {
      return ModelLocation(
        content: .preset(preset), name: preset.name,
        notes: ["\(hub) is not in the Hugging Face cache; read is the preset \(preset.name), which has its keys"])
    }
    throw unknown(hub)
  }

  /// A folder's entry of this name, letter case aside.
  private func entry(_ name: String, of folder: String) -> String? {
    let exact = folder + "/" + name
    if files.kind(exact) == .folder { return exact }
    let wanted = name.lowercased()
    return files.entries(folder).first { $0.lowercased() == wanted }.map { folder + "/" + $0 }
  }

  /// The snapshot that `refs/main` names, else the newest; nil where the folder is no repository of a cache.
  private func snapshot(in repository: String) -> String? {
    let folder = repository + "/snapshots"
    guard files.kind(folder) == .folder else { return nil }
    let usable = files.entries(folder).filter { files.kind(folder + "/" + $0) == .folder }
    let main = files.text(repository + "/refs/main")?.trimmed
    if let main, usable.contains(main), !files.entries(folder + "/" + main).isEmpty { return folder + "/" + main }
    return usable.map { folder + "/" + $0 }.max { files.changed($0) < files.changed($1) }
  }

  // MARK: Names

  /// `ORG/NAME` for a configuration in a cache; the folder's name for a `config.json`; else the file's.
  static func name(ofFile path: String) -> String {
    let url = URL(fileURLWithPath: path)
    let file = url.deletingPathExtension().lastPathComponent
    guard ["config", "params"].contains(file) else { return file }
    if let hub = HubName(inCache: path) ?? HubName(inCache: url.path) { return hub.description }
    let folder = url.deletingLastPathComponent().lastPathComponent
    return folder.count > 1 ? folder : file
  }

  // MARK: What is not there

  private func unknown(_ hub: HubName) -> ConfigurationError {
    let preset =
      ModelPresets.closest(to: hub.description).map { ", or take the preset \($0.name) of the same family" } ?? ""
    return ConfigurationError(
      .unknownModel,
      "“\(hub)” is neither a file nor in the Hugging Face cache; run: hf download \(hub) config.json\(preset)")
  }

  private func unknown(_ name: String) -> ConfigurationError {
    var hint = Nearest.hint(name, in: ModelPresets.all.map(\.name))
    if hint.isEmpty, let preset = ModelPresets.closest(to: name) {
      hint = "; the preset \(preset.name) is of the same family"
    }
    return ConfigurationError(
      .unknownModel, "“\(name)” is neither a file nor a preset\(hint) (ropescope models lists the presets)")
  }
}

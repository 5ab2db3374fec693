import RopeConfig
import RopeJSON

/// Puts files that belong together into one group: a configuration, its context, the commands that use it, its
/// tokenizer.
struct Gathering {
  struct Group {
    var path: String
    /// Nil for commands whose configuration is not at hand.
    var declaration: Declaration?
    var facts: Facts
    var commands: [Command]
    /// Options that belong to the configuration itself.
    var options: [RunOption]
    var isEditable: Bool

    /// Whether a finding is about the spelling of a key that a GGUF file does not have, but stands for.
    func isTranslated(_ finding: Finding) -> Bool {
      path.hasSuffix(".gguf") && ["/rope_interleave", "/rotary_dim"].contains(finding.pointer)
    }
  }

  let files: CheckFileSystem
  private var configurations: [(path: String, declaration: Declaration)] = []
  /// Configurations that are no files of the user's, or were read because a command names them: nothing is written into
  /// them.
  private var borrowed: Set<String> = []
  private var runs: [(path: String, commands: [Command])] = []
  /// Folders of adapters, each of which stands for a configuration.
  private var adapters: Set<String> = []
  private var tokenizers: [String: [RunOption]] = [:]
  /// JSON of other programs that was named, with what it lacks.
  private var strangers: [(path: String, reason: String)] = []
  /// Candidates that hold nothing that could be read.
  private(set) var skipped: [CheckReport.Skipped] = []

  init(files: CheckFileSystem) { self.files = files }

  mutating func take(_ path: String, isNamed: Bool, _ collector: inout FindingCollector) {
    do throws(ConfigurationError) {
      guard !path.hasSuffix(".gguf") else {
        // Only the header is read; its keys stand for those of a config.json, without lines to point at.
        if let declaration = try ModelLoader.load(path).declaration { configurations.append((path, declaration)) }
        return
      }
      take(try files.read(path), path, isNamed: isNamed, &collector)
    } catch {
      collector.fail(path, error)
    }
  }

  mutating func take(_ bytes: [UInt8], _ path: String, isNamed: Bool, _ collector: inout FindingCollector) {
    let name = Self.name(of: path)
    let isJSON = name.hasSuffix(".json")
    // A file that is named and no JSON may hold a command, whatever its name: a Makefile, a page of instructions.
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    let isText =
      isNamed && !isJSON && bytes.count < 1 << 20 && first.map { $0 > 0x20 && !"{[".utf8.contains($0) } == true
    let isSettings = CommandReader.isSettings(name) || isText
    // Small JSON is read whole: it may be broken before the words that would tell it.
    guard isNamed || isJSON && bytes.count < 64 * CandidateLook.limit || CandidateLook.mayMatter(bytes) else { return }
    let source = SourceText(bytes: bytes, path: path)
    do throws(ConfigurationError) {
      if name == "tokenizer_config.json" {
        tokenizers[Self.folder(of: path)] = try RunOption.companion(source, name)
      } else if name == "adapter_config.json", case let folder = Self.folder(of: path),
        files.kind(folder + "/config.json") == .missing
      {
        // An adapter rotates as its base does; a base that it names by path is not read, as with a stranger's script.
        guard let base = try JSONParser.parse(source).member("base_model_name_or_path")?.node.string,
          let declaration = CheckSubject.published(base)
        else { return skipped.append(.init(path: path, reason: "an adapter whose base model is not at hand")) }
        configurations.append((folder, declaration))
        borrowed.insert(folder)
        adapters.insert(folder)
      } else if isSettings {
        let commands = try CommandReader.commands(in: source, name: name, settings: settings(beside: path))
        guard commands.isEmpty else { return runs.append((path, commands)) }
        let titles = CommandFormats.titles.joined(separator: ", ")
        throw ConfigurationError(.unsupported, "no settings of a known trainer or server (\(titles))", path: path)
      } else {
        let node = try JSONParser.parse(source)
        if !Self.looksLikeModel(node), !Self.isReport(node),
          case let commands = try CommandReader.commands(in: source, name: name + (isJSON ? "" : ".json")),
          !commands.isEmpty
        {
          return runs.append((path, commands))
        }
        guard isNamed || Self.looksLikeModel(node) else { return }
        guard node.members != nil else {
          throw source.error(
            .malformed, "a configuration is a JSON object, this is \(node.phrase)", at: node.bytes.lowerBound,
            pointer: "")
        }
        try HostileValues.refuse(in: node, of: source, looksAtNumbers: true)
        guard Self.mayBeModel(node) else {
          return strangers.append((path, "neither a model's configuration nor settings of a known trainer or server"))
        }
        let declaration = Declaration(source, root: DeclaredValue(key: "", node: node, pointer: ""))
        configurations.append((path, declaration))
      }
    } catch {
      // Repositories hold YAML and scripts of many kinds; only JSON that is broken is surely worth a failure.
      if isNamed || isJSON { return collector.fail(path, error) }
      // Source code is read for a few calls only.
      guard !name.hasSuffix(".py") && !name.hasSuffix(".ipynb") else { return }
      let reason =
        error.kind == .unsupported ? "no settings of a known trainer or server" : "cannot be read: \(error.message)"
      skipped.append(CheckReport.Skipped(path: path, reason: reason))
    }
  }

  /// What the file `.env` beside a composition of containers sets.
  private func settings(beside path: String) -> [String: String] {
    guard let file = CommandReader.settingsFile(beside: Self.name(of: path)) else { return [:] }
    let folder = Self.folder(of: path), place = folder == "." ? file : folder + "/" + file
    guard files.kind(place) == .file, let bytes = try? files.read(place) else { return [:] }
    return CommandReader.settings(in: SourceText(bytes: bytes, path: place))
  }

  /// Takes a model that is no path: a preset, or a repository in the local cache.
  ///
  /// - Returns: whether there is one of that name.
  mutating func takeModel(named name: String) -> Bool {
    guard let declaration = try? ModelLoader.declaration(name) else { return false }
    let path = declaration.source.path.flatMap { files.kind($0) == .file ? $0 : nil } ?? name
    configurations.append((path, declaration))
    borrowed.insert(path)
    return true
  }

  private static let modelKeys = [
    "model_type", "architectures", "rope_scaling", "rope_parameters", "rope_theta", "max_position_embeddings",
    "text_config", "num_attention_heads", "num_hidden_layers", "hidden_size", "head_dim", "n_heads", "n_head",
  ]

  private static func looksLikeModel(_ node: JSONNode) -> Bool {
    // A checkpoint's args.json names a model type too.
    node.member("swift_version") == nil && modelKeys.contains { node.member($0) != nil }
  }

  /// Whether this is what a checker wrote, in SARIF or in this program's own schemas: it quotes commands and holds none.
  private static func isReport(_ node: JSONNode) -> Bool {
    node.member("runs") != nil && node.member("version") != nil
      || node.member("schema")?.node.string?.hasPrefix("ropescope.") == true
  }

  /// Whether anything in it, or in a part of it, is a key of a configuration; an empty object may become one.
  private static func mayBeModel(_ node: JSONNode) -> Bool {
    let members = node.members ?? []
    return members.isEmpty || looksLikeModel(node)
      || members.contains { member in
        ConfigurationKey.all.contains { $0.spellings.contains(member.key) }
          || ["rope", "rotary"].contains(where: member.key.hasPrefix) || member.key.hasSuffix("_config")
          || member.key == "language_model"
      }
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  // MARK: What belongs together

  mutating func groups(_ collector: inout FindingCollector) -> [Group] {
    // JSON of another program is told of where nothing else was named; beside others it is left out, as in a folder.
    for (path, reason) in strangers {
      if configurations.isEmpty, runs.isEmpty {
        collector.fail(path, ConfigurationError(.unsupported, reason, path: path))
      } else {
        skipped.append(CheckReport.Skipped(path: path, reason: reason))
      }
    }
    var groups: [Group] = []
    func home(_ path: String) -> String { adapters.contains(path) ? path : Self.folder(of: path) }
    let folders = Dictionary(grouping: configurations) { home($0.path) }
    var adopted: Set<String> = []
    for (path, declaration) in configurations {
      let folder = home(path)
      let isMain =
        Self.name(of: path) == "config.json" || Self.name(of: path) == "params.json" || folders[folder]?.count == 1
      var belonging: [Command] = [], drafts: [RunOption] = []
      for (runPath, commands) in runs {
        let own = commands.filter { belongs($0, at: runPath, to: path, declaration, isMain: isMain) }
        belonging += own
        drafts += own.flatMap { draft(of: $0, at: runPath) }
        if !own.isEmpty { adopted.insert(runPath) }
      }
      let options =
        isMain && files.kind(path) != .missing
        ? (tokenizers[folder] ?? companion("tokenizer_config.json", in: folder))
          + companion("generation_config.json", in: folder) : []
      do throws(ConfigurationError) {
        groups.append(
          Group(
            path: path, declaration: declaration, facts: try context(of: path), commands: belonging,
            options: options + drafts, isEditable: !path.hasSuffix(".gguf") && !borrowed.contains(path)))
      } catch {
        collector.fail(error.path ?? path, error)
      }
    }
    for (path, commands) in runs where !adopted.contains(path) {
      groups.append(
        Group(
          path: path, declaration: nil, facts: Facts(), commands: commands,
          options: commands.flatMap { draft(of: $0, at: path) }, isEditable: false))
    }
    return groups
  }

  /// Reads the configurations that commands name by path, where they were not given to be checked themselves: a script
  /// alone is judged with its model. Text that lies neither beside the command nor below the working directory is not read:
  /// a stranger's script does not bring its lines into a log.
  mutating func takeNamedModels(_ collector: inout FindingCollector) {
    var known = Set(configurations.map { files.canonical($0.path) })
    for (runPath, commands) in runs {
      let homes = homes(of: runPath)
      for model in commands.compactMap({ namedModel($0, at: runPath) }) {
        let candidates = files.kind(model) == .file ? [model] : ["config.json", "params.json"].map { model + "/" + $0 }
        guard let path = candidates.first(where: { files.kind($0) == .file }), case let place = files.canonical(path),
          path.hasSuffix(".gguf") || path.hasSuffix(".json") && homes.contains(where: place.hasPrefix),
          known.insert(place).inserted
        else { continue }
        borrowed.insert(path)
        take(path, isNamed: false, &collector)
      }
    }
  }

  /// The folders of which a command's files are read.
  private func homes(of runPath: String) -> [String] {
    [Self.folder(of: runPath), "."].map(files.canonical).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
  }

  /// What the configuration of a draft says that a command names by path.
  private func draft(of command: Command, at runPath: String) -> [RunOption] {
    guard let name = command.draft?.name, let folder = place(of: name, at: runPath),
      homes(of: runPath).contains(where: files.canonical(folder + "/config.json").hasPrefix)
    else { return [] }
    return companion("config.json", in: folder)
  }

  /// Where the model lies that a command names by path.
  private func namedModel(_ command: Command, at runPath: String) -> String? {
    command.modelReference.flatMap { place(of: $0, at: runPath) }
  }

  /// Where a path leads as seen from a command's own folder, else from the working directory; nil where nothing is there.
  private func place(of reference: String, at runPath: String) -> String? {
    let parts = reference.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
    if reference.hasPrefix("/") { return files.kind(reference) == .missing ? nil : reference }
    let folder = Self.folder(of: runPath)
    let beside = folder == "." ? parts : [Substring(folder)] + parts
    let candidates = [beside, parts].map { $0.isEmpty ? "." : $0.joined(separator: "/") }
    return candidates.first { files.kind($0) != .missing }
  }

  /// A command belongs to the configuration that it names by path, else to the main one of its folder.
  private func belongs(
    _ command: Command, at runPath: String, to path: String, _ declaration: Declaration, isMain: Bool
  ) -> Bool {
    let folder = Self.folder(of: path)
    if let model = namedModel(command, at: runPath) {
      let place = files.canonical(model)
      return place == files.canonical(path) || isMain && place == files.canonical(folder)
    }
    return isMain && !borrowed.contains(path) && folder == Self.folder(of: runPath)
      && !namesAnotherModel(command, declaration)
  }

  /// Whether it names a repository of a model of another type.
  private func namesAnotherModel(_ command: Command, _ declaration: Declaration) -> Bool {
    guard let model = command.modelReference, HubName(model) != nil, files.kind(model) == .missing,
      let type = declaration.value(anyOf: ["model_type"])?.node.string,
      let preset = ModelPresets.published(as: model),
      let other = try? Declaration(SourceText(bytes: Array(preset.configuration.utf8))),
      let otherType = other.value(anyOf: ["model_type"])?.node.string
    else { return false }
    return type != otherType
  }

  /// What a file beside a configuration says of lengths; nothing where there is none or it cannot be read.
  private func companion(_ name: String, in folder: String) -> [RunOption] {
    let path = folder == "." ? name : folder + "/" + name
    guard files.kind(path) == .file, let bytes = try? files.read(path) else { return [] }
    return (try? RunOption.companion(SourceText(bytes: bytes, path: path), name)) ?? []
  }

  /// `NAME.context.json` beside `NAME.json` or `NAME.gguf`.
  private func context(of path: String) throws(ConfigurationError) -> Facts {
    guard let suffix = [".json", ".gguf"].first(where: path.hasSuffix) else { return Facts() }
    let context = String(path.dropLast(suffix.count)) + ".context.json"
    guard files.kind(context) == .file else { return Facts() }
    return try Facts.parse(SourceText(bytes: try files.read(context), path: context))
  }
}

import RopeConfig
import RopeJSON

/// Puts files that belong together into one group: a configuration, its context, its trainer's files, its tokenizer.
struct Gathering {
  struct Group {
    var path: String
    var declaration: Declaration
    var facts: Facts
    var runs: [RunFile]
    var isEditable: Bool
    var isFragment: Bool

    /// Whether a finding is about the spelling of a key that a GGUF file does not have, but stands for.
    func isTranslated(_ finding: Finding) -> Bool {
      path.hasSuffix(".gguf") && ["/rope_interleave", "/rotary_dim"].contains(finding.pointer)
    }
  }

  let files: CheckFileSystem
  private var configurations: [(path: String, declaration: Declaration)] = []
  private var runs: [(path: String, run: RunFile)] = []
  private var tokenizers: [String: RunFile] = [:]

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
    let source = SourceText(bytes: bytes, path: path)
    do throws(ConfigurationError) {
      if name == "tokenizer_config.json" {
        tokenizers[Self.folder(of: path)] = try RunFile.tokenizer(source)
      } else if let run = try RunFile.read(source, name: name) {
        runs.append((path, run))
      } else if [".yaml", ".yml", ".toml", ".args", ".sh"].contains(where: { name.hasSuffix($0) }) {
        guard isNamed else { return }
        throw ConfigurationError(
          .unsupported, "no settings of a known trainer or server (LLaMA-Factory, axolotl, TorchTitan, Megatron-LM, vLLM, SGLang, llama.cpp)",
          path: path)
      } else {
        let node = try JSONParser.parse(source)
        guard isNamed || Self.looksLikeModel(node) else { return }
        guard node.members != nil else {
          throw source.error(.malformed, "a configuration is a JSON object, this is \(node.phrase)", at: node.bytes.lowerBound, pointer: "")
        }
        try HostileValues.refuse(in: node, of: source)
        let declaration = Declaration(source, root: DeclaredValue(key: "", node: node, pointer: ""))
        configurations.append((path, declaration))
      }
    } catch {
      // Repositories hold YAML and TOML of many kinds; only JSON that is broken is surely worth a word.
      guard isNamed || name.hasSuffix(".json") else { return }
      collector.fail(path, error)
    }
  }

  private static let modelKeys = [
    "model_type", "architectures", "rope_scaling", "rope_parameters", "rope_theta", "max_position_embeddings",
    "text_config", "num_attention_heads", "num_hidden_layers", "hidden_size", "head_dim", "n_heads", "n_head",
  ]

  private static func looksLikeModel(_ node: JSONNode) -> Bool { modelKeys.contains { node.member($0) != nil } }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  // MARK: What belongs together

  mutating func groups(_ collector: inout FindingCollector) -> [Group] {
    var groups: [Group] = []
    let folders = Dictionary(grouping: configurations) { Self.folder(of: $0.path) }
    var adopted: Set<String> = []
    for (path, declaration) in configurations {
      let folder = Self.folder(of: path)
      let isMain = Self.name(of: path) == "config.json" || Self.name(of: path) == "params.json" || folders[folder]?.count == 1
      var belonging: [RunFile] = []
      for (runPath, run) in runs where belongs(run, at: runPath, to: path, isMain: isMain) {
        belonging.append(run)
        adopted.insert(runPath)
      }
      if isMain, let tokenizer = tokenizers[folder] ?? readTokenizer(folder) { belonging.append(tokenizer) }
      do throws(ConfigurationError) {
        groups.append(
          Group(
            path: path, declaration: declaration, facts: try context(of: path), runs: belonging, isEditable: !path.hasSuffix(".gguf"),
            isFragment: false))
      } catch {
        collector.fail(error.path ?? path, error)
      }
    }
    for (path, run) in runs where !adopted.contains(path) {
      if let group = standalone(run, path) { groups.append(group) } else { collector.open(path) }
    }
    return groups
  }

  /// A trainer's file belongs to the configuration that it names by path, else to the main one of its folder.
  private func belongs(_ run: RunFile, at runPath: String, to path: String, isMain: Bool) -> Bool {
    guard isMain else { return false }
    let folder = Self.folder(of: path), runFolder = Self.folder(of: runPath)
    if let model = run.model, model.hasPrefix(".") || model.hasPrefix("/") {
      let named = model == "." ? "" : model.hasPrefix("./") ? String(model.dropFirst(2)) : model
      let target = model.hasPrefix("/") ? model : named.isEmpty ? runFolder : runFolder == "." ? named : runFolder + "/" + named
      let plain = target.hasSuffix("/") ? String(target.dropLast()) : target
      return files.canonical(plain) == files.canonical(folder) || plain == folder
    }
    return folder == runFolder
  }

  /// A trainer's file without a configuration: its overrides, or nothing, on top of the model that it names.
  private func standalone(_ run: RunFile, _ path: String) -> Group? {
    let root = run.overrides ?? DeclaredValue(
      key: "", node: JSONNode(value: .object([]), bytes: 0..<min(1, run.source.bytes.count)), pointer: "")
    return Group(
      path: path, declaration: Declaration(run.source, root: root), facts: Facts(), runs: [run], isEditable: false,
      isFragment: true)
  }

  private func readTokenizer(_ folder: String) -> RunFile? {
    let path = folder == "." ? "tokenizer_config.json" : folder + "/tokenizer_config.json"
    guard files.kind(path) == .file, let bytes = try? files.read(path) else { return nil }
    return try? RunFile.tokenizer(SourceText(bytes: bytes, path: path))
  }

  /// `NAME.context.json` beside `NAME.json`.
  private func context(of path: String) throws(ConfigurationError) -> Facts {
    guard path.hasSuffix(".json") else { return Facts() }
    let context = String(path.dropLast(".json".count)) + ".context.json"
    guard files.kind(context) == .file else { return Facts() }
    return try Facts.parse(SourceText(bytes: try files.read(context), path: context))
  }
}

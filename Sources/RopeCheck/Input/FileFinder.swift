import RopeConfig

/// What is to be checked under the given paths.
struct FileFinder {
  let files: CheckFileSystem
  /// Files found, in the order of the paths; the flag says whether a path named the file itself.
  private(set) var found: [(path: String, isNamed: Bool)] = []
  private(set) var missing: [String] = []
  private var visited: Set<String> = []

  private static let extensions = ["json", "yaml", "yml", "toml", "args", "sh", "gguf"]
  /// JSON of other programs that model repositories hold.
  private static let others: Set = [
    "package.json", "package-lock.json", "tokenizer.json", "vocab.json", "generation_config.json", "special_tokens_map.json",
    "added_tokens.json", "preprocessor_config.json", "processor_config.json", "trainer_state.json", "tsconfig.json",
    "all_results.json", "train_results.json", "eval_results.json", "chat_template.json",
  ]
  private static let skippedFolders: Set = ["node_modules", "__pycache__", "venv"]
  private static let depthLimit = 64

  init(_ files: CheckFileSystem) { self.files = files }

  mutating func add(_ path: String) {
    switch files.kind(path) {
    case .missing: missing.append(path)
    case .file: take(path, isNamed: true)
    case .folder: search(path, depth: 0)
    }
  }

  private mutating func take(_ path: String, isNamed: Bool) {
    guard visited.insert(files.canonical(path)).inserted else { return }
    found.append((path, isNamed))
  }

  private mutating func search(_ folder: String, depth: Int) {
    guard depth < Self.depthLimit, visited.insert(files.canonical(folder)).inserted else { return }
    for name in files.names(folder) where !name.hasPrefix(".") {
      let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
      switch files.kind(path) {
      case .folder: if !Self.skippedFolders.contains(name) { search(path, depth: depth + 1) }
      case .file: if Self.isOfInterest(name) { take(path, isNamed: false) }
      // A link that leads nowhere or in a circle, or a file that is gone by now: reported, the rest goes on.
      case .missing: if Self.isOfInterest(name) { missing.append(path) }
      }
    }
  }

  private static func isOfInterest(_ name: String) -> Bool {
    guard let suffix = name.split(separator: ".").last.map({ $0.lowercased() }), extensions.contains(suffix) else { return false }
    return !others.contains(name) && !name.hasSuffix(".index.json") && !name.hasSuffix(".context.json") && name != "ropescope.toml"
  }
}

import RopeConfig

/// What is to be checked under the given paths. A path that is given is taken whatever it is; in folders, what version
/// control ignores and the repositories of others are left out and counted.
struct FileFinder {
  let files: CheckFileSystem
  /// Whether ignored files and nested repositories are read as well.
  let readsIgnored: Bool
  /// Files found, in the order of the paths; the flag says whether a path named the file itself.
  private(set) var found: [(path: String, isNamed: Bool)] = []
  private(set) var missing: [String] = []
  /// Candidates and folders that were left out.
  private(set) var skipped: [CheckReport.Skipped] = []
  private var visited: Set<String> = []

  private static let skippedFolders: Set = ["node_modules", "__pycache__", "venv"]
  private static let depthLimit = 64

  init(_ files: CheckFileSystem, readsIgnored: Bool = false) {
    self.files = files
    self.readsIgnored = readsIgnored
  }

  mutating func add(_ path: String) {
    switch files.kind(path) {
    case .missing: missing.append(path)
    case .file: take(path, isNamed: true)
    case .folder: search(path, patterns(above: path), depth: 0)
    }
  }

  /// What the repository that a folder is a part of ignores, by the files above the folder.
  private func patterns(above folder: String) -> IgnoreList {
    guard !readsIgnored, files.kind(Self.join(folder, ".git")) == .missing else { return IgnoreList() }
    var here = Substring(files.canonical(folder))
    var inner = ""
    var found: [(text: String, inner: String)] = []
    while let slash = here.lastIndex(of: "/"), slash > here.startIndex {
      inner = String(here[here.index(after: slash)...]) + (inner.isEmpty ? "" : "/" + inner)
      here = here[..<slash]
      if files.kind(here + "/.gitignore") == .file, let bytes = try? files.read(here + "/.gitignore") {
        found.append((String(decoding: bytes, as: UTF8.self), inner))
      }
      guard files.kind(here + "/.git") == .missing else {
        return found.reversed().reduce(IgnoreList()) { $0.adding($1.text, in: folder, below: $1.inner) }
      }
    }
    return IgnoreList()
  }

  private mutating func take(_ path: String, isNamed: Bool) {
    guard visited.insert(files.canonical(path)).inserted else { return }
    found.append((path, isNamed))
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  private mutating func search(_ folder: String, _ outer: IgnoreList, depth: Int) {
    guard depth < Self.depthLimit, visited.insert(files.canonical(folder)).inserted else { return }
    let names = files.names(folder)
    if depth > 0, !readsIgnored, names.contains(".git") {
      skipped.append(CheckReport.Skipped(path: folder, reason: "a repository of its own"))
      return
    }
    var ignored = outer
    if !readsIgnored, names.contains(".gitignore"), let bytes = try? files.read(Self.join(folder, ".gitignore")) {
      ignored = ignored.adding(String(decoding: bytes, as: UTF8.self), in: folder)
    }
    for name in names where !name.hasPrefix(".") {
      let path = Self.join(folder, name)
      switch files.kind(path) {
      case .folder:
        guard !Self.skippedFolders.contains(name) else { continue }
        if ignored.ignores(path, isFolder: true) {
          skipped.append(CheckReport.Skipped(path: path, reason: "ignored by .gitignore"))
        } else {
          search(path, ignored, depth: depth + 1)
        }
      case .file:
        guard CandidateLook.isOfInterest(name) else { continue }
        if ignored.ignores(path, isFolder: false) {
          skipped.append(CheckReport.Skipped(path: path, reason: "ignored by .gitignore"))
        } else {
          take(path, isNamed: false)
        }
      // A link that leads nowhere or in a circle, or a file that is gone by now: reported, the rest goes on.
      case .missing: if CandidateLook.isOfInterest(name) { missing.append(path) }
      }
    }
  }
}

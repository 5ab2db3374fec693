import Foundation

/// Files that belong together in one folder.
struct FolderOutput: Sendable {
  enum Kind: Sendable {
    /// A folder of their own, with a manifest; exchanged whole where that is possible, and what its user added stays.
    case own
    /// A folder that holds nothing else, ever.
    case whole
    /// Files in a folder of their user's.
    case shared
  }

  /// As the user wrote it.
  let asked: String
  let kind: Kind
  /// Paths are relative to the folder.
  var files: [(path: String, bytes: [UInt8])]

  /// The real path, and whether a folder is there that is looked at.
  func locate() throws(OutputError) -> (parent: String, name: String, isThere: Bool) {
    if kind == .whole {
      let (parent, name) = OutputPlace.split(asked)
      guard let real = OutputPlace.real(parent) else { throw OutputError(path: asked, code: errno) }
      return (real, name, false)
    }
    if let real = OutputPlace.real(asked) {
      var status = stat()
      guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw OutputError(path: asked, reason: "it is a file, a folder was asked for")
      }
      let (parent, name) = OutputPlace.split(real)
      return (parent, name, true)
    }
    guard errno == ENOENT else { throw OutputError(path: asked, code: errno) }
    let (parent, name) = OutputPlace.split(asked)
    var status = stat()
    guard lstat(asked, &status) != 0 else {
      throw OutputError(path: asked, reason: "this is a link that leads nowhere")
    }
    if let real = OutputPlace.real(parent) { return (real, name, false) }
    guard errno == ENOENT else { throw OutputError(path: asked, code: errno) }
    let (outer, inner) = OutputPlace.split(parent)
    guard let outside = OutputPlace.real(outer), !inner.isEmpty else {
      throw OutputError(path: asked, reason: "the folder “\(outer)” does not exist")
    }
    return (outside + "/" + inner, name, false)
  }

  /// Where a file of the folder is written: behind links that stay inside, and never behind others.
  func place(_ path: String) throws(OutputError) -> String {
    guard kind != .whole, let real = OutputPlace.real(asked) else { return path }
    let first = path.split(separator: "/").first ?? ""
    var status = stat()
    guard lstat(real + "/" + first, &status) == 0 else { return path }
    let asked = (asked.hasSuffix("/") ? asked : asked + "/") + path
    switch try OutputPlace(asked, inside: self.asked) {
    case .file(let place), .fileInNewFolder(let place):
      guard place.path.hasPrefix(real == "/" ? "/" : real + "/") else {
        throw OutputError(path: asked, reason: "this is a link that leads out of “\(self.asked)”")
      }
      return String(place.path.dropFirst(real == "/" ? 1 : real.count + 1))
    case .stream, .descriptor: throw OutputError(path: asked, reason: "it is no regular file")
    }
  }

  // MARK: Writing

  /// - Returns: what a reader should know of files of earlier runs.
  func commit() throws -> [String] {
    let (parent, name, isThere) = try locate()
    var files = try files.map { (path: try place($0.path), bytes: $0.bytes) }
    let path = parent == "/" ? "/" + name : parent + "/" + name
    if mkdir(parent, 0o777) == 0 { OpenFolderSync.sync(OutputPlace.split(parent).folder) }
    let old = isThere ? try OpenFolder(path) : nil
    if let old { Leftovers.sweep(old) }
    var isOwn = kind == .whole
    if kind == .own {
      isOwn = old.map(Self.isOwn) ?? true
      files.append((FolderManifest.name, FolderManifest(files, own: isOwn).bytes))
    }
    if isOwn, !Self.isHeld(path), let beside = try? OpenFolder(parent) {
      do {
        return try exchange(files, in: beside, name: name, old: old)
      } catch is FolderExchange.Impossible {
        // Written into, below.
      } catch let error as OutputError where isThere && [EACCES, EPERM, EROFS].contains(error.code) {
        // Nothing may be made beside it.
      }
    }
    if !isThere, mkdir(path, 0o777) != 0, errno != EEXIST { throw OutputError(path: asked, code: errno) }
    return try fill(OpenFolder(path), files)
  }

  private func exchange(
    _ files: [(path: String, bytes: [UInt8])], in parent: OpenFolder, name: String, old: OpenFolder?
  ) throws -> [String] {
    Leftovers.sweep(parent)
    let staging = try StagingFolder(in: parent, for: asked)
    do {
      let manifest = old.flatMap(FolderManifest.init(of:))
      let stale =
        kind == .own
        ? old.flatMap { old in manifest?.stale(after: FolderManifest(files, own: true), in: old) } ?? [] : []
      let others = old.map { kind == .own ? Self.others(in: $0, than: files.map(\.path) + stale) : [] } ?? []
      try stage(files, staging, old)
      if let old { FileBytes.keep(old.status, on: staging.files.descriptor) }
      try FolderExchange.exchange(staging, with: name, keeps: kind == .own, asked: asked)
      return notes(stale: stale, others: others)
    } catch {
      // After the exchange nothing throws.
      staging.remove()
      throw error
    }
  }

  private func fill(_ folder: OpenFolder, _ files: [(path: String, bytes: [UInt8])]) throws -> [String] {
    let staging = try StagingFolder(in: folder, for: asked)
    do {
      let manifest = kind == .own ? FolderManifest(of: folder) : nil
      let stale = manifest?.stale(after: FolderManifest(files, own: false), in: folder) ?? []
      try stage(files, staging, folder)
      let others = manifest == nil ? [] : Self.others(in: folder, than: files.map(\.path) + stale)
      try staging.seal(.files(stale: stale))
      try staging.takePlaces(stale: stale, undoes: true)
      staging.remove()
      return notes(stale: stale, others: others)
    } catch {
      staging.remove()
      throw error
    }
  }

  private func stage(
    _ files: [(path: String, bytes: [UInt8])], _ staging: StagingFolder, _ old: OpenFolder?
  ) throws(OutputError) {
    for file in files {
      let (folder, name) = OutputPlace.split(file.path)
      let place = try? old?.folder(folder == "." ? "" : folder)
      let former = place?.status(name).flatMap { $0.st_mode & S_IFMT == S_IFREG ? $0 : nil }
      try staging.write(file.bytes, to: file.path, former: former, asked: asked + "/" + file.path)
    }
  }

  private func notes(stale: [String], others: [String]) -> [String] {
    var notes: [String] = []
    func list(_ paths: [String]) -> String { paths.prefix(3).joined(separator: ", ") + (paths.count > 3 ? ", …" : "") }
    if !stale.isEmpty {
      notes.append(
        "removed \(stale.count) \(stale.count == 1 ? "file" : "files") of an earlier run from \(asked): \(list(stale))")
    }
    if !others.isEmpty {
      notes.append(
        "\(asked) holds \(others.count) other \(others.count == 1 ? "file" : "files") that this run did not write: \(list(others))"
      )
    }
    return notes
  }

  // MARK: What stands there

  /// Empty, or written by an earlier run as a whole.
  private static func isOwn(_ folder: OpenFolder) -> Bool {
    if let manifest = FolderManifest(of: folder) { return manifest.own }
    if let record = folder.bytes("run.json", limit: 1 << 30) {
      return SchemaLook.text(at: ["schema"], in: record)?.hasPrefix("ropescope.run/") ?? false
    }
    return TemporaryEntry.isEmpty(folder)
  }

  /// Whether the program, and so perhaps a shell, stands in the folder, or another disk begins there: it keeps its
  /// identity then.
  private static func isHeld(_ path: String) -> Bool {
    guard let here = OutputPlace.real("."), here != path, !here.hasPrefix(path + "/") else { return true }
    var inner = stat(), outer = stat()
    return stat(path, &inner) == 0 && stat(OutputPlace.split(path).folder, &outer) == 0 && inner.st_dev != outer.st_dev
  }

  /// Files in the folders of `files` that are none of them.
  private static func others(in folder: OpenFolder, than files: [String]) -> [String] {
    let known = Set(files + [FolderManifest.name])
    let parents = Set(files.map { OutputPlace.split($0).folder }).subtracting(["."])
    return parents.sorted().flatMap { parent in
      ((try? folder.folder(parent))?.names ?? []).map { parent + "/" + $0.text }.filter { !known.contains($0) }
    }
  }
}

/// A folder in which something was made.
enum OpenFolderSync {
  static func sync(_ path: String) { (try? OpenFolder(path))?.sync() }
}

import CRopeSystem
import Foundation

/// A temporary folder in which all files of a set lie before the first of them takes its place.
///
/// It holds `files`, and, as soon as all are safely on the disk, `sealed`: from then on the set is finished, if not by
/// this process then by the next one that writes here. Without the seal everything is as it was, and the folder goes.
final class StagingFolder {
  /// What is to become of the files.
  enum Plan: Equatable {
    /// Each takes its place under the folder that holds this one; then what is stale goes.
    case files(stale: [String])
    /// All together become the folder of this name, or are exchanged with it. What else lay in the old one is kept, or
    /// goes with it.
    case folder(name: String, keeps: Bool)
  }

  let entry: TemporaryEntry
  let inside: OpenFolder
  let files: OpenFolder

  static let filesName = "files"
  private static let sealName = "sealed"
  private static let formerName = "former"

  /// - Parameter path: what the caller was asked to write, for errors.
  init(in folder: OpenFolder, for path: String) throws(OutputError) {
    entry = try TemporaryEntry(folderIn: folder, for: path)
    do {
      inside = try OpenFolder(entry.name, in: folder)
      files = try inside.folder(Self.filesName, makes: true)
    } catch {
      entry.remove()
      throw error
    }
  }

  /// One that another process has left; nil where it holds nothing that could be finished.
  init?(leftover entry: TemporaryEntry) {
    guard entry.isFolder, let inside = try? OpenFolder(entry.name, in: entry.folder),
      let files = try? inside.folder(Self.filesName)
    else { return nil }
    self.entry = entry
    self.inside = inside
    self.files = files
  }

  /// - Parameters:
  ///   - path: relative, `figures/wavelength.pdf`.
  ///   - former: what stands in the place that the file is for.
  func write(_ bytes: [UInt8], to path: String, former: stat?, asked: String) throws(OutputError) {
    let (folderPath, name) = OutputPlace.split(path)
    let folder = try files.folder(folderPath == "." ? "" : folderPath, makes: true)
    let file = openat(
      folder.descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, former == nil ? 0o666 : 0o600)
    guard file >= 0 else { throw OutputError(path: asked, code: errno) }
    defer { close(file) }
    try FileBytes.write(bytes, to: file, path: asked)
    if let former { FileBytes.keep(former, on: file) }
    rope_begin_writing_back(file)
  }

  /// Descriptors that are open at once.
  private static let groupSize = 64

  /// All files are on the disk after this, and their names.
  private func flush() throws(OutputError) {
    let paths = paths
    for start in stride(from: 0, to: paths.count, by: Self.groupSize) {
      var open: [(descriptor: Int32, path: String)] = []
      defer { for file in open { close(file.descriptor) } }
      for path in paths[start..<min(start + Self.groupSize, paths.count)] {
        let (folderPath, name) = OutputPlace.split(path)
        let folder = try files.folder(folderPath == "." ? "" : folderPath)
        let file = openat(folder.descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw OutputError(path: inside.path + "/" + path, code: errno) }
        open.append((file, inside.path + "/" + path))
      }
      try FileBytes.sync(open)
    }
    var folders = [files]
    for path in Set(paths.map { OutputPlace.split($0).folder }) where path != "." {
      folders.append(try files.folder(path))
    }
    try FileBytes.sync(folders.map { ($0.descriptor, $0.path) })
  }

  // MARK: The seal

  /// From here on the set is finished, whatever happens. The seal names the files by their folder's number, so that a
  /// seal which was put here by others means nothing.
  func seal(_ plan: Plan) throws(OutputError) {
    try flush()
    let identity = FileIdentity(files.status)
    var lines = ["\(identity.device) \(identity.number)"]
    switch plan {
    case .files(let stale): lines += ["files"] + stale
    case .folder(let name, let keeps): lines += [keeps ? "folder" : "whole", name]
    }
    // Whole or not at all: under another name first.
    let draft = Self.sealName + ".draft"
    let file = openat(inside.descriptor, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw OutputError(path: inside.path, code: errno) }
    defer { close(file) }
    try FileBytes.write(Array(lines.joined(separator: "\n").utf8), to: file, path: inside.path)
    try FileBytes.sync(file, path: inside.path)
    guard renameat(inside.descriptor, draft, inside.descriptor, Self.sealName) == 0 else {
      throw OutputError(path: inside.path, code: errno)
    }
    inside.sync()
  }

  func breakSeal() {
    unlinkat(inside.descriptor, Self.sealName, 0)
    inside.sync()
  }

  /// What was decided, and the number of the folder that held the files; nil where nothing was.
  var sealed: (plan: Plan, files: (device: UInt64, number: UInt64))? {
    guard let bytes = inside.bytes(Self.sealName), let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count > 1 else { return nil }
    let numbers = lines[0].split(separator: " ").compactMap { UInt64($0) }
    guard numbers.count == 2 else { return nil }
    let rest = Array(lines[2...])
    switch lines[1] {
    case "files": return (.files(stale: rest), (numbers[0], numbers[1]))
    case "folder" where rest.count == 1: return (.folder(name: rest[0], keeps: true), (numbers[0], numbers[1]))
    case "whole" where rest.count == 1: return (.folder(name: rest[0], keeps: false), (numbers[0], numbers[1]))
    default: return nil
    }
  }

  func isNumbered(_ numbers: (device: UInt64, number: UInt64), _ folder: OpenFolder) -> Bool {
    let identity = FileIdentity(folder.status)
    return identity.device == numbers.device && identity.number == numbers.number
  }

  // MARK: Files in their places

  /// Relative paths of all regular files here, the folder's manifest last.
  var paths: [String] {
    var paths: [String] = []
    func search(_ folder: OpenFolder, _ prefix: String) {
      for name in folder.names {
        let path = prefix + name.text
        switch folder.kind(name) {
        case S_IFREG: paths.append(path)
        case S_IFDIR: if let inner = try? OpenFolder(name, in: folder) { search(inner, path + "/") }
        default: break
        }
      }
    }
    search(files, "")
    return paths.filter { $0 != FolderManifest.name } + paths.filter { $0 == FolderManifest.name }
  }

  /// Gives every file its place, then removes what is stale.
  ///
  /// - Parameter undoes: whether the old files are put back where one place cannot be taken.
  func takePlaces(stale: [String], undoes: Bool) throws(OutputError) {
    let base = entry.folder, paths = paths
    let former = undoes ? try inside.folder(Self.formerName, makes: true) : inside
    if undoes {
      for (number, path) in paths.enumerated() {
        let (folderPath, name) = OutputPlace.split(path)
        guard let folder = try? base.folder(folderPath == "." ? "" : folderPath) else { continue }
        linkat(folder.descriptor, name, former.descriptor, String(number), 0)
      }
    }
    for (number, path) in paths.enumerated() {
      do throws(OutputError) {
        let (from, to, name) = try ends(of: path)
        guard renameat(from.descriptor, name, to.descriptor, name) == 0 else {
          throw OutputError(path: base.path + "/" + path, code: errno)
        }
      } catch {
        if undoes { putBack(paths[..<number], from: former) }
        throw error
      }
    }
    for path in stale {
      let (folderPath, name) = OutputPlace.split(path)
      guard let folder = try? base.folder(folderPath == "." ? "" : folderPath), folder.kind(.init(name)) == S_IFREG
      else { continue }
      unlinkat(folder.descriptor, name, 0)
      if folderPath != "." { unlinkat(base.descriptor, folderPath, AT_REMOVEDIR) }
    }
    for folder in Set(paths.map { OutputPlace.split($0).folder }) where folder != "." {
      try? base.folder(folder).sync()
    }
    base.sync()
  }

  private func ends(of path: String) throws(OutputError) -> (OpenFolder, OpenFolder, String) {
    let (folderPath, name) = OutputPlace.split(path)
    let folder = folderPath == "." ? "" : folderPath
    return (try files.folder(folder), try entry.folder.folder(folder, makes: true), name)
  }

  private func putBack(_ paths: ArraySlice<String>, from former: OpenFolder) {
    for (number, path) in zip(paths.indices, paths) {
      guard let (from, to, name) = try? ends(of: path) else { continue }
      if former.status(String(number)) != nil {
        renameat(former.descriptor, String(number), to.descriptor, name)
      } else {
        renameat(to.descriptor, name, from.descriptor, name)
      }
    }
    entry.folder.sync()
  }

  func remove() { entry.remove() }
}

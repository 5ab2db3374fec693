import CRopeSystem
import Foundation

/// A folder that takes the place of another at one moment.
enum FolderExchange {
  /// Why a folder is written into rather than exchanged.
  struct Impossible: Error {}

  /// Puts the staged files in the place of `name`.
  ///
  /// - Parameter keeps: whether what its user has put into the old folder moves along.
  /// - Throws: `OutputError`; `Impossible` where the system or the file system cannot exchange folders. The old folder
  ///   stands then.
  static func exchange(_ staging: StagingFolder, with name: String, keeps: Bool, asked: String) throws {
    let parent = staging.entry.folder
    try staging.seal(.folder(name: name, keeps: keeps))
    let isThere = parent.status(name) != nil
    let result =
      isThere
      ? rope_exchange(staging.inside.descriptor, StagingFolder.filesName, parent.descriptor, name)
      : rope_rename_new(staging.inside.descriptor, StagingFolder.filesName, parent.descriptor, name)
    guard result == 0 else {
      let code = errno
      staging.breakSeal()
      if [EINVAL, ENOSYS, ENOTSUP, EXDEV, EBUSY, EPERM, EACCES].contains(code) { throw Impossible() }
      throw OutputError(path: asked, code: code)
    }
    parent.sync()
    // Opened before it was exchanged, this is the new folder still.
    if isThere, keeps { clear(staging, movingTo: staging.files) } else { staging.remove() }
  }

  /// Empties the old folder, which lies where the new one lay: what was replaced or is stale goes, all else moves.
  static func clear(_ staging: StagingFolder, movingTo new: OpenFolder) {
    guard let old = try? staging.inside.folder(StagingFolder.filesName) else {
      staging.remove()
      return
    }
    let replaced = Set(FolderManifest(of: new)?.files.map(\.path) ?? [])
    let manifest = FolderManifest(of: old)
    let stale = Set(FolderManifest(of: new).flatMap { manifest?.stale(after: $0, in: old) } ?? [])
    move(old, new, prefix: "", written: replaced.union(stale), known: Set(manifest?.files.map(\.path) ?? []))
    new.sync()
    unlinkat(old.descriptor, FolderManifest.name, 0)
    // Where something could not be moved, it stays in the temporary folder for the next run.
    if unlinkat(staging.inside.descriptor, StagingFolder.filesName, AT_REMOVEDIR) == 0 { staging.remove() }
  }

  /// - Parameters:
  ///   - written: what goes.
  ///   - known: what the old manifest names: a folder without any of it moves as a whole.
  private static func move(
    _ old: OpenFolder, _ new: OpenFolder, prefix: String, written: Set<String>, known: Set<String>
  ) {
    var replaced: [OpenFolder.Name] = []
    for name in old.names {
      let path = prefix + name.text
      if path == FolderManifest.name { continue }
      if old.kind(name) == S_IFDIR {
        let isOurs = known.contains { $0.hasPrefix(path + "/") }
        if !isOurs, rope_rename_new(old.descriptor, name, new.descriptor, name) == 0 { continue }
        guard let inner = try? OpenFolder(name, in: old) else { continue }
        let isNew = new.status(name) == nil
        if isNew { mkdirat(new.descriptor, name, 0o777) }
        if let target = try? OpenFolder(name, in: new) {
          move(inner, target, prefix: path + "/", written: written, known: known)
          if isNew { unlinkat(new.descriptor, name, AT_REMOVEDIR) }
        }
        unlinkat(old.descriptor, name, AT_REMOVEDIR)
      } else if written.contains(path) || TemporaryEntry.isName(name) {
        replaced.append(name)
      } else {
        _ = rope_rename_new(old.descriptor, name, new.descriptor, name)
      }
    }
    old.remove(files: replaced)
  }
}

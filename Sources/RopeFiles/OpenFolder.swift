import CRopeSystem
import Foundation

/// A folder that is held open: names in it mean the same entries whatever becomes of the path to it, and no link on the
/// way leads elsewhere.
final class OpenFolder: Sendable {
  /// A name as the system has it, which need not be text.
  typealias Name = [CChar]

  let descriptor: Int32
  /// For messages.
  let path: String

  /// Follows links.
  init(_ path: String) throws(OutputError) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    self.path = path
    if descriptor < 0 { throw OutputError(path: path, code: errno) }
  }

  /// Does not follow a link.
  init(_ name: Name, in folder: OpenFolder) throws(OutputError) {
    descriptor = openat(folder.descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    path = folder.path + "/" + name.text
    if descriptor < 0 {
      let code = errno
      if folder.kind(name) == S_IFLNK {
        throw OutputError(path: path, reason: "this is a link, which may lead elsewhere; nothing is written through it")
      }
      throw OutputError(path: path, code: code)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The folder at a relative path, without following links, and never outside of this one.
  ///
  /// - Parameter makes: whether folders that are not there are made.
  func folder(_ relative: some StringProtocol, makes: Bool = false) throws(OutputError) -> OpenFolder {
    var folder = self
    for part in relative.split(separator: "/") {
      guard part != ".." else {
        throw OutputError(path: path + "/" + relative, reason: "the path leads out of the folder")
      }
      if makes, mkdirat(folder.descriptor, String(part), 0o777) != 0, errno != EEXIST {
        throw OutputError(path: folder.path + "/" + part, code: errno)
      }
      folder = try OpenFolder(Name(part), in: folder)
    }
    return folder
  }

  var status: stat {
    var status = stat()
    fstat(descriptor, &status)
    return status
  }

  /// Of the entry itself, not of what a link leads to; nil where there is none.
  func status(_ name: Name) -> stat? {
    var status = stat()
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }

  func status(_ name: String) -> stat? { status(Name(name)) }

  /// `S_IFREG`, `S_IFDIR`, …
  func kind(_ name: Name) -> mode_t? { status(name).map { $0.st_mode & S_IFMT } }

  /// Without `.` and `..`; sorted.
  var names: [Name] {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else { return [] }
    defer { closedir(stream) }
    var names: [Name] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
          Name(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
        }
      }
      if name != Name(".") && name != Name("..") { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The bytes of a regular file that is no link; nil where it cannot be read or is larger than `limit`.
  func bytes(_ name: String, limit: Int = 1 << 26) -> [UInt8]? {
    let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return FileBytes.read(file, limit: limit)
  }

  /// Removes an entry and everything in it; links are removed, not followed.
  func remove(_ name: Name) {
    guard kind(name) == S_IFDIR else {
      unlinkat(descriptor, name, 0)
      return
    }
    if let folder = try? OpenFolder(name, in: self) {
      let folders = folder.names.filter { folder.kind($0) == S_IFDIR }
      for inside in folders { folder.remove(inside) }
      folder.remove(files: folder.names)
    }
    unlinkat(descriptor, name, AT_REMOVEDIR)
  }

  /// Removes entries that are no folders, many at once.
  func remove(files: [Name]) {
    var names: Name = [], starts: [Int] = []
    for file in files {
      starts.append(names.count)
      names += file
    }
    rope_unlink_all(descriptor, names, starts, starts.count)
  }

  func remove(_ name: String) { remove(Name(name)) }

  /// Names that were given or taken away are safe on the disk after this.
  func sync() { fsync(descriptor) }
}

extension [CChar] {
  /// Ends at the text's first zero.
  init(_ text: some StringProtocol) { self = text.utf8.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0] }

  /// Repaired where it is no UTF-8.
  var text: String { String(decoding: dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) }
}

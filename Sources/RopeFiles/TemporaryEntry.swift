import Foundation

/// A file or folder beside the outputs that holds them until they take their names. It has a short name that nobody can
/// foresee, and is locked as long as its writer lives.
final class TemporaryEntry: Sendable {
  let folder: OpenFolder
  let name: OpenFolder.Name
  /// Of the entry itself; its lock goes when this is closed.
  let descriptor: Int32

  private static let prefix = ".ropescope-"
  private static let ending = ".tmp"

  /// - Parameter mode: of a new file.
  /// - Throws: `OutputError` with `path`, what the caller was asked to write.
  init(file mode: mode_t, in folder: OpenFolder, for path: String) throws(OutputError) {
    (name, descriptor) = try Self.make(in: folder, for: path) { name in
      openat(folder.descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    }
    self.folder = folder
  }

  init(folderIn folder: OpenFolder, for path: String) throws(OutputError) {
    (name, descriptor) = try Self.make(in: folder, for: path) { name in
      guard mkdirat(folder.descriptor, name, 0o700) == 0 else { return -1 }
      return openat(folder.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    self.folder = folder
  }

  private init(folder: OpenFolder, name: OpenFolder.Name, descriptor: Int32) {
    self.folder = folder
    self.name = name
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func make(
    in folder: OpenFolder, for path: String, _ open: (OpenFolder.Name) -> Int32
  ) throws(OutputError) -> (OpenFolder.Name, Int32) {
    while true {
      let number = String(UInt64.random(in: 0 ... .max), radix: 16)
      let name = OpenFolder.Name(prefix + String(repeating: "0", count: 16 - number.count) + number + ending)
      let descriptor = open(name)
      guard descriptor >= 0 else {
        if errno == EEXIST { continue }
        throw OutputError(path: path, code: errno)
      }
      // A process that sweeps may have come between: then it goes, and another is made.
      if lock(descriptor) != .taken, isEntry(descriptor, name, of: folder) { return (name, descriptor) }
      close(descriptor)
    }
  }

  private enum Lock { case got, taken, unknown }

  /// Some file systems know no locks; what nobody can lock is never swept.
  private static func lock(_ descriptor: Int32) -> Lock {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      return errno == EWOULDBLOCK ? .taken : .unknown
    }
    return .got
  }

  private static func isEntry(_ descriptor: Int32, _ name: OpenFolder.Name, of folder: OpenFolder) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let entry = folder.status(name) else { return false }
    return FileIdentity(status) == FileIdentity(entry)
  }

  static func isName(_ name: OpenFolder.Name) -> Bool {
    let text = name.text
    guard text.hasPrefix(prefix), text.hasSuffix(ending) else { return false }
    let number = text.dropFirst(prefix.count).dropLast(ending.count)
    return number.utf8.count == 16 && number.allSatisfy { "0123456789abcdef".contains($0) }
  }

  /// Whether nothing but temporaries lies in the folder.
  static func isEmpty(_ folder: OpenFolder) -> Bool { folder.names.allSatisfy(isName) }

  /// What processes of this user that are gone have left in the folder, locked for the caller.
  static func leftovers(in folder: OpenFolder) -> [TemporaryEntry] {
    folder.names.filter(isName).compactMap { name in
      guard let status = folder.status(name), [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT),
        status.st_uid == geteuid()
      else { return nil }
      let descriptor = openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { return nil }
      guard lock(descriptor) == .got, isEntry(descriptor, name, of: folder) else {
        close(descriptor)
        return nil
      }
      return TemporaryEntry(folder: folder, name: name, descriptor: descriptor)
    }
  }

  var isFolder: Bool { folder.kind(name) == S_IFDIR }

  func remove() { folder.remove(name) }
}

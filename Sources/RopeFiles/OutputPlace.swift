import Foundation

/// A regular file, there already or not, by the real folder that it lies in.
struct FilePlace: Sendable, Hashable {
  let folder: String
  let name: String
  /// As the user wrote it.
  let asked: String

  var path: String { folder == "/" ? "/" + name : folder + "/" + name }
}

/// What a path that is to be written leads to.
enum OutputPlace: Sendable {
  case file(FilePlace)
  /// A file in a folder that is not there, but could be made in one that is.
  case fileInNewFolder(FilePlace)
  /// A device or a pipe: written in place.
  case stream(path: String)
  /// The program's own descriptor, such as `/dev/stdout`.
  case descriptor(Int32)

  /// Follows links by hand, so that what they lead to is written and they stay.
  ///
  /// - Parameter root: a folder that links must not lead out of; nil where the user named the file itself.
  /// - Throws: `OutputError` for folders, and for paths that lead nowhere.
  init(_ path: String, inside root: String? = nil) throws(OutputError) {
    guard !path.hasSuffix("/") else { throw OutputError(path: path, reason: "it is a folder, a file was asked for") }
    var current = path
    for _ in 0..<40 {
      let (folder, name) = Self.split(current)
      guard !name.isEmpty, name != ".", name != ".." else {
        throw OutputError(path: path, reason: "it is a folder, a file was asked for")
      }
      guard let real = Self.real(folder) else {
        guard errno == ENOENT else { throw OutputError(path: path, code: errno) }
        let (outer, inner) = Self.split(folder)
        guard let outside = Self.real(outer), !inner.isEmpty else {
          throw OutputError(path: path, reason: "the folder “\(outer)” does not exist")
        }
        self = .fileInNewFolder(FilePlace(folder: outside + "/" + inner, name: name, asked: path))
        return
      }
      if let descriptor = Self.descriptor(real, name) {
        self = descriptor
        return
      }
      let place = FilePlace(folder: real, name: name, asked: path)
      var status = stat()
      guard lstat(place.path, &status) == 0 else {
        guard errno == ENOENT else { throw OutputError(path: path, code: errno) }
        try Self.check(place, inside: root)
        self = .file(place)
        return
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        try Self.check(place, inside: root)
        self = .file(place)
        return
      case S_IFDIR: throw OutputError(path: path, reason: "it is a folder, a file was asked for")
      case S_IFLNK:
        guard let target = Self.target(place.path) else { throw OutputError(path: path, code: errno) }
        current = target.hasPrefix("/") ? target : real + "/" + target
      default:
        try Self.check(place, inside: root)
        self = .stream(path: place.path)
        return
      }
    }
    throw OutputError(path: path, code: ELOOP)
  }

  private static func check(_ place: FilePlace, inside root: String?) throws(OutputError) {
    guard let root, let real = real(root), real != "/" else { return }
    guard place.path.hasPrefix(real + "/") else {
      throw OutputError(
        path: place.asked,
        reason: "this is a link that leads out of “\(root)”, to “\(place.path)”; name that file to change it")
    }
  }

  /// The entry of a process's table of open files that a path names.
  private static func descriptor(_ folder: String, _ name: String) -> OutputPlace? {
    guard let number = Int32(name), number >= 0 else { return nil }
    if folder == "/dev/fd" { return .descriptor(number) }
    guard folder.hasPrefix("/proc/"), folder.hasSuffix("/fd") else { return nil }
    return folder.hasPrefix("/proc/\(getpid())/") ? .descriptor(number) : .stream(path: folder + "/" + name)
  }

  /// Folder and last part; the folder is `.` where there is none.
  static func split(_ path: String) -> (folder: String, name: String) {
    var end = path.utf8.endIndex
    while end > path.startIndex, path.utf8[path.utf8.index(before: end)] == UInt8(ascii: "/") {
      end = path.utf8.index(before: end)
    }
    let isFolder = end < path.endIndex
    guard let slash = path.utf8[..<end].lastIndex(of: UInt8(ascii: "/")) else {
      if end == path.startIndex { return (isFolder ? "/" : ".", "") }
      return (".", String(path[..<end]))
    }
    let name = String(path[path.utf8.index(after: slash)..<end])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }

  /// The one name of a folder behind all links; nil with `errno`.
  static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private static func target(_ link: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink(link, &bytes, bytes.count - 1)
    return count < 0 ? nil : String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

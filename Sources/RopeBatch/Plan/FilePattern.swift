import Foundation

/// Files that a pattern with `*`, `?` and `[…]` names, folder by folder, as a shell finds them.
package struct FilePattern {
  /// Entries of folders that are looked at for one pattern at most.
  package static let mostEntries = 100_000

  package struct TooMany: Error {}

  private var left = mostEntries

  /// Regular files, sorted; hidden ones only where the pattern begins with a dot.
  ///
  /// - Throws: `TooMany` where it would look at more entries than `mostEntries`.
  package static func files(_ pattern: String) throws(TooMany) -> [String] {
    var search = FilePattern()
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    return try search.files(pattern.hasPrefix("/") ? "/" : "", parts[...]).sorted()
  }

  private mutating func files(_ folder: String, _ parts: ArraySlice<String>) throws(TooMany) -> [String] {
    guard let part = parts.first else { return [] }
    let isLast = parts.count == 1
    var found: [String] = []
    for name in try names(part, in: folder) {
      let path = folder + name
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      switch (status.st_mode & S_IFMT, isLast) {
      case (S_IFDIR, false): found += try files(path + "/", parts.dropFirst())
      case (S_IFREG, true): found.append(path)
      default: break
      }
    }
    return found
  }

  private mutating func names(_ part: String, in folder: String) throws(TooMany) -> [String] {
    guard part.contains(where: { "*?[".contains($0) }) else { return [part] }
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      left -= 1
      guard left >= 0 else { throw TooMany() }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
          String(cString: $0)
        }
      }
      if fnmatch(part, name, FNM_PERIOD) == 0 { names.append(name) }
    }
    return names
  }
}

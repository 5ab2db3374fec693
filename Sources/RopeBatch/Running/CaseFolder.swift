import Foundation
import RopeReport

/// The folder of a case: written beside its place and renamed, so that it is there whole or not at all.
struct CaseFolder {
  let cases: String
  let id: String

  init(_ folder: String, _ id: String) {
    cases = folder + "/cases"
    self.id = id
  }

  var path: String { "\(cases)/\(id)" }
  /// Only the process that has claimed the case writes these.
  private var staged: String { "\(cases)/.\(id).partial" }
  private var former: String { "\(cases)/.\(id).former" }

  /// Whether all of `names` are there as files.
  func holds(_ names: [String]) -> Bool {
    names.allSatisfy { name in
      var status = stat()
      return lstat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
  }

  func write(_ files: [(path: String, bytes: [UInt8])]) throws(OutputError) {
    clear()
    do {
      try OutputFile.write(files, under: staged)
      try takePlace()
    } catch {
      clear()
      throw error
    }
  }

  /// A copy of a folder that another batch wrote; links in it are not followed.
  func copy(from source: String) throws(OutputError) {
    clear()
    do {
      try FileManager.default.createDirectory(atPath: cases, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: source, toPath: staged)
    } catch {
      clear()
      let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
      throw OutputError(path: path, reason: isFull ? "no space left on device" : "“\(source)” cannot be copied")
    }
    do { try takePlace() } catch {
      clear()
      throw error
    }
  }

  /// Removes what a process that was killed has left.
  func clear() {
    for leftover in [staged, former] { try? FileManager.default.removeItem(atPath: leftover) }
  }

  private func takePlace() throws(OutputError) {
    var status = stat()
    if lstat(path, &status) == 0 {
      // A link is put aside like a folder; what it points to stays untouched.
      guard rename(path, former) == 0 else { throw OutputError(path: path, reason: reason()) }
    }
    guard rename(staged, path) == 0 else { throw OutputError(path: path, reason: reason()) }
    try? FileManager.default.removeItem(atPath: former)
  }

  private func reason() -> String { String(cString: strerror(errno)).lowercased() }

  /// Leftovers of cases that are not being computed, also of ones that the plan no longer names.
  static func sweep(_ folder: String, isRunning: (String) -> Bool) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder + "/cases")) ?? []
    where name.hasPrefix(".") {
      for ending in [".partial", ".former"] where name.hasSuffix(ending) {
        let id = String(name.dropFirst().dropLast(ending.count))
        if !isRunning(id) { try? FileManager.default.removeItem(atPath: "\(folder)/cases/\(name)") }
      }
    }
  }

  /// - Throws: `BatchError` where a link stands in place of what a batch writes: it may lead out of the folder.
  static func refuseLinks(in folder: String) throws(BatchError) {
    for name in ["cases", "results.db", "results.db-wal", "results.db-shm"] {
      var status = stat()
      if lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
        throw BatchError(
          "this is a link; a batch writes nothing outside its folder, remove it", path: "\(folder)/\(name)")
      }
    }
  }
}
